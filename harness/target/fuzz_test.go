package target

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// FuzzParse: a target file is read or refused in words, and no secret that stands
// in the file itself is ever taken.
func FuzzParse(f *testing.F) {
	for _, content := range []string{
		"authorization_server: {issuer: \"https://as.example\"}\nclients: {confidential: {client_id: a, client_secret: \"${A}\"}}",
		"clients: {confidential: {client_id: a, client_secret: plain}}", "resource_owner: {username: a, password: \"${A}\", steps: [{page: /x, fill: {a: (password)}}]}",
		"reach: [\"http://10.0.0.7:8080\", \"javascript:x\"]", "a: &a [*a]", "a: &x {b: 1}\n<<: *x", "limits: {timeout: 99999999999h}", "name: !!binary x", "- x", "\x00", "name: 1\nname: 2", strings.Repeat("[", 1000),
	} {
		f.Add([]byte(content))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		const secret = "from-the-environment"
		parsed, err := Parse(content, func(string) (string, bool) { return secret, true })
		if err != nil {
			_ = locate("target.yaml", content).located(err)
			return
		}
		for name, client := range parsed.Clients {
			if client.Secret != "" && client.Secret != secret {
				t.Errorf("the secret of %q comes from the file: %q", name, client.Secret)
			}
		}
		if password := parsed.ResourceOwner.Password; password != "" && password != secret {
			t.Errorf("the password comes from the file: %q", password)
		}
	})
}

// What lies too deep in itself is refused at once, however it is written, and what
// people write is not.
func TestDepth(t *testing.T) {
	for _, deep := range []string{strings.Repeat("[", 200_000), strings.Repeat("{a: ", 200_000), strings.Repeat("- ", 200_000), strings.Repeat("[\n", 200_000), strings.Repeat(" ", 1000) + "a: b", strings.Repeat("? ", 200_000)} {
		if err := decode([]byte(deep), new(Target)); !errors.Is(err, errTooDeep) {
			t.Errorf("%.20q…: %v", deep, err)
		}
	}
	for _, shallow := range []string{strings.Repeat("- id: \"a[b\"\n  reason: \"[x](y)\"\n", 50), "# " + strings.Repeat("-", 80), "a: {b: [1, {c: d}]}"} {
		if tooDeep([]byte(shallow)) {
			t.Errorf("%.40q… is too deep", shallow)
		}
	}
}

// FuzzBaseline: the text of a baseline has the entries of the baseline, before and
// after one is added.
func FuzzBaseline(f *testing.F) {
	for _, content := range []string{
		"# known\n\n- id: a\n  reason: \"b\"\n- id: c # here\n  reason: d\n", "[{id: a, reason: b}]", "- id: a\n  reason: |\n    - id: b\n", "-  id: \"a\\nb\"\n   reason: x", "", "x", "#\r\t", "- &a {id: a}\n- *a",
	} {
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content string) {
		text, err := parseBaselineText(content)
		if err != nil {
			return
		}
		var before, after []Known
		if err := yaml.Unmarshal([]byte(content), &before); err != nil {
			t.Fatal(err)
		}
		added := Known{ID: "an-id", Reason: "said: \"why\"\n- id: another"}
		text.Add(added)
		if err := yaml.Unmarshal(text.Bytes(), &after); err != nil {
			t.Fatalf("%q became %q: %v", content, text.Bytes(), err)
		}
		for _, entry := range append(before, added) {
			if !slices.ContainsFunc(after, func(kept Known) bool { return reflect.DeepEqual(kept, entry) }) {
				t.Errorf("%q became %q, without %+v", content, text.Bytes(), entry)
			}
		}
		if len(after) != len(before)+1 {
			t.Errorf("%q became %q", content, text.Bytes())
		}
	})
}
