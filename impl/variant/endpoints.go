package variant

import (
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Variant{
	{
		Name:    "endpoints-at-other-paths",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: the metadata says where each endpoint is",
		Summary: "The endpoints for clients are below /v2, and nothing is where the reference has them.",
		Tempts:  ids{"rfc8414-2/required-members", "rfc6749-4.4.3/access-token", "rfc7662-2.2/active", "rfc7009-2.2/ok", "rfc7591-3/post-json"},
		Request: moved("/oauth/token", "/oauth/introspect", "/oauth/revoke", "/oauth/userinfo"),
		Answer: onEveryMetadata(func(r *seam.Response) {
			for _, member := range []string{"token_endpoint", "introspection_endpoint", "revocation_endpoint", "userinfo_endpoint"} {
				if endpoint, ok := seam.Members(r)[member].(string); ok {
					seam.With(member, strings.Replace(endpoint, "/oauth/", "/v2/", 1))(r)
				}
			}
		}),
	},
	{
		Name:    "keys-at-another-path",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: jwks_uri is the URL of the key set",
		Summary: "The key set is at /v2/keys, with a query.",
		Tempts:  ids{"rfc9068-4/keys-published", "rfc7517-5/keys", "oidc-discovery-3/jwks-uri"},
		Request: func(r *http.Request) {
			switch {
			case r.URL.Path == "/v2/keys" && r.URL.RawQuery == "set=1":
				r.URL.Path, r.URL.RawQuery = "/.well-known/jwks.json", ""
			case isKeySet(r) && !slices.Contains(resources, r.UserAgent()):
				r.URL.Path = "/moved"
			}
		},
		Answer: onEveryMetadata(func(r *seam.Response) {
			if keys, ok := seam.Members(r)["jwks_uri"].(string); ok {
				seam.With("jwks_uri", strings.Replace(keys, "/.well-known/jwks.json", "/v2/keys?set=1", 1))(r)
			}
		}),
	},
	{
		Name:    "token-endpoint-with-a-query",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.2: the endpoint URI may include a query, which is retained",
		Summary: "The URL of the token endpoint has a query, without which there is nothing.",
		Tempts:  ids{"rfc6749-3.2/post", "rfc6749-4.4.3/access-token", "rfc6749-4.1.4/access-token", "rfc6749-3.2/no-fragment"},
		Request: func(r *http.Request) {
			if seam.IsTokenEndpoint(r) && !slices.Contains(resources, r.UserAgent()) {
				if query, tenant := strings.CutPrefix(r.URL.RawQuery, "tenant=one"); tenant {
					r.URL.RawQuery = strings.TrimPrefix(query, "&")
				} else {
					r.URL.Path = "/moved"
				}
			}
		},
		Answer: onEveryMetadata(func(r *seam.Response) {
			if endpoint, ok := seam.Members(r)["token_endpoint"].(string); ok {
				seam.With("token_endpoint", endpoint+"?tenant=one")(r)
			}
		}),
	},
	{
		Name:    "methods-beyond-the-needed",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 9.1: all general-purpose servers support GET and HEAD; any other method is optional",
		Summary: "HEAD and OPTIONS at the endpoints for clients get 204 and a list of methods.",
		Tempts:  ids{"rfc6749-3.2/post", "rfc7009-2.1/post"},
		Answer: func(r *http.Request, response *seam.Response) {
			if strings.HasPrefix(r.URL.Path, "/oauth/") && r.URL.Path != "/oauth/authorize" && (r.Method == http.MethodHead || r.Method == http.MethodOptions) {
				seam.As(http.StatusNoContent, "")(response)
				response.Header.Set("Allow", "GET, HEAD, OPTIONS, POST")
			}
		},
	},
})

// moved serves paths below /v2 in the place of /oauth.
func moved(paths ...string) func(*http.Request) {
	return func(r *http.Request) {
		if slices.Contains(resources, r.UserAgent()) {
			return // They are configured with the server, and read no metadata.
		}
		for _, path := range paths {
			switch r.URL.Path {
			case path:
				r.URL.Path = "/moved"
				return
			case strings.Replace(path, "/oauth/", "/v2/", 1):
				r.URL.Path = path
				return
			}
		}
	}
}
