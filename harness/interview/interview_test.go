package interview_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/interview"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/printable"
	"github.com/grantproof/grantproof/impl/realm"
)

// hold answers with lines; what it returns was written to a file and loaded.
func hold(t *testing.T, config interview.Config, lines ...string) (loaded target.Target, said, file string) {
	t.Helper()
	var out bytes.Buffer
	config.In, config.Out, config.Echo = strings.NewReader(strings.Join(lines, "\n")), &out, true
	described, err := interview.Hold(t.Context(), config)
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	content, err := interview.File(described)
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	name := filepath.Join(t.TempDir(), "target.yaml")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, variable := range interview.Variables(content) {
		t.Setenv(variable, "value of "+variable)
	}
	if loaded, err = target.Load(name); err != nil {
		t.Fatalf("%v\n%s", err, content)
	}
	return loaded, out.String(), string(content)
}

func start(t *testing.T, registration realm.Registration) *impl.Fixture {
	t.Helper()
	fixture, err := impl.Start(impl.Config{AuthServer: "localhost:0", ResourceServer: "localhost:0", MCPServer: "localhost:0", Policy: realm.Policy{Documented: true, Registration: registration}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = fixture.Close() })
	return fixture
}

// Where clients register themselves, nothing is asked about clients; the issuer
// is the one that the server names.
func TestIssuer(t *testing.T) {
	fixture := start(t, realm.RegistrationOpen)
	loaded, said, _ := hold(t, interview.Config{}, strings.Replace(fixture.Issuer, "localhost", "127.0.0.1", 1), "", "yes", "demo-user", "DEMO_PASSWORD", fixture.Resource, "/api/tasks", "")
	if loaded.AuthorizationServer.Issuer != fixture.Issuer || len(loaded.Clients) > 0 || strings.Contains(said, "client_id") {
		t.Errorf("loaded %+v\n%s", loaded, said)
	}
	if want := (target.Probe{Method: "GET", Path: "/api/tasks", Scope: "tasks:read"}); len(loaded.ResourceServer.Probes) != 1 || loaded.ResourceServer.Probes[0] != want {
		t.Errorf("the probes are %+v\n%s", loaded.ResourceServer.Probes, said)
	}
	if owner := loaded.ResourceOwner; owner.Username != "demo-user" || owner.Password != "value of DEMO_PASSWORD" || owner.Browser != "forms" {
		t.Errorf("the resource owner is %+v", owner)
	}
}

// From the URL of an MCP server or an API the authorization server is found, and
// the defaults are enough.
func TestDefaults(t *testing.T) {
	fixture := start(t, realm.RegistrationOpen)
	for name, config := range map[string]interview.Config{
		"an MCP server": {MCP: fixture.MCP, Yes: true},
		"an API":        {Resource: fixture.Resource, Yes: true},
	} {
		loaded, said, _ := hold(t, config, "this", "is", "not", "read")
		if loaded.AuthorizationServer.Issuer != fixture.Issuer || loaded.MCPServer.URL != config.MCP || loaded.ResourceServer.URL != config.Resource {
			t.Errorf("%s: loaded %+v\n%s", name, loaded, said)
		}
	}
	if loaded, said, _ := hold(t, interview.Config{}, fixture.MCP); loaded.MCPServer.URL != fixture.MCP || !strings.Contains(said, "(mcp)? [mcp]: mcp") {
		t.Errorf("an MCP server is not recognized:\n%s", said)
	}
	if loaded, said, _ := hold(t, interview.Config{}, fixture.Resource); loaded.ResourceServer.URL != fixture.Resource {
		t.Errorf("an API is not recognized:\n%s", said)
	}
}

// Whether registration wants an initial access token is found out.
func TestInitialAccessToken(t *testing.T) {
	loaded, said, _ := hold(t, interview.Config{Issuer: start(t, realm.RegistrationToken).Issuer}, "", "THE_TOKEN")
	if loaded.AuthorizationServer.InitialAccessToken != "value of THE_TOKEN" {
		t.Errorf("loaded %+v\n%s", loaded, said)
	}
	loaded, said, _ = hold(t, interview.Config{Issuer: start(t, realm.RegistrationOpen).Issuer, Yes: true})
	if loaded.AuthorizationServer.InitialAccessToken != "" {
		t.Errorf("loaded %+v\n%s", loaded, said)
	}
}

// Without registration the clients are asked for; a secret that is typed in the
// place of a name goes nowhere.
func TestClients(t *testing.T) {
	fixture := start(t, realm.RegistrationOff)
	loaded, said, file := hold(t, interview.Config{Issuer: fixture.Issuer}, "web-app", "webapp-secret-abcdef", "WEB_APP_SECRET", "", "", "http://localhost:3000/callback", "native", "authorization_code", "tasks:read")
	client := loaded.Clients["confidential"]
	if client.ID != "web-app" || client.Secret != "value of WEB_APP_SECRET" || client.RedirectURIs[0] != "http://localhost:3000/callback" || len(client.GrantTypes) != 3 || !strings.Contains(client.Scope, "tasks:read") {
		t.Errorf("the client is %+v\n%s", client, said)
	}
	if public := loaded.Clients["public"]; public.ID != "native" || public.RedirectURIs[0] != "http://127.0.0.1:8765/callback" {
		t.Errorf("the public client is %+v\n%s", public, said)
	}
	if strings.Contains(said+file, "webapp-secret") {
		t.Errorf("the secret was told:\n%s%s", said, file)
	}
}

// What metadata would tell is asked for where there are none.
func TestNoMetadata(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	loaded, said, _ := hold(t, interview.Config{}, server.URL, "issuer", "", server.URL+"/oauth/authorize", "", "none", "", "", "a")
	metadata := loaded.AuthorizationServer.Metadata
	if metadata["token_endpoint"] != server.URL+"/token" || metadata["authorization_endpoint"] != server.URL+"/oauth/authorize" || metadata["revocation_endpoint"] != nil || loaded.Clients["confidential"].ID != "a" {
		t.Errorf("loaded %+v\n%s", loaded, said)
	}
}

// Nothing can be made up in the place of a URL.
func TestNoAnswer(t *testing.T) {
	for _, lines := range []string{"", "as.example.com\n"} {
		if _, err := interview.Hold(t.Context(), interview.Config{In: strings.NewReader(lines), Out: &bytes.Buffer{}}); err == nil || !strings.Contains(err.Error(), "URL") {
			t.Errorf("after %q the error is %v", lines, err)
		}
	}
}

// Who interrupts does not have to answer first.
func TestInterrupted(t *testing.T) {
	silent, _ := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := interview.Hold(ctx, interview.Config{In: silent, Out: io.Discard}); err == nil || !strings.Contains(err.Error(), "interrupted") {
		t.Errorf("the error is %v", err)
	}
}

// Where nothing answers, the URL is asked for again; it is not written.
func TestNothingAnswers(t *testing.T) {
	fixture := start(t, realm.RegistrationOpen)
	loaded, said, _ := hold(t, interview.Config{}, "http://127.0.0.1:1", fixture.Issuer)
	if loaded.AuthorizationServer.Issuer != fixture.Issuer || !strings.Contains(said, "nothing answers there") {
		t.Errorf("loaded %+v\n%s", loaded.AuthorizationServer, said)
	}
	_, err := interview.Hold(t.Context(), interview.Config{In: strings.NewReader(""), Out: io.Discard, Issuer: "http://127.0.0.1:1"})
	if err == nil || !strings.Contains(err.Error(), "nothing answers there") {
		t.Errorf("an issuer at which nothing answers: %v", err)
	}
}

// What a server or a person says is a value of the target file and nothing else.
func TestFileOfHostileTexts(t *testing.T) {
	for _, text := range []string{"plain", "a\nmcp_client: {command: [sh]}", "a: b # c", "\"}\n", "\u0085x\u2028y", "\x1b[2J\u009b\x7f\u202e\ufeff", "${SECRET}", "{{.Name}}", "- x", "\t", "\U000e0041", "👩\u200d👩\u200d👧"} {
		described := target.Target{Name: text, AuthorizationServer: target.AuthorizationServer{Issuer: "https://as.example", Metadata: map[string]any{"x" + text: text}},
			Clients: map[string]target.Client{"confidential": {ID: text, Scope: text, GrantTypes: []string{text}}}, ResourceOwner: target.ResourceOwner{Username: text}}
		content, err := interview.File(described)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		read, err := target.Parse(content, func(string) (string, bool) { return "set", true })
		client := read.Clients["confidential"]
		if err != nil || read.Name != text || read.AuthorizationServer.Metadata["x"+text] != text || client.ID != text || client.Scope != text || read.ResourceOwner.Username != text || len(read.MCPClient.Command) > 0 {
			t.Errorf("%q: %v: it became %+v\n%s", text, err, read, content)
		}
		if printable.Text(string(content)) != string(content) {
			t.Errorf("%q: a person does not see all of %q", text, content)
		}
	}
}
