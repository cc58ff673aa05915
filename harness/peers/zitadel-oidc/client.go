package main

import (
	"slices"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// scopes are what every client may ask for beside those of OpenID Connect.
var scopes = []string{"read", "write"}

// client implements op.Client.
type client struct {
	id, secret   string
	method       oidc.AuthMethod
	kind         op.ApplicationType
	redirectURIs []string
	grants       []oidc.GrantType
}

func clients() map[string]*client {
	const native, web = "http://127.0.0.1:8765/callback", "https://app.example.com/callback?tenant=one"
	of := func(grants ...oidc.GrantType) []oidc.GrantType { return grants }
	all := map[string]*client{}
	for _, c := range []*client{
		{"confidential", secret("PEER_SECRET"), oidc.AuthMethodBasic, op.ApplicationTypeWeb, []string{native},
			of(oidc.GrantTypeCode, oidc.GrantTypeRefreshToken, oidc.GrantTypeClientCredentials)},
		{"second", secret("PEER_SECOND_SECRET"), oidc.AuthMethodPost, op.ApplicationTypeWeb, []string{web},
			of(oidc.GrantTypeCode, oidc.GrantTypeRefreshToken, oidc.GrantTypeClientCredentials)},
		{"public", "", oidc.AuthMethodNone, op.ApplicationTypeNative, []string{native},
			of(oidc.GrantTypeCode, oidc.GrantTypeRefreshToken)},
		{"resource", secret("PEER_RESOURCE_SECRET"), oidc.AuthMethodBasic, op.ApplicationTypeWeb, nil, nil},
	} {
		all[c.id] = c
	}
	return all
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
func (c *client) IsScopeAllowed(scope string) bool     { return slices.Contains(scopes, scope) }
func (c *client) IDTokenUserinfoClaimsAssertion() bool { return false }
func (c *client) ClockSkew() time.Duration             { return 0 }

func (c *client) RestrictAdditionalIdTokenScopes() func([]string) []string     { return asTheyAre }
func (c *client) RestrictAdditionalAccessTokenScopes() func([]string) []string { return asTheyAre }

func asTheyAre(scopes []string) []string { return scopes }
