package main

import (
	"slices"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// scopes are those of the protected resource.
var scopes = []string{"tasks:read", "tasks:write"}

// client implements op.Client.
type client struct {
	id, secret   string
	method       oidc.AuthMethod
	kind         op.ApplicationType
	redirectURIs []string
	grants       []oidc.GrantType
	scopes       []string // Beside those of OpenID Connect.
}

func clients() map[string]*client {
	const native, web = "http://127.0.0.1:8765/callback", "https://app.example.com/callback"
	first, second := secret("PEER_SECRET"), secret("PEER_SECOND_SECRET")
	all := map[string]*client{}
	for _, c := range []*client{
		confidential("confidential", secret("PEER_RESERVED_SECRET"), native),
		confidential("second", second, web+"?tenant=one"),
		confidential("confidential-web", first, web),
		confidential("confidential-two", first, native, "http://127.0.0.1:8765/other"),
		confidential("confidential-query", first, native+"?tenant=one"),
		confidential("confidential-reading", first, native),
		confidential("confidential-code", first, native),
		public("public", native), public("public-ipv6", "http://[::1]:8765/callback"), public("public-localhost", "http://localhost:8765/callback"),
		public("public-web", web), public("public-scheme", "com.example.app:/oauth2redirect"),
		{id: "exchanging", secret: secret("PEER_EXCHANGING_SECRET"), method: oidc.AuthMethodBasic, grants: []oidc.GrantType{oidc.GrantTypeTokenExchange}, scopes: scopes},
		{id: "resource", secret: secret("PEER_RESOURCE_SECRET"), method: oidc.AuthMethodBasic},
	} {
		all[c.id] = c
	}
	all["second"].method = oidc.AuthMethodPost
	all["confidential-reading"].scopes = []string{"tasks:read"}
	all["confidential-code"].grants = []oidc.GrantType{oidc.GrantTypeCode}
	return all
}

func confidential(id, secret string, redirectURIs ...string) *client {
	grants := []oidc.GrantType{oidc.GrantTypeCode, oidc.GrantTypeRefreshToken, oidc.GrantTypeClientCredentials}
	return &client{id, secret, oidc.AuthMethodBasic, op.ApplicationTypeWeb, redirectURIs, grants, scopes}
}

func public(id, redirectURI string) *client {
	grants := []oidc.GrantType{oidc.GrantTypeCode, oidc.GrantTypeRefreshToken}
	return &client{id, "", oidc.AuthMethodNone, op.ApplicationTypeNative, []string{redirectURI}, grants, scopes}
}

func (c *client) GetID() string                       { return c.id }
func (c *client) RedirectURIs() []string              { return c.redirectURIs }
func (c *client) PostLogoutRedirectURIs() []string    { return nil }
func (c *client) ApplicationType() op.ApplicationType { return c.kind }
func (c *client) AuthMethod() oidc.AuthMethod         { return c.method }
func (c *client) ResponseTypes() []oidc.ResponseType {
	return []oidc.ResponseType{oidc.ResponseTypeCode}
}
func (c *client) GrantTypes() []oidc.GrantType         { return c.grants }
func (c *client) LoginURL(request string) string       { return "/login?id=" + request }
func (c *client) AccessTokenType() op.AccessTokenType  { return op.AccessTokenTypeBearer }
func (c *client) IDTokenLifetime() time.Duration       { return 10 * time.Minute }
func (c *client) DevMode() bool                        { return true } // Without it an http URI is for the response type code alone.
func (c *client) IsScopeAllowed(scope string) bool     { return slices.Contains(c.scopes, scope) }
func (c *client) IDTokenUserinfoClaimsAssertion() bool { return false }
func (c *client) ClockSkew() time.Duration             { return 0 }

func (c *client) RestrictAdditionalIdTokenScopes() func([]string) []string     { return asTheyAre }
func (c *client) RestrictAdditionalAccessTokenScopes() func([]string) []string { return asTheyAre }

func asTheyAre(scopes []string) []string { return scopes }
