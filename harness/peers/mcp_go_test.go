//go:build full

package peers_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/auth/extauth"
	"github.com/modelcontextprotocol/go-sdk/oauthex"
	"golang.org/x/oauth2"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/cimd"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// beside is an authorization server with the MCP server beside a protected
// resource of its own, so that a token for it has to be asked for by name.
func beside(url string) impl.Config {
	return impl.Config{Policy: realm.Policy{Resources: []string{url}, ClientDocuments: cimd.Rules{Loopback: true}}}
}

// open is the SDK's browser.
func open(ctx context.Context, args *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
	returned, err := visit(ctx, args.URL)
	return &auth.AuthorizationResult{Code: returned.Get("code"), State: returned.Get("state"), Iss: returned.Get("iss")}, err
}

// The client of the MCP Go SDK finds the authorization server by the refusal of
// an MCP server, registers, lets a person agree, and calls a tool.
func TestMCPGoClient(t *testing.T) {
	server := startProtected(t, beside)
	var issued []*oauth2.Token
	handler, err := auth.NewAuthorizationCodeHandler(&auth.AuthorizationCodeHandlerConfig{
		DynamicClientRegistrationConfig: &auth.DynamicClientRegistrationConfig{Metadata: &oauthex.ClientRegistrationMetadata{
			ClientName: "Go agent", RedirectURIs: []string{callback}, GrantTypes: []string{"authorization_code", "refresh_token"}, TokenEndpointAuthMethod: "none",
		}},
		AuthorizationCodeFetcher: open,
		RequestRefreshToken:      true,
		// The token is over at once, so that the SDK renews it for the first call.
		NewTokenSource: func(ctx context.Context, config *oauth2.Config, first *oauth2.Token) (oauth2.TokenSource, error) {
			issued = append(issued, first)
			over := *first
			over.Expiry = time.Now().Add(-time.Minute)
			return watched{config.TokenSource(ctx, &over), &issued}, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	who := ask(t, server.connect(t, handler))
	if who.Subject != "user-123" || !strings.HasPrefix(who.ClientID, "client-") || !slices.Contains(who.Scopes, "tasks:read") || !slices.Contains(who.Scopes, "offline_access") {
		t.Errorf("the MCP server sees %+v", who)
	}
	last := issued[len(issued)-1]
	if issued[0].RefreshToken == "" || last.RefreshToken == issued[0].RefreshToken || last.AccessToken == issued[0].AccessToken {
		t.Errorf("%d tokens, and they were not rotated", len(issued))
	}
	if server.Taken() != 1 || get(t, server.Fixture.Resource+"/api/tasks", last.AccessToken) != http.StatusUnauthorized {
		t.Errorf("the MCP server took %d tokens; the other protected resource has to refuse them", server.Taken())
	}
}

// watched notes the tokens that it hands on.
type watched struct {
	oauth2.TokenSource
	seen *[]*oauth2.Token
}

// Token implements oauth2.TokenSource.
func (w watched) Token() (*oauth2.Token, error) {
	next, err := w.TokenSource.Token()
	if err == nil {
		*w.seen = append(*w.seen, next)
	}
	return next, err
}

// With a client ID metadata document it needs no registration: the URL of the
// document is its client_id.
func TestMCPGoClientWithDocument(t *testing.T) {
	server := startProtected(t, beside)
	address := serveDocument(t, map[string]any{"client_name": "Documented agent", "redirect_uris": []string{callback}, "grant_types": []string{"authorization_code", "refresh_token"}, "token_endpoint_auth_method": "none"})
	handler, err := auth.NewAuthorizationCodeHandler(&auth.AuthorizationCodeHandlerConfig{
		ClientIDMetadataDocumentConfig: &auth.ClientIDMetadataDocumentConfig{URL: address}, RedirectURL: callback, AuthorizationCodeFetcher: open,
	})
	if err != nil {
		t.Fatal(err)
	}
	if who := ask(t, server.connect(t, handler)); who.Subject != "user-123" || who.ClientID != address {
		t.Errorf("the MCP server sees %+v, want the client %s", who, address)
	}
}

// serveDocument publishes the metadata of a client and returns its URL.
func serveDocument(t *testing.T, client map[string]any) string {
	t.Helper()
	published := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		client["client_id"] = "https://" + r.Host + r.URL.Path
		_ = json.NewEncoder(w).Encode(client)
	}))
	published.StartTLS()
	t.Cleanup(published.Close)
	return published.URL + "/client.json"
}

// An agent without a person uses its own credentials. The SDK does not name the
// resource in that request, as the MCP specification demands
// (https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#resource-parameter-implementation),
// so it gets a token for the resource that its authorization server takes as
// meant: the MCP server, where that is the only one.
func TestMCPGoClientCredentials(t *testing.T) {
	server := startProtected(t, func(url string) impl.Config { return impl.Config{Resource: url} })
	const secret = "the agent's own secret"
	err := server.Fixture.Realms.Root().Store().PutClient(t.Context(), store.Client{
		ID: "agent", AuthMethod: "client_secret_post", Secret: new(token.HashOf(secret)), GrantTypes: []string{"client_credentials"}, Scope: token.Scope{"tasks:read"},
	})
	if err != nil {
		t.Fatal(err)
	}
	handler, err := extauth.NewClientCredentialsHandler(&extauth.ClientCredentialsHandlerConfig{
		Credentials: &oauthex.ClientCredentials{ClientID: "agent", ClientSecretAuth: &oauthex.ClientSecretAuth{ClientSecret: secret}, Issuer: server.Fixture.Issuer},
	})
	if err != nil {
		t.Fatal(err)
	}
	if who := ask(t, server.connect(t, handler)); who.ClientID != "agent" || !slices.Equal(who.Scopes, []string{"tasks:read"}) {
		t.Errorf("the MCP server sees %+v", who)
	}
}
