package fault

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "password-grant-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-2.4/no-password-grant", "oauth-2.1-differences-from-oauth-2.0/no-password-grant"},
		Summary:  "The password grant is treated as client credentials.",
		Request: seam.OnForm("/oauth/token", "grant_type", func(sent string) string {
			if sent == "password" {
				return "client_credentials"
			}
			return sent
		}),
	},
	{
		Name:     "token-by-get",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.2/post"},
		Summary:  "A GET request gets a token.",
		Answer:   seam.On("GET", "/oauth/token", seam.As(http.StatusOK, `{"access_token":"x","token_type":"Bearer"}`)),
	},
	{
		Name:     "invalid-grant-renamed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-grant"},
		Summary:  "The error is invalid_request instead of invalid_grant.",
		Answer: seam.OnTokenErrors(func(r *seam.Response) {
			r.Body = []byte(strings.Replace(string(r.Body), `"invalid_grant"`, `"invalid_request"`, 1))
		}),
	},
	{
		Name:     "public-client-credentials-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.4/confidential-only"},
		Summary:  "A public client gets a token by client credentials.",
		Rules:    seam.Instead(authserver.ConfidentialAlone, forPublicClients("client_credentials")),
	},
	{
		Name:     "grant-type-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-request"},
		Summary:  "A token request without grant_type is treated as client credentials.",
		Request: seam.OnParameters("/oauth/token", func(form url.Values) {
			if form.Get("grant_type") == "" {
				form.Set("grant_type", "client_credentials")
			}
		}),
	},
	{
		Name:     "unknown-grant-type-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/unsupported-grant-type"},
		Summary:  "An unknown grant type is treated as client credentials.",
		Request: seam.OnForm("/oauth/token", "grant_type", func(sent string) string {
			if slices.Contains([]string{"client_credentials", "authorization_code", "refresh_token", tokenExchange}, sent) {
				return sent
			}
			return "client_credentials"
		}),
	},
	{
		Name:     "unregistered-grant-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/unauthorized-client", "rfc8693-2.1/authenticated"},
		Summary:  "A client can use a grant that it is not registered for.",
		Rules:    seam.Instead(authserver.GrantRegistered, func(store.Client, string) bool { return true }),
	},
	{
		Name:     "unregistered-scope-granted",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-11/code-flow-only", "rfc6749-3.3/unregistered-scope", "rfc6749-3.3/case-sensitive", "rfc6749-3.3/scope-syntax", "rfc6749-10.3/scope-by-client"},
		Summary:  "Any scope that is requested is granted.",
		Rules: seam.Rules(
			func(in rule.Replaced) {
				held := authserver.RequestedScope.In(in)
				authserver.RequestedScope.Replace(in, func(client store.Client, requested *string) (token.Scope, *wire.Error) {
					if requested != nil {
						return strings.Fields(*requested), nil
					}
					return held(client, requested)
				})
			},
			seam.Instead(authserver.ScopeOfClient, func(scope token.Scope) token.Scope { return scope }),
		),
	},
	{
		Name:     "scope-order-matters",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.3/order-free"},
		Summary:  "Scopes are granted only in the order of the registration.",
		Rules: func(in rule.Replaced) {
			held := authserver.RequestedScope.In(in)
			authserver.RequestedScope.Replace(in, func(client store.Client, requested *string) (token.Scope, *wire.Error) {
				place := func(name string) int { return slices.Index(client.Scope, name) }
				scope, _ := token.ParseScope(seam.Value(requested))
				if !slices.IsSortedFunc(scope, func(a, b string) int { return place(a) - place(b) }) {
					return nil, &wire.Error{Code: "invalid_scope", Description: "the scopes are not in their order"}
				}
				return held(client, requested)
			})
		},
	},
	{
		Name:     "pragma-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.1/pragma"},
		Summary:  "A token response has no Pragma header.",
		Answer:   seam.OnTokens(func(r *seam.Response) { r.Header.Del("Pragma") }),
	},
	{
		Name:     "token-member-twice",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.2/response-once"},
		Summary:  "A token response has two token_type members.",
		Answer: seam.OnTokens(func(r *seam.Response) {
			r.Body = []byte(strings.Replace(string(r.Body), "{", `{"token_type":"Bearer",`, 1))
		}),
	},
	{
		Name:     "token-error-uri-broken",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/error-uri"},
		Summary:  "The error_uri of the token endpoint is a sentence instead of a URI.",
		Answer:   seam.OnTokenErrors(seam.With("error_uri", "see our pages")),
	},
	{
		Name:     "token-response-cacheable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.1/no-store", "oauth-2.1-token-endpoint-response/no-store", "oidc-core-3.1.3.3/no-store"},
		Summary:  "A token response is cacheable.",
		Answer:   seam.OnTokens(func(r *seam.Response) { r.Header.Set("Cache-Control", "max-age=3600") }),
	},
	{
		Name:     "token-response-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.1/json"},
		Summary:  "A token response is text/plain.",
		Answer:   seam.OnTokens(seam.AsText),
	},
	{
		Name:     "token-type-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.1/token-type", "oidc-core-3.1.3.3/bearer"},
		Summary:  "A token response has no token_type.",
		Answer:   seam.OnTokens(seam.Without("token_type")),
	},
	{
		Name:     "lifetime-overstated",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.1/expires-in", "rfc6750-5.3/short-lived", "mcp-2026-07-28-token-theft/short-lived", "oauth-2.1-issue-short-lived-bearer-tokens/short-lived"},
		Summary:  "The expires_in of a token response is a day, longer than the token lives.",
		Answer:   seam.OnTokens(seam.With("expires_in", 86400)),
	},
	{
		Name:     "lifetime-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.1/expires-in", "rfc8693-2.2.1/expires-in"},
		Summary:  "A token response has no expires_in.",
		Answer:   seam.OnTokens(seam.Without("expires_in")),
	},
	{
		Name:     "granted-scope-not-stated",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.2.1/scope", "rfc6749-3.3/narrowed-consent", "rfc6749-5.1/scope-stated", "rfc6749-3.3/default-scope", "rfc6750-5.2/scope-restricted", "rfc9700-2.3/actions-restricted", "oauth-2.1-token-endpoint-response/scope-always"},
		Summary:  "A token response has no scope.",
		Answer:   seam.OnTokens(seam.Without("scope")),
	},
	{
		Name:     "errors-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/error-json"},
		Summary:  "Error responses of the token endpoint are text/plain.",
		Answer:   seam.OnTokenErrors(seam.AsText),
	},
	{
		Name:     "errors-with-quotes",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/error-characters"},
		Summary:  "Error descriptions contain quotes and non-ASCII characters.",
		Answer:   seam.OnTokenErrors(seam.With("error_description", `the "client" is größer`)),
	},
	{
		Name:     "errors-with-odd-status",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/error-status", "oidc-core-3.1.3.4/error-400"},
		Summary:  "Error responses of the token endpoint have status 422.",
		Answer:   seam.OnTokenErrors(func(r *seam.Response) { r.Status = http.StatusUnprocessableEntity }),
	},
	{
		Name:     "malformed-input-crashes",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2.1/no-server-error"},
		Summary:  "A malformed form causes status 500.",
		Answer: func(r *http.Request, response *seam.Response) {
			if seam.IsTokenEndpoint(r) && strings.Contains(string(response.Body), "well-formed") {
				response.Status = http.StatusInternalServerError
			}
		},
	},
	{
		Name:     "token-as-form-unless-json-asked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.1/json"},
		Summary:  "A token response is form-encoded unless the request accepts JSON.",
		Answer: func(r *http.Request, response *seam.Response) {
			if !strings.Contains(r.Header.Get("Accept"), "application/json") {
				seam.OnTokens(seam.AsForm)(r, response)
			}
		},
	},
	{
		Name:     "lifetime-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.1/json"},
		Summary:  "The expires_in of a token response is a string.",
		Answer: seam.OnTokens(func(r *seam.Response) {
			if lifetime, said := seam.Members(r)["expires_in"]; said {
				seam.With("expires_in", fmt.Sprint(lifetime))(r)
			}
		}),
	},
	{
		Name:     "token-by-any-method",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.2/post"},
		Summary:  "A PATCH request gets a token.",
		Answer:   seam.On("PATCH", "/oauth/token", seam.As(http.StatusOK, `{"access_token":"of-nobody","token_type":"Bearer"}`)),
	},
	{
		Name:     "lifetime-of-nothing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.1/expires-in"},
		Summary:  "The expires_in of a token response is 0.",
		Answer:   seam.OnTokens(seam.With("expires_in", 0)),
	},
	{
		Name:     "unknown-scope-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/unknown-scope-ignored"},
		Summary:  "An OpenID Connect request with an unknown scope is refused.",
		Rules:    seam.Instead(authserver.ScopeIgnored, func(token.Scope, string) bool { return false }),
	},
	{
		Name:     "registered-grant-types-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/grant-types", "rfc7591-2/response-types"},
		Summary:  "A client that registered itself can use every grant.",
		Rules: func(in rule.Replaced) {
			held := authserver.GrantRegistered.In(in)
			authserver.GrantRegistered.Replace(in, func(client store.Client, grantType string) bool {
				return client.RegistrationToken != nil || held(client, grantType)
			})
		},
	},
	{
		Name:     "issued-token-type-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.2.1/response"},
		Summary:  "The response to a token exchange has no issued_token_type.",
		Answer:   seam.OnTokens(seam.Without("issued_token_type")),
	},
	{
		Name:     "token-in-cookie",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6750-5.3/server-cookies"},
		Summary:  "The access token is also set as a cookie.",
		Answer: seam.OnTokens(func(r *seam.Response) {
			r.Header.Add("Set-Cookie", fmt.Sprintf("session=%v; Path=/", seam.Members(r)["access_token"]))
		}),
	},
	{
		Name:     "refreshed-token-as-html",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.1/json"},
		Summary:  "The response to a refresh is text/html.",
		Answer:   seam.OfGrant("refresh_token", func(r *seam.Response) { r.Header.Set("Content-Type", "text/html; charset=utf-8") }),
	},
	{
		Name:     "refresh-token-without-owner",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.4.3/no-refresh-token"},
		Summary:  "The client credentials grant issues a refresh token.",
		Answer:   seam.OfGrant("client_credentials", withRefreshToken),
	},
})

// withRefreshToken adds a refresh token that works nowhere.
func withRefreshToken(r *seam.Response) { seam.With("refresh_token", token.NewSecret())(r) }
