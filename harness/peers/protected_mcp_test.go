//go:build full

package peers_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/modelcontextprotocol/go-sdk/oauthex"

	"github.com/grantproof/grantproof/impl"
)

// protected is an MCP server that is made of the Go SDK alone. It takes the
// tokens of an authorization server that were issued for it.
type protected struct {
	URL     string
	Fixture *impl.Fixture

	mu     sync.Mutex
	tokens []string // Different ones that it took, in their order.
}

// startProtected starts an MCP server and an authorization server that knows
// it. config says more about the latter, given the server's URL.
func startProtected(t *testing.T, configure func(url string) impl.Config) *protected {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p := &protected{URL: server.URL + "/mcp"}
	p.Fixture = start(t, configure(p.URL))
	document := server.URL + "/.well-known/oauth-protected-resource/mcp"
	mux.Handle("/.well-known/oauth-protected-resource/mcp", auth.ProtectedResourceMetadataHandler(&oauthex.ProtectedResourceMetadata{
		Resource: p.URL, AuthorizationServers: []string{p.Fixture.Issuer}, ScopesSupported: []string{"tasks:read"}, BearerMethodsSupported: []string{"header"},
	}))
	keys, err := keyfunc.NewDefaultCtx(t.Context(), []string{p.Fixture.Issuer + "/.well-known/jwks.json"})
	if err != nil {
		t.Fatal(err)
	}
	guard := auth.RequireBearerToken(p.verify(keys), &auth.RequireBearerTokenOptions{ResourceMetadataURL: document, Scopes: []string{"tasks:read"}})
	tools := mcp.NewServer(&mcp.Implementation{Name: "protected", Version: "1"}, nil)
	mcp.AddTool(tools, &mcp.Tool{Name: "who_am_i", Description: "Say whose token it is."}, whoAmI)
	mux.Handle("/mcp", guard(mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return tools }, nil)))
	return p
}

// verify takes what RFC 9068 section 4 says a resource server takes.
func (p *protected) verify(keys keyfunc.Keyfunc) auth.TokenVerifier {
	parser := jwt.NewParser(jwt.WithIssuer(p.Fixture.Issuer), jwt.WithAudience(p.URL), jwt.WithExpirationRequired(), jwt.WithValidMethods([]string{"ES256"}))
	return func(_ context.Context, token string, _ *http.Request) (*auth.TokenInfo, error) {
		var claims struct {
			jwt.RegisteredClaims
			Scope    string `json:"scope"`
			ClientID string `json:"client_id"`
		}
		parsed, err := parser.ParseWithClaims(token, &claims, keys.Keyfunc)
		if err != nil || parsed.Header["typ"] != "at+jwt" {
			return nil, fmt.Errorf("%w: %v", auth.ErrInvalidToken, err)
		}
		p.took(token)
		return &auth.TokenInfo{
			Scopes: strings.Fields(claims.Scope), Expiration: claims.ExpiresAt.Time, UserID: claims.Subject, Extra: map[string]any{"client_id": claims.ClientID},
		}, nil
	}
}

func (p *protected) took(token string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.tokens) == 0 || p.tokens[len(p.tokens)-1] != token {
		p.tokens = append(p.tokens, token)
	}
}

// Taken is how many different tokens it took, one after another.
func (p *protected) Taken() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.tokens)
}

type identity struct {
	Subject  string   `json:"subject"`
	ClientID string   `json:"client_id"`
	Scopes   []string `json:"scopes"`
}

func whoAmI(_ context.Context, request *mcp.CallToolRequest, _ struct{}) (*mcp.CallToolResult, identity, error) {
	info := request.Extra.TokenInfo
	return nil, identity{info.UserID, fmt.Sprint(info.Extra["client_id"]), info.Scopes}, nil
}

// connect connects the SDK's client, which asks handler for tokens.
func (p *protected) connect(t *testing.T, handler auth.OAuthHandler) *mcp.ClientSession {
	t.Helper()
	client := mcp.NewClient(&mcp.Implementation{Name: "peer", Version: "1"}, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	session, err := client.Connect(ctx, &mcp.StreamableClientTransport{Endpoint: p.URL, OAuthHandler: handler, DisableStandaloneSSE: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

// ask calls the tool that says whose token it is.
func ask(t *testing.T, session *mcp.ClientSession) identity {
	t.Helper()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "who_am_i"})
	if err != nil || result.IsError {
		t.Fatalf("called with %+v, %v", result, err)
	}
	content, _ := result.StructuredContent.(map[string]any)
	found := identity{Subject: fmt.Sprint(content["subject"]), ClientID: fmt.Sprint(content["client_id"])}
	scopes, _ := content["scopes"].([]any)
	for _, scope := range scopes {
		found.Scopes = append(found.Scopes, fmt.Sprint(scope))
	}
	return found
}
