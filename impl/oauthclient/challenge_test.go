package oauthclient

import (
	"maps"
	"net/http"
	"strings"
	"testing"
)

func TestBearerChallenge(t *testing.T) {
	for name, test := range map[string]struct {
		lines []string
		want  map[string]string
	}{
		"none":              {nil, nil},
		"scheme alone":      {[]string{"Bearer"}, nil},
		"quoted and tokens": {[]string{`bEARER Error=invalid_token , scope = "a b"`}, map[string]string{"error": "invalid_token", "scope": "a b"}},
		"escapes":           {[]string{`Bearer error_description="say \"x\", y"`}, map[string]string{"error_description": `say "x", y`}},
		"empty values":      {[]string{`Bearer realm="", error="e"`}, map[string]string{"realm": "", "error": "e"}},
		"among others":      {[]string{`Negotiate abc==, Basic realm="error", Bearer error="e", DPoP error="no"`}, map[string]string{"error": "e"}},
		"several lines":     {[]string{`Basic realm="x"`, `Bearer error="e"`}, map[string]string{"error": "e"}},
		"the first counts":  {[]string{`Bearer error="a", error="b"`}, map[string]string{"error": "a"}},
		"unterminated":      {[]string{`Bearer error="a`}, map[string]string{"error": "a"}},
		"rubbish":           {[]string{`=,="",,Bearer ,`, "\\", `"`}, nil},
	} {
		got := bearerChallenge(http.Header{"Www-Authenticate": test.lines})
		if !maps.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
}

// No header makes the reader panic, and a value that a server wrote as a quoted-string
// is read as it was, beside whatever else the header has.
func FuzzBearerChallenge(f *testing.F) {
	f.Add(`Bearer error="a\"b", scope=c`, `say "x", y`)
	f.Add(`Basic realm="x", Negotiate abc==`, `\`)
	f.Add(`=,="",,Bearer ,`, "")
	f.Fuzz(func(t *testing.T, line, value string) {
		bearerChallenge(http.Header{"Www-Authenticate": {line}})
		quoted := `Bearer error_description="` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
		for _, lines := range [][]string{{quoted}, {quoted, line}, {`Basic realm="x", ` + quoted + `, DPoP algs="ES256"`}} {
			if got := bearerChallenge(http.Header{"Www-Authenticate": lines})["error_description"]; got != value {
				t.Errorf("%q is read as %q, want %q", lines, got, value)
			}
		}
	})
}
