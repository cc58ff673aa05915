package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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

var (
	mentioned = regexp.MustCompile("`grantproof ([^`]*)`")
	linked    = regexp.MustCompile(`\]\(([^):]*)\)`)
	quoted    = regexp.MustCompile(`'[^']*'`)
)

// Every command that the README names is one, with its flags, and every file
// that it links to is there.
func TestReadmeNames(t *testing.T) {
	content, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	commands := mentioned.FindAllStringSubmatch(string(content), -1)
	for _, match := range commands {
		call, _, _ := strings.Cut(quoted.ReplaceAllString(match[1], "quoted"), " >")
		command, rest, err := newRoot().Find(strings.Fields(strings.ReplaceAll(call, "…", "x")))
		if err == nil {
			err = command.ParseFlags(rest)
		}
		if err == nil && command.HasSubCommands() && command.Flags().NArg() > 0 {
			err = fmt.Errorf("there is no %q", command.Flags().Args())
		}
		if err != nil {
			t.Errorf("grantproof %s: %v", match[1], err)
		}
	}
	links := linked.FindAllStringSubmatch(string(content), -1)
	for _, match := range links {
		if _, err := os.Stat(filepath.Join(filepath.Dir(readme), match[1])); err != nil {
			t.Error(err)
		}
	}
	if len(commands) < 20 || len(links) < 2 {
		t.Errorf("only %d commands and %d links", len(commands), len(links))
	}
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
