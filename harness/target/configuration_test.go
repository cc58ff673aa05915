package target_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/target"
)

const server = "authorization_server: {issuer: \"https://as.example.com\"}\n"

// load loads a target file of these bytes.
func load(t *testing.T, content string) (target.Target, error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "target.yaml")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return target.Load(name)
}

// An empty file is named as what it is.
func TestConfigurationEmptyFile(t *testing.T) {
	for _, content := range []string{"", "\n", "# only a comment\n", "---\n", "\xef\xbb\xbf", "~\n", "null\n", "{}\n"} {
		_, err := load(t, content)
		if err == nil || strings.Contains(err.Error(), "EOF") || !strings.Contains(err.Error(), "is empty") && content != "{}\n" {
			t.Errorf("%q: the error is %v", content, err)
		}
	}
}

// A byte order mark is accepted, with the lines of everything behind it.
func TestConfigurationByteOrderMark(t *testing.T) {
	loaded, err := load(t, "\xef\xbb\xbf"+server)
	if err != nil || loaded.AuthorizationServer.Issuer != "https://as.example.com" {
		t.Errorf("loaded %+v, %v", loaded, err)
	}
	_, err = load(t, "\xef\xbb\xbf"+server+"profiles: [oauth-2.2]\n")
	if err == nil || !strings.Contains(err.Error(), "line 2: profiles.0") {
		t.Errorf("the error is %v", err)
	}
}

// Another encoding is named, with what to do.
func TestConfigurationOtherEncodings(t *testing.T) {
	for content, want := range map[string]string{
		"\xff\xfen\x00":            "UTF-16; save it as UTF-8",
		"\xfe\xff\x00n":            "UTF-16",
		server + "name: caf\xe9\n": "line 2: the byte 0xe9 is not UTF-8",
		server + "name: a\x00b\n":  "line 2: it contains a NUL byte",
	} {
		if _, err := load(t, content); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: the error is %v, want %q", content, err, want)
		}
	}
}

// What is a text stays as it is written, whatever YAML takes it for.
func TestConfigurationClientIDOfDigits(t *testing.T) {
	for written, want := range map[string]string{
		"0012": "0012", "12": "12", "1e3": "1e3", "0x1F": "0x1F", "0o17": "0o17", "1_000": "1_000", "1.0": "1.0", ".5": ".5", ".inf": ".inf",
		"true": "true", "True": "True", "2024-01-01": "2024-01-01", "'0012'": "0012", "!!str 0012": "0012", "&id 0012": "0012", "*number": "0077",
	} {
		loaded, err := load(t, "name: &number 0077\n"+server+"clients:\n  public:\n    client_id: "+written+"\n    scope: 0012\nresource_owner: {username: "+strings.Replace(written, "&id", "&other", 1)+", steps: [{page: 007, fill: {pin: 0012}}]}\n")
		if err != nil {
			t.Errorf("%s: %v", written, err)
			continue
		}
		owner, client := loaded.ResourceOwner, loaded.Clients["public"]
		if client.ID != want || owner.Username != want || client.Scope != "0012" || owner.Steps[0].Page != "007" || owner.Steps[0].Fill["pin"] != "0012" || loaded.Name != "0077" {
			t.Errorf("%s is read as %+v and %+v", written, client, owner)
		}
	}
}

// Numbers that are meant as such stay numbers.
func TestConfigurationNumbers(t *testing.T) {
	loaded, err := load(t, server+"limits: {requests_per_second: 50, timeout: 10s}\nmcp_server: {url: \"https://mcp.example.com\", tools: [{name: 12, arguments: {n: 1.5, yes: true}}]}\n")
	if err != nil || loaded.Limits.RequestsPerSecond != 50 || loaded.MCPServer.Tools[0].Name != "12" {
		t.Fatalf("loaded %+v, %v", loaded, err)
	}
	if n, isNumber := loaded.MCPServer.Tools[0].Arguments["n"].(float64); !isNumber || n != 1.5 {
		t.Errorf("an argument is %T", loaded.MCPServer.Tools[0].Arguments["n"])
	}
}

// The file is checked whole at load: each word that no list has is named with its
// line, with the nearest and with all that could be written.
func TestConfigurationUnknownWords(t *testing.T) {
	for lines, wants := range map[string][]string{
		"profiles: [oauth-2.1, mcp-2026-07-29]":                                                     {"line 2: profiles.1", `"mcp-2026-07-28"`, "oidc"},
		"clients:\n  confidential-machine:\n    client_id: x\n    grant_types: [client_credential]": {"line 5: clients.confidential-machine.grant_types", `did you mean "client_credentials"`},
		"clients:\n  public:\n    client_id: x\n    token_endpoint_auth_method: basic":              {"line 5: clients.public.token_endpoint_auth_method", "client_secret_basic"},
		"clients:\n  public:\n    client_id: x\n    redirect_uris: [127.0.0.1/callback]":            {"line 5: clients.public.redirect_uris", "no absolute URI"},
		"clients:\n  public:\n    client_id: x\n    redirect_uris: [\"https://a.example/#b\"]":      {"line 5: clients.public.redirect_uris", "fragment"},
		"resource_owner:\n  steps:\n    - page: Who\n      fill: {who: (user)}":                     {"line 5: resource_owner.steps.0.fill", "(username)"},
		"limits: {requests_per_second: -1}":                                                         {"line 2: limits.requests_per_second"},
		"limits: {timeout: -1s}":                                                                    {"line 2: limits.timeout"},
		"clients: {public: {client_id: a}, second: {client_id: a}}":                                 {"line 2: clients.second.client_id", "clients.public"},
		"clients: {confidential: {client_id: a, client_secret: \"${GRANTPROOF_TEST_UNSET}\"}}":      {"line 2: clients.confidential.client_secret", "export GRANTPROOF_TEST_UNSET="},
	} {
		_, err := load(t, server+lines+"\n")
		for _, want := range wants {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: the error is %v, want %q", lines, err, want)
			}
		}
	}
}

// A lawful file is taken: grant types that are URIs, and redirect URIs of schemes of
// applications.
func TestConfigurationLawfulWords(t *testing.T) {
	_, err := load(t, server+`clients:
  public: {client_id: a, grant_types: ["urn:ietf:params:oauth:grant-type:device_code", authorization_code, delegation_of_us], redirect_uris: ["com.example.app:/callback", "http://[::1]:8765/callback"]}
resource_owner: {username: ann, steps: [{page: Who, fill: {who: (username), remember: "yes"}}]}
`)
	if err != nil {
		t.Error(err)
	}
}
