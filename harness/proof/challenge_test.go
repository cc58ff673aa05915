package proof

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// No header makes the reader panic, and a challenge that a server wrote by the rules
// is read as it was, after whatever came before it.
func FuzzChallenges(f *testing.F) {
	f.Add(`Bearer error="a\"b", scope=c`, `say "x", y`)
	f.Add(`Basic realm="x", Negotiate abc==`, `\`)
	f.Add(`=,="",,Bearer ,`, "")
	f.Fuzz(func(t *testing.T, line, value string) {
		Challenges([]string{line})
		if !utf8.ValidString(value) {
			return
		}
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value)
		found := Challenges([]string{line, `Basic realm="x", Bearer error="` + quoted + `", scope=a`})
		last := found[len(found)-1]
		if last.Scheme != "Bearer" || last.Parameters["error"] != value || last.Parameters["scope"] != "a" || len(last.Repeated) > 0 {
			t.Errorf("after %q, %q is read as %+v", line, value, last)
		}
	})
}
