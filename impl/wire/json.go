package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"
)

// ParseObject reads a JSON object whose members are strings as parameters.
// What encoding/json forgives is refused: null, a member given twice, text
// after the object, another type than a string.
func ParseObject(body []byte) (url.Values, *Error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		return nil, InvalidRequest("the body must be a JSON object")
	}
	values := url.Values{}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, InvalidRequest("the body is not well-formed JSON")
		}
		value, err := decoder.Token()
		text, ok := value.(string)
		if err != nil || !ok {
			return nil, InvalidRequest("every member of the JSON object must be a string")
		}
		// encoding/json would bind "Scope" to scope; such a member is one that
		// nobody knows, and those are ignored.
		if lower := strings.ToLower(name.(string)); lower == name {
			values.Add(lower, text)
		}
	}
	if _, err := decoder.Token(); err != nil {
		return nil, InvalidRequest("the body is not well-formed JSON")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, InvalidRequest("there is text after the JSON object")
	}
	return values, nil
}

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

// CheckJSON refuses what a decoder of encoding/json would let pass in any
// JSON document: members given twice, null, and text after the value.
func CheckJSON(body []byte) *Error { return checkJSON(body, false) }

func checkJSON(body []byte, nulls bool) *Error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	if err := checkValue(decoder, nulls); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return InvalidRequest("there is text after the JSON value")
	}
	return nil
}

func checkValue(decoder *json.Decoder, nulls bool) *Error {
	token, err := decoder.Token()
	switch {
	case err != nil:
		return InvalidRequest("the body is not well-formed JSON")
	case token == nil && !nulls:
		return InvalidRequest("null is no value here; leave the member out")
	case token == json.Delim('{'):
		return checkObject(decoder, nulls)
	case token == json.Delim('['):
		for decoder.More() {
			if err := checkValue(decoder, nulls); err != nil {
				return err
			}
		}
		return closing(decoder)
	}
	return nil
}

func checkObject(decoder *json.Decoder, nulls bool) *Error {
	seen := map[string]bool{}
	for decoder.More() {
		token, err := decoder.Token()
		name, ok := token.(string)
		if err != nil || !ok {
			return InvalidRequest("the body is not well-formed JSON")
		}
		if seen[name] {
			return InvalidRequest("a JSON member is given twice: " + name)
		}
		seen[name] = true
		if err := checkValue(decoder, nulls); err != nil {
			return err
		}
	}
	return closing(decoder)
}

func closing(decoder *json.Decoder) *Error {
	if _, err := decoder.Token(); err != nil {
		return InvalidRequest("the body is not well-formed JSON")
	}
	return nil
}
