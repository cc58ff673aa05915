package control

import (
	"reflect"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/impl/realm"
)

// A file changes what it names and nothing else.
func TestReadPolicy(t *testing.T) {
	before := realm.Policy{Documented: true, RegistrationsPerHour: 7}
	after, err := ReadPolicy(before, []byte(`
resources: ["https://files.example.com"]
code_challenge: plain
client_configuration: [read]
statement_issuers: [{issuer: "https://publisher.example", jwks: {keys: [`+aKey+`]}}]
`))
	if err != nil {
		t.Fatal(err)
	}
	if len(after.StatementIssuers) != 1 || len(after.StatementIssuers[0].Keys) != 1 {
		t.Errorf("the statement issuers are %v", after.StatementIssuers)
	}
	after.StatementIssuers = nil
	want := before
	want.Resources, want.CodeChallenge, want.NoConfiguration = []string{"https://files.example.com"}, realm.ChallengePlain, []string{"update", "delete"}
	if !reflect.DeepEqual(after, want) {
		t.Errorf("got %+v, want %+v", after, want)
	}
	if same, err := ReadPolicy(before, nil); err == nil {
		t.Errorf("an empty file is read as %+v", same)
	}
}

func TestReadPolicyRefuses(t *testing.T) {
	for content, want := range map[string]string{
		"code_challange: plain":              "code_challange: there is no such rule; there are check_client_pages, ",
		"faults: []":                         "faults: there is no such rule",
		"code_challenge: never":              "code_challenge: ",
		"refresh_grace_seconds: soon":        "refresh_grace_seconds: ",
		"statement_issuers: [{issuer: a}]":   "jwks",
		"a: [":                               "it is no YAML: ",
		"just text":                          "it is no object",
		"resources: [1]":                     "resources",
		"resources: [a]\nresources: [b]":     "resources",
		"{signing_algorithm: HS256}":         "signing_algorithm: ",
		"client_document_hosts: example.com": "client_document_hosts: ",
	} {
		_, err := ReadPolicy(realm.Policy{}, []byte(content))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v; want one line with %q", content, err, want)
		}
	}
}

// Every rule of a file is a member of the contract.
func TestRulesOfFile(t *testing.T) {
	spec, err := control.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range inFile {
		if spec.Components.Schemas["RealmRequest"].Value.Properties[name] == nil {
			t.Errorf("%s is no member of RealmRequest", name)
		}
	}
}
