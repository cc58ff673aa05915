package impl_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	authserver "github.com/grantproof/grantproof/generated/authserver"
	mcpserver "github.com/grantproof/grantproof/generated/mcpserver"
	resourceserver "github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

// operation is one of the documented ones, at the server that has it.
type operation struct{ method, base, path string }

func operations(t testing.TB, fixture *impl.Fixture) []operation {
	t.Helper()
	var all []operation
	for _, role := range []struct {
		base string
		spec func() (*openapi3.T, error)
	}{
		{fixture.Issuer, authserver.GetSpec}, {fixture.Resource, resourceserver.GetSpec}, {strings.TrimSuffix(fixture.MCP, realm.MCPEndpoint), mcpserver.GetSpec},
	} {
		spec, err := role.spec()
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range spec.Paths.InMatchingOrder() {
			for method := range spec.Paths.Value(path).Operations() {
				all = append(all, operation{method, role.base, path})
			}
		}
	}
	slices.SortFunc(all, func(a, b operation) int {
		return strings.Compare(a.base+a.path+a.method, b.base+b.path+b.method)
	})
	return all
}

// parameter is a part of a documented path that is different each time.
var parameter = regexp.MustCompile(`\{[^}]*\}`)

// bodies are what endpoints read, as a beginning.
var bodies = []struct{ contentType, body string }{
	{form, "grant_type=client_credentials&client_id=mcp-task-manager&client_secret=mcp-secret-12345&scope=tasks%3Aread"},
	{form, "grant_type=authorization_code&code=x&code_verifier=y&redirect_uri=http://127.0.0.1/callback"},
	{form, "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=a.b.c&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token"},
	{form, "token=eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.AAAA&token_type_hint=access_token"},
	{form, "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=e30.e30.e30"},
	{"application/json", `{"redirect_uris":["https://a.example/cb"],"client_name#de":"x","jwks":{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}}`},
	{"application/json", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tasks","arguments":{}}}`},
	{"application/json", `{"grant_type":"client_credentials","client_id":"mcp-task-manager"}`},
	{form, "username=demo-user&password=x&csrf=y&request=z"},
}

// FuzzServers sends anything to every endpoint that the OpenAPI documents know:
// each answers, soon, and never with a server error.
func FuzzServers(f *testing.F) {
	fixture, err := impl.Start(impl.Config{
		AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", MCPServer: "127.0.0.1:0",
		Policy: realm.Policy{Documented: true, Registration: realm.RegistrationOpen}, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = fixture.Close() })
	all := operations(f, fixture)
	for i := range all {
		sample := bodies[i%len(bodies)]
		f.Add(uint8(i), "", "", sample.contentType, "Bearer x", sample.body)
	}
	f.Add(uint8(0), "/../%2e%2e//%00", "response_type=code&client_id=%zz&state=\xff", form, "Basic ====", "a=%")
	client := &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	f.Fuzz(func(t *testing.T, which uint8, segment, query, contentType, authorization, body string) {
		at := all[int(which)%len(all)]
		path := parameter.ReplaceAllLiteralString(at.path, url.PathEscape(segment)+"x")
		request, err := http.NewRequest(at.method, at.base+path, strings.NewReader(body))
		// net/http answers a request line with control characters by itself, and closes.
		if err != nil || strings.ContainsFunc(query, func(r rune) bool { return r <= ' ' || r == '\x7f' }) {
			t.Skip()
		}
		request.URL.RawQuery = query
		request.Header.Set("Content-Type", contentType)
		request.Header.Set("Authorization", authorization)
		request.Header.Set("Accept", "application/json, text/event-stream")
		response, err := client.Do(request)
		if err != nil {
			if strings.Contains(err.Error(), "invalid header") || strings.Contains(err.Error(), "control character") {
				t.Skip() // The client does not send it.
			}
			t.Fatalf("%s %s: %v", at.method, at.path, err)
		}
		defer response.Body.Close()
		content, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
		if err != nil && response.Header.Get("Content-Type") != "text/event-stream" {
			t.Errorf("%s %s: the answer broke off: %v", at.method, at.path, err)
		}
		if response.StatusCode >= 500 && response.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("%s %s: status %d: %s", at.method, at.path, response.StatusCode, content)
		}
	})
}
