package wire

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzGuard: whatever comes, what the guard lets through has each parameter once,
// none empty, and all of it is text.
func FuzzGuard(f *testing.F) {
	f.Add("", Form, "grant_type=client_credentials&scope=a&scope=b")
	f.Add("a=b", Form, "grant_type=%00")
	f.Add("", "application/x-www-form-urlencoded;charset=UTF-8", "resource=a&resource=b&x=")
	f.Add("", JSON, `{"grant_type":"x","grant_type":"y"}`)
	f.Add("", JSON, `{"client_id":"a\u0000","x":null}`)
	f.Add("", "multipart/form-data; boundary=x", "--x--")
	f.Fuzz(func(t *testing.T, query, contentType, body string) {
		var passed *http.Request
		endpoint := Endpoint{
			MediaTypes: func(*http.Request) []string { return []string{Form, JSON} }, Repeatable: []string{"resource"},
			Refuse: func(w http.ResponseWriter, _ *http.Request, e *Error) { WriteError(w, e) },
		}
		guarded := Guard(map[string]Endpoint{"POST /token": endpoint}, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { passed = r }))
		request := httptest.NewRequest(http.MethodPost, "/token", strings.NewReader(body))
		request.URL.RawQuery = query
		request.Header.Set("Content-Type", contentType)
		request = request.WithContext(With(request.Context(), request))
		answer := httptest.NewRecorder()
		guarded.ServeHTTP(answer, request)
		if passed == nil {
			if answer.Code < 400 || answer.Code >= 500 {
				t.Errorf("refused with status %d", answer.Code)
			}
			return
		}
		for name, values := range FromContext(passed.Context()).Parameters {
			if len(values) != 1 && name != "resource" || values[0] == "" || !utf8.ValidString(name+values[0]) || strings.ContainsRune(name+values[0], 0) {
				t.Errorf("let through %q: %q", name, values)
			}
		}
		if passed.URL.RawQuery != "" {
			t.Errorf("let through the query %q", passed.URL.RawQuery)
		}
	})
}

// FuzzParseObject: what is read as parameters is read as the same ones after it
// was written again, and the stricter look at JSON has nothing against it.
func FuzzParseObject(f *testing.F) {
	for _, body := range []string{`{}`, `{"a":"b"}`, `{"a":"b","a":"c"}`, `{"a":1}`, `{"a":"\ud800"}`, `{"a":"b"} x`, `[]`, "{\"a\":\"\xff\"}", `{"":""}`, strings.Repeat(`{"a":`, 100)} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		_ = CheckJSON(body)
		values, refused := ParseObject(body)
		if refused != nil || slices.ContainsFunc(slices.Collect(maps.Values(values)), func(found []string) bool { return len(found) > 1 }) {
			return // What is repeated is for the guard to refuse.
		}
		again, refused := ParseObject(encodeObject(values, nil))
		if refused != nil || !maps.EqualFunc(values, again, slices.Equal[[]string]) {
			t.Errorf("%q is %v and then %v (%v)", body, values, again, refused)
		}
		if refused := CheckJSON(body); refused != nil {
			t.Errorf("%q is read as %v though it is refused: %v", body, values, refused)
		}
	})
}
