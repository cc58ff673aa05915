package variant

import (
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

// notStored are the requirements about answers that are not to be stored.
var notStored = ids{"rfc6749-5.1/no-store", "oauth-2.1-token-endpoint-response/no-store"}

var _ = add([]Variant{
	{
		Name:    "cache-control-in-capitals",
		Role:    AuthorizationServer,
		Allows:  "RFC 9111 section 5.2: cache directives are compared case-insensitively",
		Summary: "Cache-Control is No-Store.",
		Tempts:  notStored,
		Answer:  notStoring("No-Store"),
	},
	{
		Name:    "cache-control-with-other-directives",
		Role:    AuthorizationServer,
		Allows:  "RFC 9111 section 5.2: Cache-Control is a list of directives",
		Summary: "Cache-Control has no-store after other directives.",
		Tempts:  notStored,
		Answer:  notStoring("no-cache, max-age=0,private,no-store"),
	},
	{
		Name:    "cache-control-in-several-lines",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 5.3: the lines of one field are combined to a list",
		Summary: "Cache-Control comes in two lines, and no-store is in the second.",
		Tempts:  notStored,
		Answer:  notStoring("no-cache", "no-store"),
	},
	{
		Name:    "field-names-in-lower-case",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 5.1: field names are case-insensitive",
		Summary: "The names of header fields are in lower case.",
		Tempts:  append(ids{"rfc6749-5.2/basic-challenge"}, notStored...),
		Last:    true,
		Answer: func(_ *http.Request, r *seam.Response) {
			for _, name := range []string{"Cache-Control", "Pragma", "Www-Authenticate", "Location"} {
				if values, there := r.Header[name]; there {
					delete(r.Header, name)
					r.Header[strings.ToLower(name)] = values
				}
			}
		},
	},
	{
		Name:    "unknown-header-fields",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 5.1: a recipient ignores fields that it does not know",
		Summary: "Answers have header fields of the server, a proxy and a trace.",
		Tempts:  notStored,
		Answer: func(_ *http.Request, r *seam.Response) {
			for name, value := range map[string]string{
				"Server": "examples/1.0", "Via": "1.1 edge", "X-Request-Id": "4e1f", "Strict-Transport-Security": "max-age=31536000",
				"Expires": "0", "Etag": `"1"`, "Server-Timing": "db;dur=1", "Alt-Svc": "clear",
			} {
				r.Header.Set(name, value)
			}
		},
	},
	{
		Name:    "endpoints-for-browsers",
		Role:    AuthorizationServer,
		Allows:  "RFC 7009 section 2.3: the revocation endpoint may support CORS; Fetch section 3.2.3 lets any server opt in",
		Summary: "The endpoints for clients and the metadata answer every origin, preflight requests included.",
		Tempts:  append(ids{"rfc7009-2.1/post", "rfc6749-3.2/post", "rfc7662-2.1/get-refused"}, notStored...),
		Answer: func(r *http.Request, response *seam.Response) {
			if !strings.HasPrefix(r.URL.Path, "/.well-known/") && !slices.Contains([]string{"/oauth/token", "/oauth/revoke", "/oauth/register"}, r.URL.Path) {
				return
			}
			response.Header.Set("Access-Control-Allow-Origin", "*")
			if r.Method == http.MethodOptions {
				seam.As(http.StatusNoContent, "")(response)
				response.Header.Set("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
				response.Header.Set("Access-Control-Allow-Headers", "Authorization, Content-Type")
			}
		},
	},
	{
		Name:    "cookie-of-a-load-balancer",
		Role:    AuthorizationServer,
		Allows:  "RFC 6265 section 3: an origin server may send a Set-Cookie field with any response",
		Summary: "Each answer of an endpoint for clients sets a cookie that names a node.",
		Tempts:  ids{"rfc6750-5.3/server-cookies", "rfc6749-5.1/json"},
		Answer: onJSON(func(r *seam.Response) {
			r.Header.Add("Set-Cookie", "node=2; Path=/; Secure; HttpOnly; SameSite=None")
		}),
	},
})

// notStoring says in other words that an answer is not to be stored.
func notStoring(lines ...string) func(*http.Request, *seam.Response) {
	return func(_ *http.Request, r *seam.Response) {
		if r.Header.Get("Cache-Control") == "no-store" {
			r.Header["Cache-Control"] = lines
		}
	}
}
