package wire

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

var silent = slog.New(slog.DiscardHandler)

// A description keeps the characters that RFC 6749 section 5.2 allows.
func TestPrintable(t *testing.T) {
	if got := Printable("a \"b\"\\c\x1fd\x7fe\u00e4f~!"); got != "a 'b'cdef~!" {
		t.Errorf("it becomes %q", got)
	}
}

// A refusal is told as it is; any other error is a fault of the server, and stays secret.
func TestRefusal(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	if got := Refusal(silent, r, InvalidRequest("why")); got.Code != "invalid_request" || got.Description != "why" {
		t.Errorf("a refusal becomes %v", got)
	}
	if got := Refusal(silent, r, errors.New("the password is x")); got.Code != ServerError().Code || strings.Contains(got.Description, "password") {
		t.Errorf("another error becomes %v", got)
	}
}

// A path has one spelling: another one is not found, and leads nowhere.
func TestRoutes(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /tasks", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /tasks/{id}", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(r.PathValue("id"))) })
	for _, test := range []struct {
		method, path string
		status       int
	}{
		{"GET", "/tasks", http.StatusNoContent}, {"GET", "/tasks/1", http.StatusOK}, {"POST", "/tasks", http.StatusMethodNotAllowed}, {"GET", "/none", http.StatusNotFound},
		{"GET", "//tasks", http.StatusNotFound}, {"GET", "/a/../tasks", http.StatusNotFound}, {"GET", "/./tasks", http.StatusNotFound}, {"GET", "/tasks//", http.StatusNotFound},
	} {
		answer := httptest.NewRecorder()
		Routes(mux).ServeHTTP(answer, httptest.NewRequest(test.method, test.path, nil))
		if answer.Code != test.status || answer.Code >= 400 && !json.Valid(answer.Body.Bytes()) {
			t.Errorf("%s %s: %d %s", test.method, test.path, answer.Code, answer.Body)
		}
	}
}

// A panic is answered as a fault of the server.
func TestRecovered(t *testing.T) {
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		status  int
	}{
		"a panic":   {func(http.ResponseWriter, *http.Request) { panic("lost") }, http.StatusInternalServerError},
		"no panic":  {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }, http.StatusNoContent},
		"no answer": {func(http.ResponseWriter, *http.Request) {}, http.StatusOK},
	} {
		answer := httptest.NewRecorder()
		recovered(test.handler, silent).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
		if answer.Code != test.status || (answer.Body.Len() > 0) != (test.status >= 400) {
			t.Errorf("%s: %d %s", name, answer.Code, answer.Body)
		}
	}
}

// What is wrong with a request is told without its values.
func TestReason(t *testing.T) {
	of := func(schema *openapi3.Schema, value any) error { return schema.VisitJSON(value) }
	number := openapi3.NewIntegerSchema()
	for name, test := range map[string]struct {
		err  error
		says string
	}{
		"a member":       {of(openapi3.NewObjectSchema().WithProperty("a", number), map[string]any{"a": "secret"}), "a: value must be an integer"},
		"the value":      {of(number, "secret"), "value must be an integer"},
		"a parameter":    {&openapi3filter.RequestError{Parameter: &openapi3.Parameter{Name: "p"}}, "the parameter p is not valid"},
		"the body":       {&openapi3filter.RequestError{Reason: "it is odd"}, "the body is not valid: it is odd"},
		"something else": {errors.New("secret"), "the request is not valid"},
	} {
		if got := reason(test.err); got != test.says {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A JSON body is judged before it is decoded, and a large one is not read to its end.
func TestJSONBody(t *testing.T) {
	for name, test := range map[string]struct {
		body   string
		media  string
		status int // 0: it is accepted.
	}{
		"sound":      {`{"a":1}`, JSON, 0},
		"a form":     {`a=1`, Form, http.StatusUnsupportedMediaType},
		"too large":  {`"` + strings.Repeat("x", MaxBody) + `"`, JSON, http.StatusRequestEntityTooLarge},
		"the utmost": {`"` + strings.Repeat("x", MaxBody-2) + `"`, JSON, 0},
		"twice":      {`{"a":1,"a":2}`, JSON, http.StatusBadRequest},
	} {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(test.body))
		r.Header.Set("Content-Type", test.media)
		refused, status := jsonBody(r), 0
		if refused != nil {
			status = refused.StatusCode()
		}
		if status != test.status {
			t.Errorf("%s: status %d, %v", name, status, refused)
		}
	}
}
