package obligations_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/obligations"
)

// disputed is a registry of one specification, which is in force in one profile.
func disputed(t *testing.T) *citation.Registry {
	t.Helper()
	registry, err := citation.Load(fstest.MapFS{
		"requirements/rfc1.yaml": {Data: []byte(`
- id: rfc1-2/asked
  level: must
  role: demo
  says: "The server asks."
  tension: asking
  reading: {sentence: "RFC 1 section 2", ours: "It binds the server.", otherwise: "Some bind the client."}
- id: rfc1-2/answered
  level: should
  levels: {oauth-2.0: may}
  role: demo
  says: "The client answers."
`)},
		"requirements/specifications.yaml": {Data: []byte("- {specification: rfc1, title: Questions, version: draft 3, url: https://example.org, anchor: section-, binds: [bcp], sections: {\"2\": Asking}}\n")},
		"requirements/profiles.yaml":       {Data: []byte("- {profile: oauth-2.0, title: A}\n- {profile: bcp, title: B, builds_on: oauth-2.0}\n")},
		"requirements/tensions.yaml":       {Data: []byte("- {id: asking, says: Two texts disagree., choices: {oauth-2.0: ask, bcp: answer}}\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return registry
}

// An entry is shown with all that is known of it.
func TestFind(t *testing.T) {
	entry, err := obligations.Find(disputed(t), "rfc1-2/asked")
	if err != nil {
		t.Fatal(err)
	}
	entry.Scenarios, entry.Faults = []string{"a#b", "a#c"}, []string{"never-asks"}
	var out bytes.Buffer
	if _, err := entry.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	shown := strings.Join(strings.Fields(out.String()), " ")
	for _, want := range []string{
		"rfc1-2/asked The server asks.", "text Questions, draft 3, 2 Asking", "link https://example.org#section-2", "role demo",
		"level must, not in force under oauth-2.0", "reading of RFC 1 section 2 It binds the server. Otherwise: Some bind the client.",
		"disputed Two texts disagree.", "scenarios a#b a#c", "faults never-asks",
	} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not in %q", want, shown)
		}
	}
}

func TestLevelsByProfile(t *testing.T) {
	entry, err := obligations.Find(disputed(t), "rfc1-2/answered")
	if err != nil {
		t.Fatal(err)
	}
	if want := []obligations.Level{{"oauth-2.0", "may"}, {"bcp", "may"}}; len(entry.Levels) != 2 || entry.Levels[0] != want[0] || entry.Levels[1] != want[1] {
		t.Errorf("levels %v, want %v", entry.Levels, want)
	}
}

func TestFindUnknown(t *testing.T) {
	for id, want := range map[string]string{"rfc1-2/askd": `did you mean "rfc1-2/asked"`, "saml-1/x": "lists the ids"} {
		if _, err := obligations.Find(disputed(t), id); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", id, err, want)
		}
	}
}
