//go:build full

package peers_test

import (
	"testing"

	"github.com/grantproof/grantproof/impl"
)

// openid-client, an OpenID Connect client that is certified by the OpenID
// Foundation, signs a person in and authenticates itself by its key.
func TestOpenIDClient(t *testing.T) {
	folder := install(t, "openid-client")
	fixture := start(t, impl.Config{})
	var results struct {
		Server, Client, ActiveClient  string
		Claims, User, RefreshedClaims map[string]any
		Rotated, Active, Inactive     bool
		Tasks                         int
		Revoked, Reused               string
	}
	node(t, folder, "client.mjs", &results, fixture.Issuer, fixture.Resource)
	if results.Server != fixture.Issuer || results.Claims["iss"] != fixture.Issuer || results.Claims["aud"] != results.Client || results.Claims["sub"] != "user-123" {
		t.Errorf("the ID token of %s for %s says %v", results.Server, results.Client, results.Claims)
	}
	if results.User["sub"] != "user-123" || results.User["preferred_username"] != "demo-user" || results.User["email"] != "demo@example.com" {
		t.Errorf("userinfo says %v", results.User)
	}
	if !results.Rotated || results.Tasks != 200 || results.RefreshedClaims["sub"] != "user-123" || results.RefreshedClaims["auth_time"] != results.Claims["auth_time"] {
		t.Errorf("refreshed: rotated %v, the protected resource answers %d, ID token %v", results.Rotated, results.Tasks, results.RefreshedClaims)
	}
	if !results.Active || results.ActiveClient != results.Client || results.Inactive {
		t.Errorf("active %v for %q, after the revocation %v", results.Active, results.ActiveClient, results.Inactive)
	}
	if results.Revoked != "invalid_grant" || results.Reused != "invalid_grant" {
		t.Errorf("a revoked refresh token: %s; a used code: %s", results.Revoked, results.Reused)
	}
}
