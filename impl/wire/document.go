package wire

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/grantproof/grantproof/impl/strictjson"
)

// Document describes an operation whose body is a JSON object with more than
// strings in it, such as client metadata.
type Document struct {
	Schema *openapi3.Schema
	// Refuse writes the refusal.
	Refuse func(http.ResponseWriter, *http.Request, *Error)
}

// Documents judges the bodies of the operations that it names by their
// patterns ("PUT /oauth/register/{client_id}") before the generated code
// decodes them. It stands behind the mux, which knows the pattern.
func Documents(operations map[string]Document) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if document, ok := operations[r.Pattern]; ok {
				if err := document.read(r); err != nil {
					document.Refuse(w, r, err)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

func (d Document) read(r *http.Request) *Error {
	if _, err := mediaType(r, []string{JSON}); err != nil {
		return err
	}
	body, err := readBody(r)
	if err != nil {
		return err
	}
	judged, err := d.Judge(body)
	if err != nil {
		return err
	}
	setJSON(r, judged)
	return nil
}

// Judge holds a body against the schema and returns it without members that
// are null.
func (d Document) Judge(body []byte) ([]byte, *Error) {
	if err := checkJSON(body, true); err != nil {
		return nil, err
	}
	object, err := withoutNulls(body)
	if err != nil {
		return nil, err
	}
	if err := d.Schema.VisitJSON(object, openapi3.VisitAsRequest()); err != nil {
		return nil, &Error{Code: InvalidMember, Description: reason(err)}
	}
	judged, _ := json.Marshal(object) // fails for nothing that was JSON
	return judged, nil
}

// InvalidMember is the code of the refusal of a member whose value is not what
// the schema says; an endpoint puts its own in its place.
const InvalidMember = "invalid_member"

// withoutNulls reads an object. A member that is null counts as left out (RFC
// 7592 section 2.2, https://www.rfc-editor.org/rfc/rfc7592#section-2.2).
func withoutNulls(body []byte) (map[string]any, *Error) {
	if !bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{")) {
		return nil, InvalidRequest("the body must be a JSON object")
	}
	var object map[string]any
	if err := strictjson.Unmarshal(body, &object); err != nil {
		return nil, InvalidRequest("the body is not well-formed JSON")
	}
	for name, value := range object {
		if value == nil {
			delete(object, name)
		}
	}
	return object, nil
}
