package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/grantproof/grantproof/impl/strictjson"
)

// ParseObject reads a JSON object whose members are strings as parameters. A name
// that is not in lower-case ASCII is that of no parameter and is ignored: the decoder
// of the generated code would take `Scope` for scope.
func ParseObject(body []byte) (url.Values, *Error) {
	if err := checkJSON(body, true); err != nil {
		return nil, err
	}
	var object map[string]any
	if err := strictjson.Unmarshal(body, &object); err != nil || object == nil {
		return nil, InvalidRequest("the body must be a JSON object")
	}
	values := url.Values{}
	for name, value := range object {
		text, ok := value.(string)
		if !ok {
			return nil, InvalidRequest("every member of the JSON object must be a string")
		}
		if !strings.ContainsFunc(name, otherThanLower) {
			values.Set(name, text)
		}
	}
	return values, nil
}

func otherThanLower(r rune) bool { return r >= 0x80 || r >= 'A' && r <= 'Z' }

func encodeObject(parameters url.Values, lists []string) []byte {
	object := make(map[string]any, len(parameters))
	for name, values := range parameters {
		if slices.Contains(lists, name) {
			object[name] = values
		} else {
			object[name] = parameters.Get(name)
		}
	}
	body, _ := json.Marshal(object)
	return body
}

// CheckJSON refuses what a decoder of encoding/json would let pass in any JSON
// document: members given twice, null, and text after the value.
func CheckJSON(body []byte) *Error { return checkJSON(body, false) }

func checkJSON(body []byte, nulls bool) *Error {
	decoder := jsontext.NewDecoder(bytes.NewReader(body))
	for values := 0; ; {
		token, err := decoder.ReadToken()
		switch {
		case errors.Is(err, io.EOF) && values == 1:
			return nil
		case errors.Is(err, jsontext.ErrDuplicateName):
			return InvalidRequest("a JSON member is given twice: " + repeated(err))
		case err != nil:
			return InvalidRequest("the body is not well-formed JSON")
		case values == 1:
			return InvalidRequest("there is text after the JSON value")
		case token.Kind() == 'n' && !nulls:
			return InvalidRequest("null is no value here; leave the member out")
		case decoder.StackDepth() == 0:
			values++
		}
	}
}

// repeated is the name of the member that is given twice.
func repeated(err error) string {
	if at := new(jsontext.SyntacticError); errors.As(err, &at) {
		return at.JSONPointer.LastToken()
	}
	return ""
}
