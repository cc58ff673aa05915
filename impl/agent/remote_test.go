package agent_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/modelcontextprotocol/go-sdk/oauthex"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/agent"
	"github.com/grantproof/grantproof/impl/mcpserver"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// protected is our MCP server behind a check of the SDK, which takes the tokens
// of our authorization server that are for it and have the scope of the tool.
type protected struct {
	URL     string
	fixture *impl.Fixture

	mu   sync.Mutex
	took []string // The clients of the tokens that it took, with their scopes.
}

func startProtected(t *testing.T) *protected {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p := &protected{URL: server.URL + "/mcp"}
	var err error
	p.fixture, err = impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", Policy: realm.Policy{Resources: []string{p.URL}, Verify: realm.ByJWT, Registration: realm.RegistrationOpen}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.fixture.Close() })
	document := server.URL + "/.well-known/oauth-protected-resource/mcp"
	mux.Handle("/.well-known/oauth-protected-resource/mcp", auth.ProtectedResourceMetadataHandler(&oauthex.ProtectedResourceMetadata{
		Resource: p.URL, AuthorizationServers: []string{p.fixture.Issuer}, ScopesSupported: []string{"tasks:read"},
	}))
	keys, err := keyfunc.NewDefaultCtx(t.Context(), []string{p.fixture.Issuer + "/.well-known/jwks.json"})
	if err != nil {
		t.Fatal(err)
	}
	guard := auth.RequireBearerToken(verify(keys, p.fixture.Issuer, p.URL), &auth.RequireBearerTokenOptions{ResourceMetadataURL: document})
	mux.Handle("/mcp", guard(p.stepUp(mcp.NewStreamableHTTPHandler(p.tools(t), nil))))
	return p
}

// verify takes what RFC 9068 section 4 says that a resource server takes.
func verify(keys keyfunc.Keyfunc, issuer, audience string) auth.TokenVerifier {
	parser := jwt.NewParser(jwt.WithIssuer(issuer), jwt.WithAudience(audience), jwt.WithExpirationRequired(), jwt.WithValidMethods([]string{"ES256"}))
	return func(_ context.Context, text string, _ *http.Request) (*auth.TokenInfo, error) {
		claims := jwt.MapClaims{}
		if _, err := parser.ParseWithClaims(text, claims, keys.Keyfunc); err != nil {
			return nil, fmt.Errorf("%w: %v", auth.ErrInvalidToken, err)
		}
		expires, _ := claims.GetExpirationTime()
		return &auth.TokenInfo{Scopes: strings.Fields(fmt.Sprint(claims["scope"])), Expiration: expires.Time, UserID: fmt.Sprint(claims["client_id"])}, nil
	}
}

// tools are those of our MCP server, which has credentials of its own.
func (p *protected) tools(t *testing.T) func(*http.Request) *mcp.Server {
	t.Helper()
	settings := map[string]string{"AUTH_SERVER_URL": p.fixture.Issuer, "RESOURCE_SERVER_URL": p.fixture.Resource}
	config, err := mcpserver.ConfigFromEnv(func(name string) string { return settings[name] })
	if err != nil {
		t.Fatal(err)
	}
	server, err := mcpserver.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return func(*http.Request) *mcp.Server { return server }
}

// stepUp wants another scope for the tool that creates a task.
func (p *protected) stepUp(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		info := auth.TokenInfoFromContext(r.Context())
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		if bytes.Contains(body, []byte(`"name":"create_task"`)) && !slices.Contains(info.Scopes, "tasks:write") {
			w.Header().Set("WWW-Authenticate", `Bearer error="insufficient_scope", scope="tasks:write"`)
			w.WriteHeader(http.StatusForbidden)
			return
		}
		p.mu.Lock()
		if took := info.UserID + " " + strings.Join(info.Scopes, " "); !slices.Contains(p.took, took) {
			p.took = append(p.took, took)
		}
		p.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// person signs in, agrees, and comes back to the client.
func person(ctx context.Context, authorization string) error {
	asked, err := url.Parse(authorization)
	if err != nil {
		return err
	}
	browser := useragent.New(&exchange.Log{Client: world.NewHTTPClient(10 * time.Second)})
	browser.Person = &useragent.Person{Username: "demo-user", Password: realm.DemoPassword, Decision: useragent.Approves}
	back := asked.Query().Get("redirect_uri")
	arrival, err := browser.Open(ctx, useragent.Visit{Address: authorization}, back)
	if err != nil || arrival.Returned == nil {
		return fmt.Errorf("the browser does not come back: %v", err)
	}
	response, err := http.Get(back + "?" + arrival.Returned.Encode())
	if err != nil {
		return err
	}
	return response.Body.Close()
}

func connect(t *testing.T, config oauthclient.HandlerConfig) *agent.Remote {
	t.Helper()
	var log bytes.Buffer
	config.Logger = slog.New(slog.NewTextHandler(&log, nil))
	handler, err := oauthclient.NewHandler(config)
	if err != nil {
		t.Fatal(err)
	}
	remote, err := agent.Connect(t.Context(), config.Server, handler, "")
	if err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}
	t.Cleanup(func() { _ = remote.Close() })
	return remote
}

// A person lets the agent act at our MCP server, with tokens of our authorization
// server: it finds everything, registers, and asks again for more.
func TestRemoteActions(t *testing.T) {
	p := startProtected(t)
	remote := connect(t, oauthclient.HandlerConfig{Server: p.URL, Registration: &oauth.ClientMetadata{ClientName: new("Agent")}, Browser: person})
	for _, step := range []struct {
		action string
		args   args
		says   string
	}{
		{"list-tasks", nil, `2 tasks: "Learn OAuth 2.0" (task-1, in_progress), "Build demo project" (task-2, completed).`},
		{"create-task", args{"title": "First"}, `Created "First" (task-3, pending).`},
		{"update-task", args{"task_id": "task-3", "status": "completed"}, `Updated "First" (task-3, completed).`},
		{"get-task", args{"task_id": "task-3"}, `Found "First" (task-3, completed).`},
	} {
		result, err := remote.Run(t.Context(), step.action, step.args)
		if err != nil || result.Sentence != step.says {
			t.Errorf("%s says %q, %v", step.action, result.Sentence, err)
		}
	}
	for action, says := range map[string]string{"get-user": "has no tool get_user", "dance": "there is no action", "get-task": "needs the argument task_id"} {
		if _, err := remote.Run(t.Context(), action, nil); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", action, err)
		}
	}
	if _, err := remote.Run(t.Context(), "get-task", args{"task_id": "task-99"}); err == nil || !strings.Contains(err.Error(), `there is no task "task-99"`) {
		t.Errorf("a task that is not there: %v", err)
	}
	if len(p.took) != 2 || !strings.HasPrefix(p.took[0], "client-") || !strings.Contains(p.took[1], "tasks:write") || !strings.Contains(p.took[1], "tasks:read") {
		t.Errorf("the MCP server took tokens of %q", p.took)
	}
}

// Without a person the agent has credentials of its own.
func TestRemoteForTheClientItself(t *testing.T) {
	p := startProtected(t)
	const secret = "the agent's own secret"
	err := p.fixture.Realms.Root().Store().PutClient(t.Context(), store.Client{
		ID: "machine", AuthMethod: "client_secret_basic", Secret: new(token.HashOf(secret)), GrantTypes: []string{"client_credentials"}, Scope: token.Scope{"tasks:read"},
	})
	if err != nil {
		t.Fatal(err)
	}
	remote := connect(t, oauthclient.HandlerConfig{Server: p.URL, Grant: oauthclient.GrantClientCredentials,
		Credentials: []oauthclient.Credentials{{Issuer: p.fixture.Issuer, ClientID: "machine", ClientSecret: secret}}})
	if result, err := remote.Run(t.Context(), "list-tasks", nil); err != nil || !slices.Equal(p.took, []string{"machine tasks:read"}) {
		t.Errorf("%v, %v; the MCP server took tokens of %q", result, err, p.took)
	}
	_, err = remote.Run(t.Context(), "create-task", args{"title": "No"})
	if failed := new(oauthclient.StepError); !errors.As(err, &failed) || failed.Step != oauthclient.StepToken || failed.Code != "invalid_scope" {
		t.Errorf("a scope that it may not have: %v", err)
	}
}
