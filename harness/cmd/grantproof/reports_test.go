package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A wrong call touches no report, whatever is wrong and wherever that is found.
func TestWrongCallsTouchNoReport(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	nothing := httptest.NewServer(http.NotFoundHandler())
	defer nothing.Close()
	for name, content := range map[string]string{
		"report.json": "the one before", "report.html": "the one before", "broken.yaml": "colour: blue\n", "empty.yaml": "", "profile.yaml": "authorization_server: {issuer: \"" + nothing.URL + "\"}\nprofiles: [oauth-9]\n",
		"nothing.yaml": "authorization_server: {issuer: \"" + nothing.URL + "\"}\n",
	} {
		if err := os.WriteFile(at(name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, args := range map[string][]string{
		"an unknown flag":      {"--no-such-flag"},
		"an argument too many": {"features"},
		"no target file":       {"--target", at("missing.yaml")},
		"a broken target file": {"--target", at("broken.yaml")},
		"an empty target file": {"--target", at("empty.yaml")},
		"an unknown profile":   {"--target", at("profile.yaml")},
		"nothing listens well": {"--target", at("nothing.yaml")},
		"an unknown scenario":  {"--only", "authorization_server/no-such-file#nothing"},
		"broken tags":          {"--tags", "@must &&"},
		"an unknown fault":     {"--fault", "no-such-fault"},
		"an unknown role":      {"--role", "no-such-role"},
		"a third report":       {"--report", at("report.pdf")},
		"the same one twice":   {"--report", at("./report.json")},
		"a baseline missing":   {"--target", at("nothing.yaml"), "--baseline", at("missing.yaml")},
		"no such folder":       {"--targets", at("missing")},
	} {
		t.Run(name, func(t *testing.T) {
			var out, problems bytes.Buffer
			code := execute(t.Context(), append([]string{"run", "--report", at("report.json"), "--report", at("report.html")}, args...), &out, &problems)
			if code != 2 || problems.Len() == 0 {
				t.Errorf("exit code %d: %s", code, problems.String())
			}
			for _, report := range []string{"report.json", "report.html"} {
				if content, err := os.ReadFile(at(report)); err != nil || string(content) != "the one before" {
					t.Errorf("%s is %q, %v", report, content, err)
				}
			}
			if beside, _ := filepath.Glob(at("*.tmp")); len(beside) > 0 {
				t.Errorf("%q stays", beside)
			}
		})
	}
}

// interrupting ends a context when the run says that a scenario has ended.
type interrupting struct {
	said      bytes.Buffer
	interrupt context.CancelFunc
}

func (i *interrupting) Write(text []byte) (int, error) {
	if bytes.Contains(text, []byte("✓")) {
		i.interrupt()
	}
	return i.said.Write(text)
}

// An interrupted run writes its reports so far, marked, and the summary so far.
func TestInterruptedRunReports(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	folder := t.TempDir()
	out, problems := &interrupting{interrupt: cancel}, new(bytes.Buffer)
	args := []string{"run", "--only", "authorization_server/client_credentials.feature", "--only", "authorization_server/pkce.feature", "--concurrency", "1", "--verbose"}
	for _, ending := range []string{"json", "xml", "html", "md"} {
		args = append(args, "--report", filepath.Join(folder, "report."+ending))
	}
	if code := execute(ctx, args, out, problems); code != 2 || !strings.Contains(problems.String(), "interrupted") {
		t.Errorf("exit code %d: %s", code, problems.String())
	}
	if said := out.said.String(); !strings.Contains(said, "interrupted before its end") || !strings.Contains(said, " passed, 0 failed") || strings.Contains(said, "inconclusive") {
		t.Errorf("said %s", said)
	}
	for _, ending := range []string{"json", "xml", "html", "md"} {
		content, err := os.ReadFile(filepath.Join(folder, "report."+ending))
		if err != nil || !bytes.Contains(content, []byte("interrupted")) {
			t.Errorf("%s: %v\n%.500s", ending, err, content)
		}
	}
}
