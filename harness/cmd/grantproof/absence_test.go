package main

import (
	"strings"
	"testing"
)

// A command that takes no part is found before anything is judged, and named once with
// its last lines; no scenario fails for it.
func TestCommandThatTakesNoPart(t *testing.T) {
	for name, test := range map[string]struct{ command, timeout, says string }{
		"it does nothing":      {"true", "60s", "ended with exit code 0 and sent nothing"},
		"it fails at once":     {`sh -c 'echo ready; echo "no such option" >&2; exit 1'`, "60s", `"no such option"`},
		"it crashes":           {"sh -c 'kill -SEGV $$'", "60s", "crashed (signal: segmentation fault"},
		"it does not end":      {"sh -c 'echo waiting >&2; sleep 60'", "300ms", `did not end within 300ms and was stopped; --client-timeout or mcp_client.timeout gives it more time; its last lines on stderr: "waiting"`},
		"it cannot be started": {"sh -c 'exec /no/such/program'", "60s", "crashed (exit status 127)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var shown, told strings.Builder
			code := execute(t.Context(), []string{"run", "--client", test.command, "--client-timeout", test.timeout, "--only", "mcp_client/discovery.feature"}, &shown, &told)
			out, problems := shown.String(), told.String()
			if code != 2 || strings.Count(out, test.says) != 1 || strings.Contains(problems, test.says) || !strings.Contains(problems, "took no part") {
				t.Errorf("exit code %d: %s%s", code, out, problems)
			}
			if !strings.HasPrefix(out, "? a sound MCP server was tried first") || !strings.Contains(out, "0 passed, 0 failed") {
				t.Errorf("it is not said first: %s", out)
			}
		})
	}
}

// What a command wrote is shown without the frames of its stack and its runtime.
func TestLastLinesOfCommand(t *testing.T) {
	t.Parallel()
	const script = `sh -c 'printf "x.js:3\nthrow new Error()\n   ^\n\nError: boom\n    at run (x.js:3:1)\n\nNode.js v22.1.0\n" >&2; exit 1'`
	var out, problems strings.Builder
	execute(t.Context(), []string{"run", "--client", script, "--only", "mcp_client/discovery.feature"}, &out, &problems)
	if !strings.Contains(out.String(), `"Error: boom"`) || strings.Contains(out.String(), "Node.js v22") {
		t.Error(out.String())
	}
}

// The quotes of a command are understood.
func TestQuotesOfCommand(t *testing.T) {
	t.Parallel()
	for command, want := range map[string]string{`'my client' "a b"`: "my client|a b", `node client.js`: "node|client.js"} {
		flags := targetFlags{client: command}
		named, err := flags.target()
		if err != nil || strings.Join(named.MCPClient.Command, "|") != want {
			t.Errorf("%s: %v %v", command, named, err)
		}
	}
	if _, err := (&targetFlags{client: `'open`}).target(); err == nil {
		t.Error("an open quote is accepted")
	}
}
