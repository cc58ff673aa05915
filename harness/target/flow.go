package target

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/grantproof/grantproof/impl/printable"
)

// Flow is a value as YAML writes it in a line, which is how JSON does (YAML 1.2.2
// section 1.3, https://yaml.org/spec/1.2.2/#13-relation-to-json). It may be the text
// of a server: YAML takes some characters for line breaks that JSON does not (section
// 5.4), and these are escaped.
func Flow(value any) (string, error) {
	var written bytes.Buffer
	encoder := json.NewEncoder(&written)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return printable.Line(strings.TrimSuffix(written.String(), "\n")), err
}
