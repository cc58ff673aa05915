package acts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// byName are the expectations that are the value of something else.
var byName = []string{"(client_id)", "(issuer)", "(second resource)", "(narrower scope)", "(agent)", "(earlier client)", "(subject)"}

// members compares each row of table with a member of object.
func members(w *world.World, object map[string]any, table world.Table) error {
	var errs []error
	for _, row := range table {
		want := row.Value
		if rest, ok := strings.CutPrefix(want, "(valid)"); ok {
			want = Valid(w, row.Name) + rest
		}
		want, optional := strings.CutSuffix(want, " or (absent)")
		if _, there := object[row.Name]; optional && !there {
			continue
		}
		if want == "(hash of the access token)" {
			want = proof.LeftHash(algorithmOf(w.Grant.IDToken), w.Grant.AccessToken)
		}
		if name, ok := strings.CutPrefix(want, "(contains) ("); ok {
			want = "(contains) " + Valid(w, strings.TrimSuffix(name, ")"))
		}
		if slices.Contains(byName, want) {
			want = Valid(w, strings.Trim(want, "()"))
		}
		errs = append(errs, member(w, object, row.Name, want))
	}
	return check.All(errs...)
}

// member compares one member; of these expectations check knows nothing.
func member(w *world.World, object map[string]any, name, want string) error {
	text, _ := object[name].(string)
	if part, without := strings.CutPrefix(want, "(without) "); without {
		if slices.Contains(strings.Fields(text), part) {
			return check.Fail(fmt.Sprintf("%s %q", name, text), name+" without "+part)
		}
		return nil
	}
	switch {
	case want == "(new)" && text == w.Grant.UsedRefreshToken && text != "":
		return check.Fail("the "+name+" that was used", "another "+name)
	case want == "(without a slash at the end)" && strings.HasSuffix(text, "/"):
		return check.Fail(name+" "+text, name+" without a slash at its end")
	case want == "(without a slash at the end)": // Whether it is there is another question.
		return nil
	case want == "(new)":
		want = "(present)"
	}
	return check.Member(object, name, want)
}

// algorithmOf is the alg of a token.
func algorithmOf(raw string) string {
	parsed, err := proof.Parse(raw)
	if err != nil {
		return ""
	}
	algorithm, _ := parsed.Header["alg"].(string)
	return algorithm
}
