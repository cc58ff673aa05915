package target

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/grantproof/grantproof/impl/nearest"
)

// hinted names the keys that an unknown one was meant to be.
func hinted(err error) error {
	var unknown *yaml.UnknownFieldError
	if !errors.As(err, &unknown) || unknown.Token == nil {
		return err
	}
	if hint := nearest.Hint(unknown.Token.Value, keys()); hint != "" {
		return fmt.Errorf("%w\n%s", err, strings.TrimPrefix(hint, "; "))
	}
	return err
}

// keys are those of the schema of a target file.
func keys() []string {
	var schema any
	_ = json.Unmarshal(TargetSchema, &schema) // It is ours, and a test reads it.
	found := map[string]bool{}
	collect(schema, found)
	return slices.Sorted(maps.Keys(found))
}

func collect(schema any, found map[string]bool) {
	object, _ := schema.(map[string]any)
	for name, value := range object {
		if properties, ok := value.(map[string]any); ok && name == "properties" {
			for key := range properties {
				found[key] = true
			}
		}
		collect(value, found)
	}
}
