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
	"github.com/grantproof/grantproof/impl/token"
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
		Name:    "introspection-without-optional-members",
		Role:    AuthorizationServer,
		Allows:  "RFC 7662 section 2.2: username, token_type, iat, sub, iss and jti are optional, for whichever caller",
		Summary: "Introspection tells when a token ends, whom it is for, its client and its scope, and nothing more.",
		Tempts:  ids{"rfc7662-2.2/active", "rfc7662-2.2/described", "rfc7662-2.1/refresh-tokens", "rfc8693-4.1/introspected"},
		Answer: seam.On("POST", "/oauth/introspect", onActive(func(r *seam.Response) {
			for _, member := range []string{"username", "token_type", "iat", "iss", "jti"} {
				seam.Without(member)(r)
			}
		})),
	},
	{
		Name:    "introspection-may-be-cached",
		Role:    AuthorizationServer,
		Allows:  "RFC 7662 section 2.2: the protected resource may cache the response",
		Summary: "An introspection response is fresh for five seconds.",
		Tempts:  ids{"rfc7662-2.2/active", "rfc7662-4/cache-until-expiry"},
		Answer: seam.On("POST", "/oauth/introspect", seam.Succeeding(func(r *seam.Response) {
			r.Header.Set("Cache-Control", "private, max-age=5")
			r.Header.Del("Pragma")
		})),
	},
	{
		Name:    "introspection-by-get",
		Role:    AuthorizationServer,
		Allows:  "RFC 7662 section 4: the server may disallow GET, and so need not",
		Summary: "A GET with the parameters of an introspection request in its query is answered as a POST.",
		Tempts:  ids{"rfc7662-2.1/get-refused", "rfc7662-2.1/authenticated"},
		Request: getAsPost("/oauth/introspect"),
	},
	{
		Name:    "missing-token-reported-inactive",
		Role:    AuthorizationServer,
		Allows:  "RFC 7662 section 2.1: a server that cannot determine the state of a token SHOULD report it inactive",
		Summary: "An introspection request without a token gets active false.",
		Tempts:  ids{"rfc7662-2.1/token-required"},
		Departs: ids{"rfc7662-2.1/token-required"},
		Answer:  seam.On("POST", "/oauth/introspect", seam.OnDescription("token is missing", seam.As(http.StatusOK, `{"active":false}`))),
	},
	{
		Name:    "inactive-tokens-described",
		Role:    AuthorizationServer,
		Allows:  "RFC 7662 section 2.2: additional information about an inactive token is a SHOULD NOT",
		Summary: "The response for an inactive token has further members.",
		Tempts:  ids{"rfc7662-2.2/inactive", "rfc7662-2.2/nothing-about-inactive", "rfc7662-4/own-tokens-only", "rfc7662-4/inactive-only"},
		Departs: ids{"rfc7662-2.2/nothing-about-inactive", "rfc7662-4/own-tokens-only"},
		Answer: seam.On("POST", "/oauth/introspect", seam.Succeeding(func(r *seam.Response) {
			if seam.Members(r)["active"] == false {
				seam.With("scope", "tasks:read")(r)
				seam.With("reason", "unknown, or no longer valid")(r)
			}
		})),
	},
	{
		Name:    "clients-do-not-introspect",
		Role:    AuthorizationServer,
		Allows:  "RFC 7662 sections 2.2 and 4: a caller that may not introspect a token gets active false, and protected resources SHOULD be specifically authorized to call",
		Summary: "Introspection tells every caller that serves no protected resource that a token is inactive.",
		Tempts:  ids{"rfc7662-2.1/client-may-introspect", "rfc7662-2.1/refresh-tokens", "rfc7662-2.2/active", "rfc7662-4/checks-complete"},
		Without: []string{"documented"},
		Rules: seam.Rules(
			seam.Instead(authserver.TokenConcerns, func(caller store.Client, access token.Access) bool { return caller.ServesAny(access.Audience) }),
			seam.Instead(authserver.RefreshTokenActive, neverActive)),
	},
	{
		Name:    "refresh-tokens-not-introspected",
		Role:    AuthorizationServer,
		Allows:  "RFC 7662 sections 2 and 2.2: an active token is commonly one that is valid at the caller, and one that the caller may not introspect is inactive",
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
