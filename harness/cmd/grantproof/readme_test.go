package main

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

const readme = "../../../README.md"

var block = regexp.MustCompile("(?s)```(sh|output)\n(.*?)```")

// The curl session of the README works as it is printed, against the servers
// that `grantproof serve` starts. In its output, … stands for anything.
func TestReadme(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Fatal("curl is missing; install it (Debian: apt-get install curl)")
	}
	content, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	_, documented, found := strings.Cut(string(content), "## The documented system")
	if !found {
		t.Fatal("the README has no section about the documented system")
	}
	fixture, err := impl.Start(impl.Config{AuthServer: "localhost:0", ResourceServer: "localhost:0", Policy: realm.Policy{Documented: true}})
	if err != nil {
		t.Fatal(err)
	}
	defer fixture.Close()
	var script, expected strings.Builder
	script.WriteString("set -e\n")
	for _, match := range block.FindAllStringSubmatch(documented, -1) {
		if match[1] == "sh" {
			// A line of the session ends where its output does.
			script.WriteString(strings.ReplaceAll(match[2], "\ncurl ", "\necho\ncurl ") + "\necho\n")
		} else {
			expected.WriteString(match[2])
		}
	}
	commands := strings.NewReplacer("http://localhost:4000", fixture.Issuer, "http://localhost:4001", fixture.Resource).Replace(script.String())
	output, err := exec.CommandContext(t.Context(), "bash", "-c", commands).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	checkOutput(t, strings.ReplaceAll(string(output), "\r", ""), expected.String())
}

// checkOutput finds each expected line in the output, in their order.
func checkOutput(t *testing.T, output, expected string) {
	t.Helper()
	rest, count := output, 0
	for line := range strings.Lines(expected) {
		pattern := regexp.QuoteMeta(strings.TrimSpace(line))
		at := regexp.MustCompile("(?m)^" + strings.ReplaceAll(pattern, "…", ".*") + "$").FindStringIndex(rest)
		if at == nil {
			t.Fatalf("the output lacks the line %q; what is left of it is:\n%s", line, rest)
		}
		rest = rest[at[1]:]
		count++
	}
	if count < 9 {
		t.Errorf("only %d lines of output were expected", count)
	}
}
