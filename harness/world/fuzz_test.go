package world

import (
	"strings"
	"testing"
)

// FuzzDeviate: any row of a table changes its own parameter alone.
func FuzzDeviate(f *testing.F) {
	for _, value := range []string{"(omitted)", "(twice)", "(valid)/extra", "(random)", "(99999999999999999999 characters)", "(5 characters)", "(", ")", "()", "(scope)", "(cut off)", "\x00"} {
		f.Add("scope", value)
	}
	f.Fuzz(func(t *testing.T, name, value string) {
		if characters := ofLength.FindStringSubmatch(value); characters != nil && len(characters[1]) > 6 {
			t.Skip() // As long as somebody asks for.
		}
		valid := Parameters{{"client_id", "a"}, {"scope", "read write"}}
		after := valid.Deviate(Table{{name, value}}, func(string) string { return "valid" })
		for _, before := range valid {
			if kept, found := after.Get(before.Name); before.Name != name && (!found || kept != before.Value) {
				t.Errorf("%q: %q changed %q to %q", name, value, before.Name, kept)
			}
		}
		if _, sent := after.Get(name); sent == (value == "(omitted)") && !strings.HasPrefix(value, "(both") {
			t.Errorf("%q: %q is sent: %v", name, value, sent)
		}
	})
}
