package fault

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Fault{
	{
		Name:     "token-follows-redirect",
		Role:     MCPClient,
		Violates: ids{"rfc6750-5.3/not-leaked"},
		Summary:  "The client repeats a redirected request with its token at any host.",
		Client: seam.Receiving(func(r *http.Request, response *http.Response) error {
			if token := r.Header.Get("Authorization"); strings.HasPrefix(token, "Bearer ") && !seam.IsTokenRequest(r) {
				return follow(r, response, http.MethodGet, "", token)
			}
			return nil
		}),
	},
	{
		Name:     "code-follows-redirect",
		Role:     MCPClient,
		Violates: ids{"rfc6749-10.1/client-keeps-secret"},
		Summary:  "The client repeats a redirected token request with all its parameters at any host.",
		Client: func(c *seam.Client) {
			var form string
			seam.WithBody(seam.IsTokenRequest, func(_ *http.Request, body []byte) []byte {
				form = string(body)
				return body
			})(c)
			seam.Receiving(func(r *http.Request, response *http.Response) error {
				if !seam.IsTokenRequest(r) {
					return nil
				}
				return follow(r, response, http.MethodPost, form, r.Header.Get("Authorization"))
			})(c)
		},
	},
	{
		Name:     "missing-state-accepted",
		Role:     MCPClient,
		Violates: ids{"mcp-2026-07-28-open-redirection/state-verified"},
		Summary:  "The client accepts an authorization response without state.",
		Client: func(c *seam.Client) {
			state := ""
			seam.Authorizing(func(q url.Values) { state = q.Get("state") })(c)
			seam.Returning(func(q url.Values) {
				if !q.Has("state") {
					q.Set("state", state)
				}
			})(c)
		},
	},
	{
		Name:     "callback-page-unescaped",
		Role:     MCPClient,
		Violates: ids{"rfc6749-10.14/client-input"},
		Summary:  "The page at the redirect URI repeats error and error_description unescaped.",
		Client: func(c *seam.Client) {
			said := ""
			seam.Returning(func(q url.Values) { said = q.Get("error") + " " + q.Get("error_description") })(c)
			seam.Showing(func(page string) string { return said + page })(c)
		},
	},
})

// follow sends a request to where the answer to it points.
func follow(r *http.Request, response *http.Response, method, body, authorization string) error {
	to, err := response.Location()
	if response.StatusCode/100 != 3 || err != nil {
		return nil
	}
	again, err := http.NewRequestWithContext(r.Context(), method, to.String(), strings.NewReader(body))
	if err != nil {
		return err
	}
	if body != "" {
		again.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if authorization != "" {
		again.Header.Set("Authorization", authorization)
	}
	answer, err := unguarded.Transport.RoundTrip(again)
	if err != nil {
		return err
	}
	*response = *answer
	return nil
}
