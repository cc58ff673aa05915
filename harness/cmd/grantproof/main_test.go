package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is wrong with a call is said in one line, with exit code 2 and before
// anything is sent.
func TestWrongCalls(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for call, want := range map[string]string{
		"nonsense":                                    "unknown command",
		"run --nonsense":                              "unknown flag",
		"run --tags @nonsense":                        "no scenario has the tag",
		"run --tags @must|@may":                       "not understood",
		"run --only nonsense":                         "no scenario has the id",
		"run --role nonsense":                         "there is no role",
		"run --fault nonsense":                        "there is no fault",
		"run --features nowhere":                      "nowhere is no copy of features/",
		"run --report report.txt":                     "the ending chooses the form",
		"run --report /nonsense/report.json":          "cannot be written",
		"run --role demo --tags @should":              "no scenario is selected",
		"requirements nonsense":                       "there is no specification",
		"run --profile nonsense":                      "there is no profile",
		"run --target /nonsense/target.yaml":          "cannot be read",
		"run --baseline /nonsense/baseline.yaml":      "cannot be read",
		"run --issuer nonsense":                       "no http or https URL",
		"run --issuer http://127.0.0.1:1":             "fix the items marked ✗ first",
		"run --no-doctor --issuer http://127.0.0.1:1": "cannot be had",
		"doctor":                                      "nothing to check",
		"doctor --issuer http://127.0.0.1:1":          "fix the items marked ✗ first",
		"run --repro nonsense":                        "no scenario has the id",
		"run --target x --issuer http://127.0.0.1:1":  "leave --issuer",
		"run --targets /nonsense":                     "holds no target files",
		"run --targets x --target y":                  "leave --target out",
		"compare main_test.go main_test.go":           "is no report of a run",
		"compare one.json":                            "accepts 2 arg",
		"baseline update":                             "another system than the embedded one",
		"baseline update --issuer http://127.0.0.1:1": "names no baseline",
		"prove --fault nonsense":                      "there is no fault",
		"prove --report /nonsense/proof.json":         "cannot be written",
		"prove --changed=nonsense":                    "--changed asks git",
		"serve nonsense":                              "invalid argument",
		"serve --authserver nonsense":                 "HOST:PORT",
		"serve --authserver 0.0.0.0:4000":             "not loopback",
		"serve --issuer http://localhost:4000?x=y":    "without query",
		"serve --verify nonsense":                     "jwt or introspection",
		"serve --fault nonsense":                      "there is no fault",
		"serve --chaos 7:0.2:nonsense":                `there is no departure "nonsense"`,
		"serve --chaos 7:2":                           "not between 0 and 1",
		"serve --chaos x":                             "no whole number",
		"serve --chaos 7 --store sqlite:x.db":         "--store memory alone",
		"serve --authserver " + taken.Addr().String(): "another server running",
		"demo --authserver http://127.0.0.1:1":        "resourceserver",
		"agent nonsense":                              "unknown command",
		"agent create-task":                           "title",
		"agent conformance":                           "accepts 1 arg",
		"agent list-tasks --mcp mcp.example.com":      "is no URL",
		"agent list-tasks --mcp http://127.0.0.1:1/x": "does not serve",
		"agent list-tasks --mcp https://a/ --grant x": "there is no grant",
		"mcp nonsense":                                "unknown command",
	} {
		t.Run(call, func(t *testing.T) {
			var out, problems bytes.Buffer
			if code := execute(t.Context(), strings.Fields(call), &out, &problems); code != 2 {
				t.Errorf("exit code %d, want 2", code)
			}
			said := problems.String()
			if !strings.Contains(said, want) || strings.Count(said, "\n") != 1 {
				t.Errorf("it said %q, want one line with %q", said, want)
			}
		})
	}
}

func TestUnreachableServer(t *testing.T) {
	t.Setenv("AUTH_SERVER_URL", "http://127.0.0.1:1")
	var out, problems bytes.Buffer
	if code := execute(t.Context(), []string{"agent", "list-tasks"}, &out, &problems); code != 2 || !strings.Contains(problems.String(), "cannot be reached") {
		t.Errorf("exit code %d, said %q", code, problems.String())
	}
	call := []string{"demo", "--authserver", "http://127.0.0.1:1", "--resourceserver", "http://127.0.0.1:1"}
	problems.Reset()
	if code := execute(t.Context(), call, &out, &problems); code != 1 || !strings.Contains(problems.String(), "step 1 of 7, authenticate") {
		t.Errorf("exit code %d, said %q", code, problems.String())
	}
}

func TestRun(t *testing.T) {
	folder := t.TempDir()
	for name, test := range map[string]struct {
		args []string
		code int
		want string
	}{
		"one role":        {[]string{"run", "--role", "resource-server"}, 0, "0 failed"},
		"one scenario":    {[]string{"run", "--only", "authorization_server/pkce*", "--verbose"}, 0, "authorization_server/pkce#"},
		"a broken server": {[]string{"run", "--role", "resource-server", "--fault", "audience-not-checked"}, 1, "rfc9068#section-4"},
		"the list":        {[]string{"run", "--list", "--profile", "oauth-2.0"}, 0, "not applicable"},
		"reports":         {[]string{"run", "--role", "demo", "--report", filepath.Join(folder, "r.json"), "--report", filepath.Join(folder, "r.xml"), "--report", filepath.Join(folder, "r.md")}, 0, "passed"},
		"the demo":        {[]string{"demo"}, 0, "Every step worked."},
		"the faults":      {[]string{"faults"}, 0, "violates rfc6749-5.2/invalid-client"},
		"one proof":       {[]string{"prove", "--fault", "scope-not-checked"}, 0, "1 of 1 faults killed"},
		"help":            {nil, 0, "Usage:"},
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name == "one proof" {
				t.Skip("it runs the suite first; make full has it")
			}
			var out, problems bytes.Buffer
			if code := execute(t.Context(), test.args, &out, &problems); code != test.code || problems.Len() > 0 {
				t.Errorf("exit code %d, want %d; problems %q", code, test.code, problems.String())
			}
			if !strings.Contains(out.String(), test.want) || strings.Contains(out.String(), "\x1b") {
				t.Errorf("it said %q, want plain text with %q", out.String(), test.want)
			}
		})
	}
	for _, name := range []string{"r.json", "r.xml", "r.md"} {
		if content, err := os.ReadFile(filepath.Join(folder, name)); err != nil || len(content) == 0 {
			t.Errorf("%s: %d bytes, %v", name, len(content), err)
		}
	}
}

// A run that is interrupted ends, and says so.
func TestInterruptedRun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, problems bytes.Buffer
	if code := execute(ctx, []string{"run"}, &out, &problems); code != 2 || !strings.Contains(problems.String(), "interrupted") {
		t.Errorf("exit code %d, said %q", code, problems.String())
	}
}
