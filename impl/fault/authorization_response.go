package fault

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Fault{
	{
		Name:     "state-not-returned",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2/code-and-state", "oidc-core-3.1.2.5/query-parameters"},
		Summary:  "The authorization response has no state.",
		Rules:    seam.OnAuthorizationResponse(func(r url.Values) { r.Del("state") }),
	},
	{
		Name:     "state-reencoded",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2/state-exact"},
		Summary:  "The state comes back with its spaces and plus signs changed.",
		Rules:    seam.OnAuthorizationResponse(func(r url.Values) { changeState(r, url.QueryEscape) }),
	},
	{
		Name:     "state-cut-off",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2/state-exact"},
		Summary:  "A long state comes back cut to its first 1000 bytes.",
		Rules:    seam.OnAuthorizationResponse(func(r url.Values) { changeState(r, func(sent string) string { return sent[:min(len(sent), 1000)] }) }),
	},
	{
		Name:     "secret-in-redirect",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3.1/not-in-uri"},
		Summary:  "The authorization response carries a client secret to the client.",
		Rules:    seam.OnAuthorizationResponse(func(r url.Values) { r.Set("client_secret", "of-the-client") }),
	},
	{
		Name:     "issuer-not-returned",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-authorization-response/iss-sent", "rfc9207-2/iss-in-response", "mcp-2026-07-28-authorization-response-validation/iss-in-response"},
		Summary:  "The authorization response has no iss.",
		Rules:    seam.OnAuthorizationResponse(func(r url.Values) { r.Del("iss") }),
	},
	{
		Name:     "issuer-missing-in-errors",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-2026-07-28-authorization-response-validation/iss-in-error"},
		Summary:  "An authorization error response has no iss.",
		Rules: seam.OnAuthorizationResponse(func(r url.Values) {
			if r.Has("error") {
				r.Del("iss")
			}
		}),
	},
	{
		Name:     "issuer-missing-in-form",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9207-2/iss-in-response"},
		Summary:  "An authorization response by form_post has no iss.",
		Answer:   seam.OnPages(seam.Replaced(`<input type="hidden" name="iss"[^>]*>`, "")),
	},
	{
		Name:     "issuer-missing-in-denial",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9207-2/iss-in-response"},
		Summary:  "The authorization response to a denial has no iss.",
		Rules: seam.OnAuthorizationResponse(func(r url.Values) {
			if r.Get("error") == "access_denied" {
				r.Del("iss")
			}
		}),
	},
	{
		Name:     "issuer-missing-without-state",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9207-2/iss-in-response"},
		Summary:  "An authorization response without state has no iss.",
		Rules: seam.OnAuthorizationResponse(func(r url.Values) {
			if !r.Has("state") {
				r.Del("iss")
			}
		}),
	},
	{
		Name:     "issuer-parameter-altered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9207-2.3/issuer-identical"},
		Summary:  "The iss of an authorization response has an additional trailing slash.",
		Rules:    seam.OnAuthorizationResponse(func(r url.Values) { r.Set("iss", r.Get("iss")+"/") }),
	},
	{
		Name:     "issuer-parameter-with-query",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9207-2/no-query-or-fragment"},
		Summary:  "The iss of an authorization response has a query.",
		Rules:    seam.OnAuthorizationResponse(func(r url.Values) { r.Set("iss", r.Get("iss")+"?tenant=one") }),
	},
	{
		Name:     "response-parameter-twice",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/response-once"},
		Summary:  "An authorization response has two state parameters.",
		Rules:    seam.OnAuthorizationResponse(func(r url.Values) { r.Add("state", "another") }),
	},
	{
		Name:     "redirect-query-dropped",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2/query-kept"},
		Summary:  "The query of a registered redirect URI is dropped.",
		Answer:   func(_ *http.Request, r *seam.Response) { onReturn(r, dropOthers) },
	},
	{
		Name:     "authorization-error-renamed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2.1/error-code"},
		Summary:  "The error of an authorization response is bad_request, an undefined code.",
		Rules:    seam.OnAuthorizationError(func(r url.Values) { r.Set("error", "bad_request") }),
	},
	{
		Name:     "authorization-error-with-quotes",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2.1/error-characters"},
		Summary:  "The error_description of an authorization response contains quotes and non-ASCII characters.",
		Rules:    seam.OnAuthorizationError(func(r url.Values) { r.Set("error_description", `the "request" is ungültig`) }),
	},
	{
		Name:     "authorization-error-uri-broken",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2.1/error-uri"},
		Summary:  "The error_uri of an authorization response is a sentence instead of a URI.",
		Rules:    seam.OnAuthorizationError(func(r url.Values) { r.Set("error_uri", "see our pages") }),
	},
	{
		Name:     "authorization-error-unexplained",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.4.1/error-explained"},
		Summary:  "An authorization error response has no error_description.",
		Rules:    seam.OnAuthorizationError(func(r url.Values) { r.Del("error_description") }),
	},
})

func changeState(response url.Values, change func(string) string) {
	if response.Has("state") {
		response.Set("state", change(response.Get("state")))
	}
}

// dropOthers leaves the parameters of a response alone.
func dropOthers(query url.Values) bool {
	for name := range query {
		if !slices.Contains([]string{"code", "state", "iss", "error", "error_description"}, name) {
			query.Del(name)
		}
	}
	return true
}
