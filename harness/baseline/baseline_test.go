package baseline_test

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/baseline"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

func typed(text string) *bufio.Reader { return bufio.NewReader(strings.NewReader(text)) }

// In a terminal a person gives each reason; what has none is not added.
func TestReasonsAsked(t *testing.T) {
	failing := []report.Row{{ID: "a", Name: "A"}, {ID: "b", Name: "B"}}
	var out bytes.Buffer
	entries, err := baseline.Reasons(typed("it is old\n\n"), &out, failing, "")
	if err != nil || len(entries) != 1 || entries[0].ID != "a" || entries[0].Reason != "it is old" {
		t.Errorf("the entries are %v, %v", entries, err)
	}
	if strings.Count(out.String(), "Why does this stay as it is?") != 2 {
		t.Errorf("it asked %s", out.String())
	}
	if _, err := baseline.Reasons(typed(""), &out, failing, ""); err == nil {
		t.Error("no answer was taken for a reason")
	}
	if entries, err := baseline.Reasons(nil, &out, failing, "a ticket"); err != nil || len(entries) != 2 || entries[1].Reason != "a ticket" {
		t.Errorf("one reason for all gives %v, %v", entries, err)
	}
	if _, err := baseline.Reasons(nil, &out, failing, ""); err == nil || !strings.Contains(err.Error(), "--reason TEXT") || !strings.Contains(err.Error(), "a, b") {
		t.Errorf("without a terminal and a reason: %v", err)
	}
	if entries, err := baseline.Reasons(nil, &out, nil, ""); err != nil || len(entries) > 0 {
		t.Errorf("without failures: %v, %v", entries, err)
	}
}

// The text gains what is new and loses what is stale, and the person is told so.
func TestEdit(t *testing.T) {
	file := filepath.Join(t.TempDir(), "known.yaml")
	if err := os.WriteFile(file, []byte("# Ours.\n\n- {id: old, reason: gone}\n- {id: kept, reason: stays}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, text, err := target.LoadBaselineText(file)
	if err != nil {
		t.Fatal(err)
	}
	added := []target.Known{{ID: "new", Reason: "a ticket"}}
	update := harness.BaselineUpdate{Stale: []target.Known{{ID: "old"}}, Expired: []target.Known{{ID: "late"}}, Unseen: []target.Known{{ID: "kept"}}}
	baseline.Edit(text, added, update)
	if edited := string(text.Bytes()); !strings.HasPrefix(edited, "# Ours.") || strings.Contains(edited, "id: old") || !strings.Contains(edited, "kept") || !strings.Contains(edited, "a ticket") {
		t.Errorf("the text is %s", edited)
	}
	var out bytes.Buffer
	baseline.Write(&out, file, added, update)
	for _, line := range []string{"added    new", "dropped  old", "expired  late", "unseen   kept", "1 added, 1 dropped"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("it does not say %q: %s", line, out.String())
		}
	}
}
