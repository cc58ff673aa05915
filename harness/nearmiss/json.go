package nearmiss

import (
	"encoding/json"
	"strconv"
)

// Shape is a near miss of a JSON value, which can be of another type.
type Shape struct {
	Name  string
	Value any // As package json marshals it.
}

// InJSON returns the near misses of a value that stands in a JSON object: those of its
// text, and those that have another type.
func InJSON(kind Kind, right string) []Shape {
	var shapes []Shape
	for _, miss := range Of(kind, right) {
		shapes = append(shapes, Shape{miss.Name, asJSON(kind, miss.Value)})
	}
	if right == "" {
		return shapes
	}
	// A list with the right value is as good as the value where a specification says
	// so, as of aud (RFC 7519 section 4.1.3, https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3),
	// and a list of scopes grants no more than their text.
	if kind != Audience && kind != NeededScope {
		shapes = append(shapes, Shape{"a list instead of one", []any{asJSON(kind, right)}})
	}
	return append(shapes,
		Shape{"a list of a list", []any{[]any{asJSON(kind, right)}}},
		Shape{"an object instead of one", map[string]any{right: asJSON(kind, right)}},
		Shape{"another type", otherType(kind, right)},
		Shape{"true", true},
		Shape{"null", nil},
	)
}

// asJSON writes a time as a number.
func asJSON(kind Kind, value string) any {
	if _, err := strconv.ParseInt(value, 10, 64); kind == Time && err == nil {
		return json.Number(value)
	}
	return value
}

// otherType is a number instead of a text, and a text instead of a number.
func otherType(kind Kind, right string) any {
	if kind == Time {
		return right
	}
	return len(right)
}
