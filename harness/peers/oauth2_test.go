//go:build full

package peers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// metadata is what a client reads of the authorization server.
type metadata struct {
	Issuer                string
	AuthorizationEndpoint string   `json:"authorization_endpoint"`
	TokenEndpoint         string   `json:"token_endpoint"`
	RegistrationEndpoint  string   `json:"registration_endpoint"`
	JWKSURI               string   `json:"jwks_uri"`
	ChallengeMethods      []string `json:"code_challenge_methods_supported"`
	IssSupported          bool     `json:"authorization_response_iss_parameter_supported"`
}

// discover reads the metadata as RFC 8414 says; golang.org/x/oauth2 leaves that
// to its user.
func discover(t *testing.T, issuer string) metadata {
	t.Helper()
	response, err := http.Get(issuer + "/.well-known/oauth-authorization-server")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var found metadata
	if err := json.NewDecoder(response.Body).Decode(&found); err != nil || found.Issuer != issuer || !found.IssSupported || strings.Join(found.ChallengeMethods, " ") != "S256" {
		t.Fatalf("metadata %+v, %v", found, err)
	}
	return found
}

// registerByJSON registers a client as RFC 7591 section 3.1 says, and returns
// its configuration.
func registerByJSON(t *testing.T, server metadata, client map[string]any) *oauth2.Config {
	t.Helper()
	body, err := json.Marshal(client)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(server.RegistrationEndpoint, "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var registered struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
		Method string `json:"token_endpoint_auth_method"`
	}
	if err := json.NewDecoder(response.Body).Decode(&registered); err != nil || response.StatusCode != http.StatusCreated {
		t.Fatalf("registered with status %d, %v", response.StatusCode, err)
	}
	style := map[string]oauth2.AuthStyle{"client_secret_basic": oauth2.AuthStyleInHeader, "client_secret_post": oauth2.AuthStyleInParams, "none": oauth2.AuthStyleInParams}
	return &oauth2.Config{
		ClientID: registered.ID, ClientSecret: registered.Secret, RedirectURL: callback, Scopes: []string{"tasks:read"},
		Endpoint: oauth2.Endpoint{AuthURL: server.AuthorizationEndpoint, TokenURL: server.TokenEndpoint, AuthStyle: style[registered.Method]},
	}
}

// authorize asks the person and returns the code.
func authorize(t *testing.T, server metadata, client *oauth2.Config, verifier string) string {
	t.Helper()
	returned, err := visit(t.Context(), client.AuthCodeURL("some state", oauth2.S256ChallengeOption(verifier)))
	if err != nil {
		t.Fatal(err)
	}
	if returned.Get("state") != "some state" || returned.Get("iss") != server.Issuer {
		t.Fatalf("the browser came back with %v", returned)
	}
	return returned.Get("code")
}

// golang.org/x/oauth2 gets tokens for a person, uses them and refreshes them,
// with each way in which its users authenticate a client.
func TestOAuth2Package(t *testing.T) {
	fixture := start(t, impl.Config{})
	server := discover(t, fixture.Issuer)
	for _, method := range []string{"client_secret_basic", "client_secret_post", "none"} {
		t.Run(method, func(t *testing.T) {
			client := registerByJSON(t, server, map[string]any{
				"client_name": "Go program", "redirect_uris": []string{callback}, "grant_types": []string{"authorization_code", "refresh_token"}, "token_endpoint_auth_method": method,
			})
			verifier := oauth2.GenerateVerifier()
			issued, err := client.Exchange(t.Context(), authorize(t, server, client, verifier), oauth2.VerifierOption(verifier))
			if err != nil {
				t.Fatal(err)
			}
			if issued.Type() != "Bearer" || issued.RefreshToken == "" || issued.Extra("scope") != "tasks:read" || time.Until(issued.Expiry) < 50*time.Minute {
				t.Errorf("issued %+v", issued)
			}
			response, err := client.Client(t.Context(), issued).Get(fixture.Resource + "/api/tasks")
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode != http.StatusOK {
				t.Errorf("the protected resource answers %d", response.StatusCode)
			}
			rotate(t, client, issued, fixture.Resource)
		})
	}
	t.Run("another verifier", func(t *testing.T) {
		client := registerByJSON(t, server, map[string]any{"redirect_uris": []string{callback}})
		code := authorize(t, server, client, oauth2.GenerateVerifier())
		_, err := client.Exchange(t.Context(), code, oauth2.VerifierOption(oauth2.GenerateVerifier()))
		wantRefused(t, err, "invalid_grant")
	})
}

// rotate refreshes twice. The token that the second refresh used is refused
// after it, and takes the whole grant with it.
func rotate(t *testing.T, client *oauth2.Config, issued *oauth2.Token, resource string) {
	t.Helper()
	first, err := refresh(t.Context(), client, issued)
	if err != nil {
		t.Fatal(err)
	}
	second, err := refresh(t.Context(), client, first)
	if err != nil {
		t.Fatal(err)
	}
	if first.RefreshToken == issued.RefreshToken || second.RefreshToken == first.RefreshToken || second.AccessToken == first.AccessToken {
		t.Error("a refresh did not rotate the tokens")
	}
	if status := get(t, resource+"/api/tasks", second.AccessToken); status != http.StatusOK {
		t.Errorf("the protected resource answers %d to the refreshed token", status)
	}
	_, err = refresh(t.Context(), client, first)
	wantRefused(t, err, "invalid_grant")
	_, err = refresh(t.Context(), client, second)
	wantRefused(t, err, "invalid_grant")
}

// refresh has the package renew a token that is over.
func refresh(ctx context.Context, client *oauth2.Config, old *oauth2.Token) (*oauth2.Token, error) {
	return client.TokenSource(ctx, &oauth2.Token{RefreshToken: old.RefreshToken, Expiry: time.Now().Add(-time.Minute)}).Token()
}

func wantRefused(t *testing.T, err error, code string) {
	t.Helper()
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) || refused.ErrorCode != code {
		t.Errorf("error %v, want %s", err, code)
	}
}

// The package gets tokens for the client itself; a secret with characters that
// have to be encoded goes through in the header and in the body.
func TestOAuth2ClientCredentials(t *testing.T) {
	fixture := start(t, impl.Config{})
	const secret = "a+b c:d/é%20&=?"
	for _, method := range []string{"client_secret_basic", "client_secret_post"} {
		client := store.Client{ID: "job+" + method, AuthMethod: method, Secret: new(token.HashOf(secret)), GrantTypes: []string{"client_credentials"}, Scope: token.Scope{"tasks:read"}, ActsFor: []string{"user-123"}}
		if err := fixture.Realms.Root().Store().PutClient(t.Context(), client); err != nil {
			t.Fatal(err)
		}
		for _, style := range []oauth2.AuthStyle{oauth2.AuthStyleAutoDetect, map[string]oauth2.AuthStyle{"client_secret_basic": oauth2.AuthStyleInHeader, "client_secret_post": oauth2.AuthStyleInParams}[method]} {
			config := clientcredentials.Config{ClientID: client.ID, ClientSecret: secret, TokenURL: discover(t, fixture.Issuer).TokenEndpoint, AuthStyle: style}
			issued, err := config.Token(t.Context())
			if err != nil {
				t.Errorf("%s, style %d: %v", method, style, err)
				continue
			}
			if status := get(t, fixture.Resource+"/api/tasks", issued.AccessToken); status != http.StatusOK || issued.RefreshToken != "" {
				t.Errorf("%s, style %d: the protected resource answers %d to %+v", method, style, status, issued)
			}
		}
	}
}
