package variant

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
)

var _ = add([]Variant{
	{
		Name:    "introspection-tells-active-alone",
		Role:    AuthorizationServer,
		Allows:  "RFC 7662 section 2.2: active is required, every other member optional; different callers may get different answers",
		Summary: "Introspection tells clients that a token is active, and nothing more; protected resources hear all.",
		Tempts:  ids{"rfc7662-2.2/active", "rfc7662-2.2/described", "rfc7662-2.1/client-may-introspect", "rfc7662-2.1/refresh-tokens"},
		Departs: ids{"rfc8693-4.1/introspected"},
		Answer: func(r *http.Request, response *seam.Response) {
			if !slices.Contains(resources, r.UserAgent()) {
				seam.On("POST", "/oauth/introspect", onActive(seam.As(http.StatusOK, `{"active":true}`)))(r, response)
			}
		},
	},
	{
		Name:    "introspection-tells-more",
		Role:    AuthorizationServer,
		Allows:  "RFC 7662 section 2.2: implementations may extend the structure with service-specific names",
		Summary: "An introspection response has members that no specification names.",
		Tempts:  ids{"rfc7662-2.2/active", "rfc7662-2.2/described", "rfc7662-5/privacy"},
		Answer: seam.On("POST", "/oauth/introspect", onActive(func(r *seam.Response) {
			seam.With("realm", "of-this-server")(r)
			seam.With("authorities", []string{"READ"})(r)
			seam.With("nbf", seam.Members(r)["iat"])(r)
		})),
	},
	{
		Name:    "introspected-audience-as-a-list",
		Role:    AuthorizationServer,
		Allows:  "RFC 7662 section 2.2: aud is a string or a list of strings",
		Summary: "The aud of an introspection response is a list.",
		Tempts:  ids{"rfc7662-2.2/active", "rfc7662-2.2/described"},
		Answer: seam.On("POST", "/oauth/introspect", onActive(func(r *seam.Response) {
			if audience, ok := seam.Members(r)["aud"].(string); ok {
				seam.With("aud", strings.Fields(audience))(r)
			}
		})),
	},
	{
		Name:    "introspection-with-two-credentials",
		Role:    AuthorizationServer,
		Allows:  "RFC 7662 section 2.1: the endpoint requires some form of authorization, and the header has one",
		Summary: "A caller that authenticates in the header is told about a token, whatever else is in the body.",
		Tempts:  ids{"rfc6749-5.2/one-authentication-method", "rfc7662-2.1/authenticated", "rfc7523-2.2/one-method"},
		Request: func(r *http.Request) {
			if r.Header.Get("Authorization") != "" {
				seam.OnParameters("/oauth/introspect", func(form url.Values) {
					form.Del("client_id")
					form.Del("client_secret")
				})(r)
			}
		},
	},
	{
		Name:    "refresh-tokens-not-introspected",
		Role:    AuthorizationServer,
		Allows:  "RFC 7662 section 4: what a server tells of a token is its decision; a refresh token is used at the server alone",
		Summary: "Every refresh token is reported inactive.",
		Tempts:  ids{"rfc7662-2.1/refresh-tokens", "rfc7662-4/checks-complete"},
		Rules:   seam.Instead(authserver.RefreshTokenActive, neverActive),
	},
})

// resources are the protected resources of the reference system, by their User-Agent.
var resources = []string{"grantproof-mcp-server", "grantproof-resource-server"}

// onActive edits the answer about a token that is active.
func onActive(edit func(*seam.Response)) func(*seam.Response) {
	return func(r *seam.Response) {
		if seam.Members(r)["active"] == true {
			edit(r)
		}
	}
}

func neverActive(*realm.Realm, store.RefreshToken, store.Grant, store.Client) bool { return false }
