package fault

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "json-request-refused",
		Role:     AuthorizationServer,
		Violates: ids{"documented-token/json-request", "documented-authorize/direct-approval"},
		Summary:  "The documented JSON requests are refused.",
		Rules:    seam.Instead(authserver.JSONTaken, func(realm.Policy) bool { return false }),
	},
	{
		Name:     "json-request-everywhere",
		Role:     AuthorizationServer,
		Violates: ids{"documented-token/json-is-documented-only"},
		Summary:  "The policy strict accepts JSON token requests.",
		Rules:    seam.Instead(authserver.JSONTaken, func(realm.Policy) bool { return true }),
	},
	{
		Name:     "clients-listed-everywhere",
		Role:     AuthorizationServer,
		Violates: ids{"documented-operation/clients-documented-only"},
		Summary:  "The policy strict lists its clients.",
		Rules:    seam.Instead(authserver.ClientsListed, func(realm.Policy) bool { return true }),
	},
	{
		Name:     "health-unclear",
		Role:     AuthorizationServer,
		Violates: ids{"documented-operation/health"},
		Summary:  "The health check says green instead of ok.",
		Answer:   seam.On("GET", "/health", seam.With("status", "green")),
	},
	{
		Name:     "client-secrets-shown",
		Role:     AuthorizationServer,
		Violates: ids{"documented-operation/clients-listed"},
		Summary:  "The list of clients contains their secrets.",
		Answer:   seam.On("GET", "/debug/clients", func(r *seam.Response) { r.Body = []byte(strings.ReplaceAll(string(r.Body), "[redacted]", "secret")) }),
	},
	{
		Name:     "repeated-parameters-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.2/parameters-once", "rfc6749-3.1/parameters-once", "oauth-2.1-authorization-endpoint/parameters-once", "oauth-2.1-token-endpoint/parameters-once"},
		Summary:  "The first value of a repeated parameter is used.",
		Request: seam.OnParameters("", func(parameters url.Values) {
			for name, values := range parameters {
				if !slices.Contains(repeatable, name) {
					parameters[name] = values[:1]
				}
			}
		}),
	},
	{
		Name:     "query-parameters-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3.1/uri-credentials-refused", "rfc8693-2.1/in-the-body"},
		Summary:  "Credentials in the URL of the token endpoint are accepted.",
		Request: func(r *http.Request) {
			if query := r.URL.Query(); r.Method == http.MethodPost && len(query) > 0 {
				seam.OnParameters("", func(parameters url.Values) {
					for name, values := range query {
						parameters[name] = append(parameters[name], values...)
					}
					r.URL.RawQuery = ""
				})(r)
			}
		},
	},
	{
		Name:     "any-media-type-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.4.2/other-encodings-refused"},
		Summary:  "A token request of any media type is read as a form.",
		Request:  readAsForm,
	},
	{
		Name:     "media-type-parameter-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.4.2/form-encoded"},
		Summary:  "A token request whose media type has a parameter is not read as a form.",
		Request: func(r *http.Request) {
			if seam.IsTokenEndpoint(r) && strings.Contains(r.Header.Get("Content-Type"), ";") {
				r.Header.Set("Content-Type", "text/plain")
			}
		},
	},
	{
		Name:     "unrecognized-parameter-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.2/unrecognized-ignored", "rfc6749-3.1/unrecognized-ignored"},
		Summary:  "An unknown parameter of a token request is refused.",
		Request: seam.OnParameters("", func(parameters url.Values) {
			for name := range parameters {
				if !slices.Contains(recognized, name) {
					repeat(parameters)
					return
				}
			}
		}),
	},
	{
		Name:     "empty-parameter-not-omitted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.2/empty-omitted", "rfc6749-3.1/empty-omitted"},
		Summary:  "A parameter without a value is refused.",
		Request: seam.OnParameters("", func(parameters url.Values) {
			for _, values := range parameters {
				if slices.Contains(values, "") {
					repeat(parameters)
					return
				}
			}
		}),
	},
	{
		Name:     "secrets-logged",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.3/confidential", "rfc9700-4.9.3/tokens-secret"},
		Summary:  "The log contains the parameters of every request.",
		Rules: func(in rule.Replaced) {
			held := realm.Logged.In(in)
			realm.Logged.Replace(in, func(seen wire.Seen) []any {
				return append(held(seen), "parameters", seen.Parameters.Encode(), "authorization", seen.Header.Get("Authorization"))
			})
		},
	},
	{
		Name:     "nulls-written",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-json-serialization/no-null"},
		Summary:  "JSON responses have null members.",
		Answer: func(_ *http.Request, r *seam.Response) {
			if r.Header.Get("Content-Type") == "application/json" {
				r.Body = []byte(strings.Replace(string(r.Body), "{", `{"hint":null,`, 1))
			}
		},
	},
	{
		Name:     "chunked-request-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9112-7.1/chunked-decoded"},
		Summary:  "A chunked request is refused with 411.",
		Answer: func(r *http.Request, response *seam.Response) {
			if len(r.TransferEncoding) > 0 {
				seam.As(http.StatusLengthRequired, `{"error":"invalid_request"}`)(response)
			}
		},
	},
	{
		Name:     "limited-response-cacheable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6585-4/not-stored"},
		Summary:  "A 429 response is cacheable.",
		Answer: func(_ *http.Request, a *seam.Response) {
			if a.Status == http.StatusTooManyRequests {
				a.Header.Set("Cache-Control", "public, max-age=60")
			}
		},
	},
	{
		Name:     "limit-not-explained",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6585-4/explained"},
		Summary:  "A 429 response has no explanation.",
		Answer: func(_ *http.Request, a *seam.Response) {
			if a.Status == http.StatusTooManyRequests {
				a.Header.Del("Content-Type")
				a.Body = nil
			}
		},
	},
	{
		Name:     "requests-unlimited",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6585-4/explained", "rfc6585-4/not-stored"},
		Summary:  "The number of requests is not limited.",
		Rules:    seam.Instead(authserver.RequestRate, func(int) wire.Rate { return wire.Rate{} }),
	},
	{
		Name:     "pages-lead-anywhere",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-2.1/no-open-redirector"},
		Summary:  "The sign-out page redirects to any URL that its link names.",
		Answer: func(r *http.Request, response *seam.Response) {
			if to := r.URL.Query().Get("post_logout_redirect_uri"); to != "" && r.URL.Path == "/sign-out" {
				response.Status = http.StatusFound
				response.Header.Set("Location", to)
			}
		},
	},
	{
		Name:     "garbage-crashes",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2.1/no-server-error"},
		Summary:  "A NUL in a code challenge causes status 500.",
		Answer: func(r *http.Request, response *seam.Response) {
			if strings.Contains(r.URL.Query().Get("code_challenge"), "\x00") {
				response.Status = http.StatusInternalServerError
			}
		},
	},
	{
		Name:     "header-from-parameter",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.14/server-input"},
		Summary:  "A line break in a nonce starts a new response header.",
		Answer: func(r *http.Request, response *seam.Response) {
			if _, injected, found := strings.Cut(r.URL.Query().Get("nonce"), "\r\n"); found {
				name, value, _ := strings.Cut(injected, ": ")
				response.Header.Set(name, value)
			}
		},
	},
	{
		Name:     "scripts-shut-out",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-discovery-4/cors", "oidc-discovery-3/cors", "oidc-core-5.3/cors"},
		Summary:  "No endpoint allows scripts of other origins (CORS).",
		Answer:   func(_ *http.Request, r *seam.Response) { r.Header.Del("Access-Control-Allow-Origin") },
	},
	{
		Name:     "repeated-resource-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2/repeated", "rfc8693-2.1/repeated"},
		Summary:  "A request with two resource parameters is refused as malformed.",
		Request: seam.OnParameters("", func(parameters url.Values) {
			for _, name := range repeatable {
				if len(parameters[name]) > 1 {
					repeat(parameters)
				}
			}
		}),
	},
	{
		Name:     "next-followed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-2.1/no-open-redirector"},
		Summary:  "The authorization endpoint redirects the browser to the URL in its parameter next.",
		Answer: func(request *http.Request, r *seam.Response) {
			if next := request.URL.Query().Get("next"); next != "" {
				r.Status, r.Body = http.StatusFound, nil
				r.Header.Set("Location", next)
			}
		},
	},
})

// repeatable names the parameters that may be there more than once.
var repeatable = []string{"resource", "audience"}

// recognized names the parameters that the endpoints know.
var recognized = []string{
	"client_assertion", "client_assertion_type", "client_id", "client_secret", "code", "nonce", "max_age", "prompt", "response_mode", "request", "request_uri", "code_challenge", "code_challenge_method", "code_verifier", "grant_type", "id_token_hint",
	"redirect_uri", "refresh_token", "resource", "response_type", "scope", "state", "token", "token_type_hint",
	"actor_token", "actor_token_type", "audience", "requested_token_type", "subject_token", "subject_token_type",
}

// readAsForm reads every token request as a form, but for what is JSON by the
// documented policy.
func readAsForm(r *http.Request) {
	documented := realm.From(r.Context()).Policy().Documented && strings.HasPrefix(r.Header.Get("Content-Type"), wire.JSON)
	if seam.IsTokenEndpoint(r) && !documented {
		r.Header.Set("Content-Type", wire.Form)
	}
}
