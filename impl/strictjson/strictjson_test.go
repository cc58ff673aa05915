package strictjson_test

import (
	"testing"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/strictjson"
)

type answer struct {
	Active bool     `json:"active"`
	Lists  []string `json:"lists"`
	Inner  *answer  `json:"inner"`
}

// A name in other letters is an unknown member, at every depth, and unknown members
// are ignored.
func TestNamesAreComparedExactly(t *testing.T) {
	for _, text := range []string{
		`{"active":false,"Active":true}`, `{"Active":true,"active":false}`, `{"ACTIVE":true}`, `{"active ":true}`,
		`{"inner":{"Active":true}}`, `{"Inner":{"active":true}}`, `{"li\u017fts":["a"]}`, `{"unknown":{"active":true}}`, `{}`, `null`,
	} {
		var read answer
		if err := strictjson.Unmarshal([]byte(text), &read); err != nil || read.Active || read.Inner != nil && read.Inner.Active || read.Lists != nil {
			t.Errorf("%s is read as %+v, %v", text, read, err)
		}
	}
	var read answer
	if err := strictjson.Unmarshal([]byte(`{"\u0061ctive":true,"lists":["a"]}`), &read); err != nil || !read.Active || len(read.Lists) != 1 {
		t.Errorf("an escaped name is read as %+v, %v", read, err)
	}
}

// A generated type that keeps unknown members keeps those in other letters as such.
func TestUnknownMembersAreKept(t *testing.T) {
	var read oauth.ClientMetadata
	if err := strictjson.Unmarshal([]byte(`{"redirect_uris":["https://a.example"],"Redirect_URIs":["https://evil.example"]}`), &read); err != nil {
		t.Fatal(err)
	}
	if uris := *read.RedirectUris; len(uris) != 1 || uris[0] != "https://a.example" || read.AdditionalProperties["Redirect_URIs"] == nil {
		t.Errorf("read as %v, %v", uris, read.AdditionalProperties)
	}
}

func TestRefuses(t *testing.T) {
	for _, text := range []string{
		`{"active":true,"active":true}`, `{"x":1,"x":1}`, `{"inner":{"x":1,"\u0078":1}}`, `[{"x":1,"x":2}]`,
		`{"active":true} x`, `{"active":true}{}`, `{"active":true`, ``, ` `, "{\"x\":\"\xff\"}", `{"x":"\ud800"}`, "\ufeff{}", `{'x':1}`, "{\"x\":\"\x00\"}",
	} {
		var object any
		if err := strictjson.Unmarshal([]byte(text), &object); err == nil {
			t.Errorf("%q is read as %v", text, object)
		}
		if strictjson.Check([]byte(text)) == nil {
			t.Errorf("%q passes the check", text)
		}
	}
	if err := strictjson.Unmarshal([]byte(`{"active":"true"}`), &answer{}); err == nil {
		t.Error("a text is taken for a boolean")
	}
}

func TestRepeated(t *testing.T) {
	for text, repeated := range map[string]bool{`{"x":1,"x":1}`: true, `{"x":1`: false} {
		var object any
		if err := strictjson.Unmarshal([]byte(text), &object); strictjson.Repeated(err) != repeated {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// Check and Unmarshal agree on what is JSON.
func FuzzCheck(f *testing.F) {
	f.Add([]byte(`{"a":[1,"b",{"c":null}]}`))
	f.Add([]byte(`{"a":1,"a":2}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var value any
		err := strictjson.Unmarshal(text, &value)
		if checked := strictjson.Check(text); (checked == nil) != (err == nil) {
			t.Errorf("%q: read with %v, checked with %v", text, err, checked)
		}
	})
}
