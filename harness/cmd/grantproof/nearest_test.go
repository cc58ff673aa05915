package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Every name that a person types, or writes into a target file, is answered with
// the nearest one where it is unknown, with exit code 2 and before anything is
// sent.
func TestNearestNames(t *testing.T) {
	folder := t.TempDir()
	target := func(name, text string) string {
		file := filepath.Join(folder, name+".yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	const issuer = "authorization_server: {issuer: 'http://127.0.0.1:1'}\n"
	for call, want := range map[string]string{
		"serv":                                 `"serve"`,
		"requirments":                          `"requirements"`,
		"clients lst":                          `"list"`,
		"users passwd":                         `"password"`,
		"baseline updte":                       `"update"`,
		"agent list-task":                      `"list-tasks"`,
		"mint verifer":                         `"verifier"`,
		"serve authservr":                      `"authserver"`,
		"requirements rfc6748":                 `"rfc6749"`,
		"run --profil oauth-2.1":               `"--profile"`,
		"clients list --stor x":                `"--store"`,
		"agent list-tasks --jso":               `"--json"`,
		"run --fault code-accepted-twise":      `"code-accepted-twice"`,
		"prove --fault code-accepted-twise":    `"code-accepted-twice"`,
		"serve --fault code-accepted-twise":    `"code-accepted-twice"`,
		"run --profile oauth2.1":               `"oauth-2.1"`,
		"run --role autorization-server":       `"authorization-server"`,
		"run --only authorization_server/pcke": `"authorization_server/pkce"`,
		"run --only authorization_server/pkce#another-code-verifier-is-refuse":  `"authorization_server/pkce#another-code-verifier-is-refused"`,
		"run --repro authorization_server/pkce#another-code-verifier-is-refuse": `"authorization_server/pkce#another-code-verifier-is-refused"`,
		"run --report report.htm":              `".html"`,
		"compare a.json b.json --report x.mdd": "cannot be read",
		"run --tags @muts":                     `"@must"`,
		"run --target " + target("capability", issuer+"capabilities: {instrospection: true}\n"):                           `"introspection"`,
		"run --target " + target("key", "authorisation_server: {issuer: 'http://127.0.0.1:1'}\n"):                         `"authorization_server"`,
		"run --target " + target("inner", "authorization_server: {isuer: 'http://127.0.0.1:1'}\n"):                        `"issuer"`,
		"run --target " + target("client", issuer+"clients: {confidental: {client_id: a}}\n"):                             `"confidential"`,
		"run --target " + target("profile", issuer+"profiles: [oauth-2.11]\n") + " --no-doctor":                           `"oauth-2.1"`,
		"run --target " + target("browser", issuer+"resource_owner: {username: a, password: '${HOME}', browser: form}\n"): `"forms"`,
	} {
		var out, problems bytes.Buffer
		if code := execute(t.Context(), strings.Fields(call), &out, &problems); code != 2 {
			t.Errorf("%s: exit code %d, want 2", call, code)
		}
		if said := problems.String(); !strings.Contains(said, want) || strings.HasPrefix(want, `"`) && !strings.Contains(said, "did you mean") {
			t.Errorf("%s: it said %q, want %s", call, said, want)
		}
	}
}

// What is near nothing gets no hint.
func TestNoHint(t *testing.T) {
	for _, call := range []string{"nonsense", "run --nonsense", "run --fault nonsense", "run --role nonsense", "run --only nonsense", "run --report report.txt"} {
		var out, problems bytes.Buffer
		if execute(t.Context(), strings.Fields(call), &out, &problems); strings.Contains(problems.String(), "did you mean") {
			t.Errorf("%s: it said %q", call, problems.String())
		}
	}
}

// everyCommand calls do for each command that help shows.
func everyCommand(cmd *cobra.Command, do func(*cobra.Command)) {
	do(cmd)
	for _, child := range cmd.Commands() {
		everyCommand(child, do)
	}
}

// A flag that takes no value shows no placeholder, and each other one does, or its
// type.
func TestFlagPlaceholders(t *testing.T) {
	everyCommand(newRoot(), func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			placeholder, _ := pflag.UnquoteUsage(f)
			if isSwitch := f.Value.Type() == "bool"; isSwitch != (placeholder == "") {
				t.Errorf("%s --%s shows the placeholder %q", cmd.CommandPath(), f.Name, placeholder)
			}
			if strings.ContainsAny(placeholder, " -") {
				t.Errorf("%s --%s: %q is no placeholder", cmd.CommandPath(), f.Name, placeholder)
			}
		})
	})
}

// The help of each command shows how it is called.
func TestEveryHelpHasAnExample(t *testing.T) {
	everyCommand(newRoot(), func(cmd *cobra.Command) {
		if !strings.Contains(cmd.Example, "grantproof") || cmd.Short == "" {
			t.Errorf("%s has no example, or does not say what it does", cmd.CommandPath())
		}
	})
}
