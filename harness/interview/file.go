package interview

import (
	"bytes"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"text/template"

	"github.com/grantproof/grantproof/harness/target"
)

//go:embed target.yaml.tmpl
var text string

var file = template.Must(template.New("target.yaml").Funcs(template.FuncMap{"value": target.Flow}).Parse(text))

// File is the text of a target file, with comments that tell what else could be
// in it. It can be loaded once the environment has what Variables names.
func File(t target.Target) ([]byte, error) {
	var content bytes.Buffer
	if err := file.Execute(&content, t); err != nil {
		return nil, err
	}
	if _, err := target.Parse(content.Bytes(), func(string) (string, bool) { return "set", true }); err != nil {
		return nil, fmt.Errorf("the answers make no target file: %w", err)
	}
	return content.Bytes(), nil
}

// Variables are the names of the environment variables that a target file
// takes secrets from.
func Variables(content []byte) []string {
	named := map[string]bool{}
	_, _ = target.Parse(content, func(name string) (string, bool) {
		named[name] = true
		return "set", true
	})
	return slices.Sorted(maps.Keys(named))
}
