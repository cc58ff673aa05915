// Package strictjson is the door for JSON from outside: everything that another
// party wrote and that is read into Go values goes through it. It compares the names
// of members exactly (RFC 8259 section 8.3,
// https://www.rfc-editor.org/rfc/rfc8259#section-8.3), refuses an object that has a
// name twice (RFC 8259 section 4, https://www.rfc-editor.org/rfc/rfc8259#section-4),
// text that is not UTF-8 (section 8.1) and text after the value, and ignores members
// that the reader does not know. The decoder of encoding/json does none of that: it
// takes `Active` for `active`, and of two the last.
//
// It does not know what a member means, and it is not for what this program wrote
// itself.
package strictjson

import (
	"errors"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// ErrMalformed says that a text is not one JSON value with unique names.
var ErrMalformed = errors.New("not one JSON value in which each object has each name once")

// Unmarshal reads a text from outside into the value at into.
func Unmarshal(text []byte, into any) error { return json.Unmarshal(text, into) }

// Check refuses a text that Unmarshal would refuse whatever it was read into. It is
// for values that another decoder reads, such as that of a library.
func Check(text []byte) error {
	if !jsontext.Value(text).IsValid() {
		return ErrMalformed
	}
	return nil
}

// Repeated tells whether that is why a text was refused.
func Repeated(err error) bool { return errors.Is(err, jsontext.ErrDuplicateName) }
