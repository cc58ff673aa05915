package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// Any tool can be called, with arguments of every type of JSON.
func TestAgentCallsAnyTool(t *testing.T) {
	server, kept := startMCP(t), filepath.Join(t.TempDir(), "credentials.json")
	var person terminal
	for _, test := range []struct {
		call string
		code int
		want string
	}{
		{"tools", 0, "list_tasks\nsearch query= [limit:=integer] [open:=boolean] [tags:=array]\n    Search for\\nissues.\n"},
		{"call search query=a=b", 0, `"a=b" 0 false []`},
		{`call search query=10 limit:=10 open:=true tags:=["x","y"]`, 0, `"10" 10 true ["x" "y"]`},
		{`call search query:="quoted"`, 0, `"quoted" 0 false []`},
		{"call search --json query=x", 0, `"sentence": "\"x\" 0 false []"`},
		{"call search", 1, `validating "arguments"`},
		{"call unknown", 1, "unknown"},
		{"call search query", 2, `the argument "query" is not NAME=TEXT or NAME:=JSON`},
		{"call search query=a query=b", 2, `the argument "query=b" is not NAME=TEXT or NAME:=JSON, or its name was given before`},
		{"call search limit:=ten", 2, `the argument limit:= has "ten", which is no JSON`},
		{"create-task --title x", 1, "has no tool create_task; see with \"grantproof agent tools --mcp URL\""},
	} {
		var out bytes.Buffer
		person.Reset()
		call := append([]string{"agent", "--mcp", server, "--no-browser", "--credentials", kept}, strings.Fields(test.call)...)
		if code := execute(t.Context(), call, &out, &person); code != test.code || !strings.Contains(out.String()+person.String(), test.want) {
			t.Errorf("%s: exit code %d, %q; %q, want %d and %q", test.call, code, out.String(), person.String(), test.code, test.want)
		}
	}
	var out, problems bytes.Buffer
	if code := execute(t.Context(), []string{"agent", "call", "search"}, &out, &problems); code != 2 || !strings.Contains(problems.String(), "--mcp is missing") {
		t.Errorf("without --mcp: exit code %d, %q", code, problems.String())
	}
}

// impatient is a person who ends the call instead of answering in the browser.
type impatient struct {
	bytes.Buffer
	end context.CancelFunc
}

// Write implements io.Writer.
func (p *impatient) Write(text []byte) (int, error) {
	if printedURL.Match(text) {
		p.end()
	}
	return p.Buffer.Write(text)
}

// A call that is ended while a person is asked says that it waited for the person, and
// blames no server.
func TestAgentSaysWhatItWaitedFor(t *testing.T) {
	server := startMCP(t)
	for _, action := range [][]string{{"list-tasks"}, {"tools"}, {"call", "search", "query=x"}} {
		ctx, end := context.WithCancel(t.Context())
		person := &impatient{end: end}
		var out bytes.Buffer
		call := append([]string{"agent", "--mcp", server, "--no-browser", "--credentials", "none"}, action...)
		code := execute(ctx, call, &out, person)
		said := person.String()
		if code != 1 || !strings.Contains(said, "was opened, and the call waited for your answer in the browser until it was cancelled; call again") || strings.Contains(said, "does not serve") {
			t.Errorf("%v: exit code %d, %s", action, code, said)
		}
		end()
	}
}
