package wire

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// A JSON object of parameters has members that are strings, each once; a name that is not
// in lower-case ASCII is that of no parameter.
func TestParseObject(t *testing.T) {
	for body, want := range map[string]string{
		`{}`: "", `{"a":"b"}`: "a=b", `{"a":"b","c":"d"}`: "a=b&c=d", ` {"a":""} `: "a=",
		`{"Scope":"x"}`: "", `{"scopE":"x"}`: "", `{"sZ":"x"}`: "", `{"sc\u00f6pe":"x"}`: "", `{"x_1[@{":"y"}`: "x_1%5B%40%7B=y",
	} {
		if values, refused := ParseObject([]byte(body)); refused != nil || values.Encode() != want {
			t.Errorf("%s is read as %q, %v", body, values.Encode(), refused)
		}
	}
	for body, says := range map[string]string{
		`null`: "must be a JSON object", `[]`: "must be a JSON object", `"a"`: "must be a JSON object", `{"a":1}`: "must be a string", `{"a":null}`: "must be a string",
		`{"a":["b"]}`: "must be a string", `{"a":"b","a":"c"}`: "given twice: a", `{} {}`: "text after", `{}x`: "not well-formed", ``: "not well-formed", `{`: "not well-formed",
	} {
		if values, refused := ParseObject([]byte(body)); refused == nil || !strings.Contains(refused.Description, says) {
			t.Errorf("%s is read as %v, %v", body, values, refused)
		}
	}
}

// Of any JSON, null is refused besides, which a parameter that is no string would hide.
func TestCheckJSON(t *testing.T) {
	for body, says := range map[string]string{
		`{"a":[1,{"b":true}]}`: "", `"a"`: "", `{"a":null}`: "null is no value", `null`: "null is no value", `{"a":{"b":1,"b":2}}`: "given twice: b", `1 2`: "text after", ``: "not well-formed",
	} {
		refused := CheckJSON([]byte(body))
		if says == "" && refused != nil || says != "" && (refused == nil || !strings.Contains(refused.Description, says)) {
			t.Errorf("%s: %v", body, refused)
		}
	}
}

// What was a form becomes JSON with lists where there may be several values.
func TestEncodeObject(t *testing.T) {
	body := encodeObject(url.Values{"resource": {"a", "b"}, "scope": {"c"}}, []string{"resource"})
	if string(body) != `{"resource":["a","b"],"scope":"c"}` {
		t.Errorf("it becomes %s", body)
	}
}

// A member that is null is left out.
func TestWithoutNulls(t *testing.T) {
	object, refused := withoutNulls([]byte(` {"a":null,"b":1}`))
	if _, has := object["a"]; refused != nil || has || object["b"] == nil {
		t.Errorf("it is read as %v, %v", object, refused)
	}
	if object, refused := withoutNulls([]byte(`[]`)); refused == nil {
		t.Errorf("a list is read as %v", object)
	}
}

// The media type is the complete one of a single line, in any case; of charsets there is
// UTF-8.
func TestMediaType(t *testing.T) {
	for name, test := range map[string]struct {
		lines []string
		ok    bool
	}{
		"alone":           {[]string{JSON}, true},
		"in capitals":     {[]string{"APPLICATION/JSON"}, true},
		"with UTF-8":      {[]string{JSON + "; charset=UTF-8"}, true},
		"with Latin-1":    {[]string{JSON + "; charset=iso-8859-1"}, false},
		"with no charset": {[]string{JSON + "; charset="}, false},
		"twice":           {[]string{JSON, JSON}, false},
		"missing":         {nil, false},
		"a longer one":    {[]string{JSON + "-seq"}, false},
		"a list":          {[]string{JSON + ", " + JSON}, false},
	} {
		r := httptest.NewRequest(http.MethodPost, "/", nil)
		r.Header["Content-Type"] = test.lines
		if media, refused := mediaType(r, []string{JSON}); (refused == nil) != test.ok || test.ok && media != JSON {
			t.Errorf("%s: it is %q, %v", name, media, refused)
		}
	}
}

// A form is UTF-8, in names and in values.
func TestParseForm(t *testing.T) {
	for form, ok := range map[string]bool{"a=b&c=%C3%A4": true, "a=%FF": false, "%FF=a": false, "a=%zz": false} {
		if values, refused := parseForm(form); (refused == nil) != ok {
			t.Errorf("%s is read as %v, %v", form, values, refused)
		}
	}
}
