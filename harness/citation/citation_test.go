package citation_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/grantproof/grantproof/features"
	"github.com/grantproof/grantproof/harness/citation"
)

func registry(t *testing.T) *citation.Registry {
	t.Helper()
	loaded, err := citation.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// Every case of the catalogue is in an entry, excluded, or in the open list.
func TestCases(t *testing.T) {
	all, err := citation.LoadCases(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, subject := range all {
		total += len(subject.All)
	}
	const registered = 635 // It only grows.
	if total < registered {
		t.Errorf("the catalogue has %d cases, fewer than the %d it had", total, registered)
	}
	if err := registry(t).CheckCases(all); err != nil {
		t.Error(err)
	}
}

func TestLoadRefuses(t *testing.T) {
	const good = "- id: rfc6749-5.2/x\n  level: must\n  role: demo\n  says: It is.\n  url: https://example.org\n"
	const specifications = "- specification: rfc6749\n  title: OAuth\n  url: https://example.org\n  sections: {\"5.2\": Errors}\n"
	const tension = "- id: disputed\n  says: They disagree.\n  choices: {oauth-2.0: yes, bcp: no}\n"
	for name, test := range map[string]struct{ content, want string }{
		"another section":    {strings.Replace(good, "5.2", "5.9", 1), "section 5.9"},
		"another document":   {strings.Replace(good, "rfc6749", "rfc6750", 1), "begin with rfc6749-"},
		"an unknown tension": {good + "  tension: nobody\n", "no tension"},
		"an unknown subject": {good + "  open: nobody\n", "subject"},
		"open and excluded":  {good + "  open: mcp\n  excluded: Nobody sees it.\n", "not both"},
		"a poor reason":      {good + "  excluded: because\n", "says why"},
		"an unknown key":     {good + "  colour: blue\n", "colour"},
		"an odd id":          {strings.Replace(good, "rfc6749-5.2/x", "RFC 6749", 1), "an id is"},
		"an unknown level":   {strings.Replace(good, "must", "shall", 1), "level"},
		"an unknown role":    {strings.Replace(good, "demo", "nobody", 1), "role"},
		"no full stop":       {strings.Replace(good, "It is.", "It is", 1), "full stop"},
		"an http link":       {strings.Replace(good, "https:", "http:", 1), "https"},
		"two of one id":      {good + good, "twice"},
		"an unknown profile": {good + "  levels: {oauth-9: must}\n", "profile"},
		"half a reading":     {good + "  reading: {sentence: Section 5.2, ours: It binds.}\n", "reading"},
		"a reading of words": {good + "  reading: {sentence: Section 5.2, ours: It binds, otherwise: nobody}\n", "reading"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := citation.Load(fstest.MapFS{
				"requirements/rfc6749.yaml":        {Data: []byte(test.content)},
				"requirements/specifications.yaml": {Data: []byte(specifications)},
				"requirements/profiles.yaml":       {Data: []byte("- {profile: oauth-2.0, title: A}\n- {profile: bcp, title: B, builds_on: oauth-2.0}\n")},
				"requirements/tensions.yaml":       {Data: []byte(tension)},
			})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one about %q", err, test.want)
			}
		})
	}
}

func TestParseTags(t *testing.T) {
	const role = "authorization-server"
	const cited = "@rfc6749-5.2/basic-challenge"
	for name, test := range map[string]struct {
		tags string
		want string // A part of the error; "" for none.
	}{
		"good":                {"@authorization-server @must " + cited + " @needs:pkce @profile:oauth-2.1 @slow", ""},
		"no role":             {"@must " + cited, "folder"},
		"the role of another": {"@demo @must " + cited, "folder"},
		"two roles":           {"@authorization-server @demo @must " + cited, "one role"},
		"no level":            {"@authorization-server " + cited, "no level"},
		"two levels":          {"@authorization-server @must @should " + cited, "one level"},
		"another level":       {"@authorization-server @should " + cited, "registry says must"},
		"no citation":         {"@authorization-server @must", "no citation"},
		"an unknown citation": {"@authorization-server @must @rfc6749-5.2/nope", "not in the registry; near it"},
		"an unknown profile":  {"@authorization-server @must @profile:oauth-9 " + cited, "no tag of ours"},
		"an unknown tag":      {"@authorization-server @must @wip " + cited, "no tag of ours"},
	} {
		t.Run(name, func(t *testing.T) {
			read, err := registry(t).ParseTags(strings.Fields(test.tags), role)
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error %v, want one about %q", err, test.want)
			case test.want == "" && (read.Level != "must" || read.Needs[0] != "pkce" || !read.Slow):
				t.Errorf("read %+v", read)
			}
		})
	}
}

// A specification binds only in the profiles that it names and those that build on
// them, and the level of an entry for a profile wins.
func TestLevelUnder(t *testing.T) {
	const entry = "- id: rfc9700-2/x\n  level: must\n  role: demo\n  says: It is.\n  url: https://example.org\n"
	registry, err := citation.Load(fstest.MapFS{
		"requirements/rfc9700.yaml":        {Data: []byte(entry + strings.Replace(entry, "/x", "/y", 1) + "  levels: {oauth-2.0: may}\n")},
		"requirements/specifications.yaml": {Data: []byte("- {specification: rfc9700, title: BCP, url: https://example.org, binds: [bcp], sections: {\"2\": Practices}}\n")},
		"requirements/profiles.yaml":       {Data: []byte("- {profile: oauth-2.0, title: A}\n- {profile: bcp, title: B, builds_on: oauth-2.0}\n- {profile: oauth-2.1, title: C, builds_on: bcp}\n")},
		"requirements/tensions.yaml":       {Data: []byte("[]\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, levels := range map[string][3]string{"rfc9700-2/x": {"none", "must", "must"}, "rfc9700-2/y": {"may", "may", "may"}} {
		for i, profile := range registry.ProfileNames() {
			requirement, _ := registry.Lookup(id)
			if level := registry.LevelUnder(requirement, profile); level != levels[i] {
				t.Errorf("%s under %s: %s, want %s", id, profile, level, levels[i])
			}
		}
	}
}
