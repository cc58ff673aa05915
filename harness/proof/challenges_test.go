package proof_test

import (
	"reflect"
	"testing"

	"github.com/grantproof/grantproof/harness/proof"
)

// Challenges are read as servers write them: several in a line, with blanks, with
// quotes, and by the scheme alone (RFC 9110 section 11.6.1).
func TestEveryFormOfChallenge(t *testing.T) {
	type parameters = map[string]string
	one := func(scheme string, given parameters, repeated ...string) []proof.AuthChallenge {
		return []proof.AuthChallenge{{Scheme: scheme, Parameters: given, Repeated: repeated}}
	}
	for name, test := range map[string]struct {
		lines []string
		want  []proof.AuthChallenge
	}{
		"nothing":               {nil, nil},
		"an empty line":         {[]string{"", " , "}, nil},
		"a scheme":              {[]string{"Bearer"}, one("Bearer", parameters{})},
		"a parameter":           {[]string{`Bearer realm="x"`}, one("Bearer", parameters{"realm": "x"})},
		"a token":               {[]string{`Bearer realm=x`}, one("Bearer", parameters{"realm": "x"})},
		"an empty parameter":    {[]string{`Bearer realm=""`}, one("Bearer", parameters{"realm": ""})},
		"names in capitals":     {[]string{`BEARER Realm="X"`}, one("BEARER", parameters{"realm": "X"})},
		"blanks at the sign":    {[]string{`Bearer realm = "x" , scope= "y"`}, one("Bearer", parameters{"realm": "x", "scope": "y"})},
		"more blanks":           {[]string{`  Bearer   realm="x"  ,scope="y"`}, one("Bearer", parameters{"realm": "x", "scope": "y"})},
		"no blank after commas": {[]string{`Bearer realm="x",scope="y"`}, one("Bearer", parameters{"realm": "x", "scope": "y"})},
		"a comma in quotes":     {[]string{`Bearer realm="a, b=c"`}, one("Bearer", parameters{"realm": "a, b=c"})},
		"escaped quotes":        {[]string{`Bearer realm="a\"b\\", scope="c"`}, one("Bearer", parameters{"realm": `a"b\`, "scope": "c"})},
		"half a quote":          {[]string{`Bearer realm="a, scope=b`}, one("Bearer", parameters{"realm": `"a, scope=b`})},
		"twice":                 {[]string{`Bearer error="a", Error="b"`}, one("Bearer", parameters{"error": "b"}, "error")},
		"a parameter alone":     {[]string{`realm="x"`}, nil},
		"two in a line":         {[]string{`Basic realm="a", Bearer error="b", scope="c"`}, append(one("Basic", parameters{"realm": "a"}), one("Bearer", parameters{"error": "b", "scope": "c"})...)},
		"two lines":             {[]string{`Basic realm="a"`, `Bearer`}, append(one("Basic", parameters{"realm": "a"}), one("Bearer", parameters{})...)},
		"a scheme between":      {[]string{`Negotiate, Bearer error="b"`}, append(one("Negotiate", parameters{}), one("Bearer", parameters{"error": "b"})...)},
	} {
		if got := proof.Challenges(test.lines); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}
