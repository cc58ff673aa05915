package fault

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"github.com/grantproof/grantproof/impl/seam"
	"io"
	"net/http"
	"net/url"
	"strings"
)

var _ = add([]Fault{
	{
		Name:     "code-verifier-too-short",
		Role:     MCPClient,
		Violates: ids{"rfc7636-4.1/client-verifier-syntax"},
		Summary:  "The code_verifier has 20 characters.",
		Client: seam.Posting(func(_ *http.Request, form url.Values) {
			if verifier := form.Get("code_verifier"); verifier != "" {
				form.Set("code_verifier", verifier[:20])
			}
		}),
	},
	{
		Name:     "resource-not-sent-on-refresh",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "resource-parameter-implementation/in-both-requests", mcpSpec + "canonical-server-uri/always-sent"},
		Summary:  "The client refreshes without resource.",
		Client: seam.Posting(func(_ *http.Request, form url.Values) {
			if form.Get("grant_type") == "refresh_token" {
				form.Del("resource")
			}
		}),
	},
	{
		Name:     "resource-not-sent-for-itself",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "resource-parameter-implementation/in-both-requests", mcpSpec + "canonical-server-uri/always-sent"},
		Summary:  "The client sends a client credentials request without resource.",
		Client: seam.Posting(func(_ *http.Request, form url.Values) {
			if form.Get("grant_type") == "client_credentials" {
				form.Del("resource")
			}
		}),
	},
	{
		Name:     "token-request-repeated",
		Role:     MCPClient,
		Violates: ids{"documented-client/one-renewal", "rfc6749-4.1.2/client-uses-once"},
		Summary:  "The client sends every token request twice.",
		Client:   seam.SendingBefore(sendBefore),
	},
	{
		Name:     "token-request-by-get",
		Role:     MCPClient,
		Violates: ids{"rfc6749-3.2/client-posts"},
		Summary:  "The client sends token requests by GET.",
		Client: seam.Requesting(func(r *http.Request) {
			if seam.IsTokenRequest(r) {
				r.Method = http.MethodGet
			}
		}),
	},
	{
		Name:     "redeemed-at-the-first-server",
		Role:     MCPClient,
		Violates: ids{"oauth-2.1-authorization-server-mix-up-mitigation/token-request"},
		Summary:  "The client redeems every code at the first token endpoint that it found.",
		Client: func(c *seam.Client) {
			var first *url.URL
			seam.Requesting(func(r *http.Request) {
				if !seam.IsTokenRequest(r) {
					return
				}
				if first == nil {
					first = r.URL
				}
				r.URL = first
			})(c)
		},
	},
	{
		Name:     "redirect-uri-not-repeated",
		Role:     MCPClient,
		Violates: ids{"rfc6749-4.1.3/client-redirect-uri"},
		Summary:  "The client redeems its code without redirect_uri.",
		Client:   seam.PostingWithout("redirect_uri"),
	},
	{
		Name:     "grant-type-not-sent",
		Role:     MCPClient,
		Violates: ids{"rfc6749-4.1.3/client-parameters", "rfc6749-4.4.2/client-parameters"},
		Summary:  "The client sends token requests without grant_type.",
		Client:   seam.PostingWithout("grant_type"),
	},
	{
		Name:     "redeemed-anonymously",
		Role:     MCPClient,
		Violates: ids{"rfc6749-3.2.1/client-sends-id"},
		Summary:  "The client redeems its code without client_id.",
		Client:   seam.PostingWithout("client_id"),
	},
	{
		Name:     "assertion-type-not-sent",
		Role:     MCPClient,
		Violates: ids{"oidc-core-9/assertion-type"},
		Summary:  "The client sends its assertion without client_assertion_type.",
		Client:   seam.PostingWithout("client_assertion_type"),
	},
	{
		Name:     "secret-in-body",
		Role:     MCPClient,
		Violates: ids{"documented-client/client-credentials", "rfc6749-2.3.1/client-prefers-basic"},
		Summary:  "The client sends its id and secret in the body although it should use HTTP Basic.",
		Client: authenticating(func(r *http.Request, form url.Values, id, secret string) {
			r.Header.Del("Authorization")
			form.Set("client_id", id)
			form.Set("client_secret", secret)
		}),
	},
	{
		Name:     "credentials-not-sent",
		Role:     MCPClient,
		Violates: ids{"rfc6749-3.2.1/client-authenticates"},
		Summary:  "The client does not authenticate with the credentials that it has.",
		Client: authenticating(func(r *http.Request, form url.Values, id, _ string) {
			r.Header.Del("Authorization")
			form.Set("client_id", id)
		}),
	},
	{
		Name:     "two-methods-at-once",
		Role:     MCPClient,
		Violates: ids{"rfc6749-2.3/client-one-method", "rfc6749-9/native-without-secret"},
		Summary:  "The client sends its secret in the body in addition to its registered method.",
		Client: seam.Posting(func(r *http.Request, form url.Values) {
			_, escaped, _ := r.BasicAuth()
			secret, _ := url.QueryUnescape(escaped)
			form.Set("client_secret", secret)
		}),
	},
	{
		Name:     "basic-not-encoded",
		Role:     MCPClient,
		Violates: ids{"rfc6749-2.3.1/client-encodes"},
		Summary:  "The client does not form-encode its secret in HTTP Basic.",
		Client:   authenticating(func(r *http.Request, _ url.Values, id, secret string) { r.SetBasicAuth(id, secret) }),
	},
	{
		Name:     "secret-in-token-url",
		Role:     MCPClient,
		Violates: ids{"rfc6749-2.3.1/client-not-in-uri"},
		Summary:  "The client puts its secret into the URL of the token endpoint.",
		Client:   authenticating(func(r *http.Request, _ url.Values, _, secret string) { addToQuery(r, "client_secret", secret) }),
	},
	{
		Name:     "assertion-not-sent",
		Role:     MCPClient,
		Violates: ids{"cimd-client-authentication/sent"},
		Summary:  "A client that publishes a key sends no client assertion.",
		Client:   seam.Together(seam.PostingWithout("client_assertion"), seam.PostingWithout("client_assertion_type")),
	},
	{
		Name:     "assertion-twice",
		Role:     MCPClient,
		Violates: ids{"rfc7523-2.2/single-jwt"},
		Summary:  "The client sends its assertion twice.",
		Client:   asserting(func(_ *http.Request, form url.Values, assertion string) { form.Add("client_assertion", assertion) }),
	},
	{
		Name:     "assertion-of-nobody",
		Role:     MCPClient,
		Violates: ids{"rfc7523-3/client-issuer", "rfc7523-3/client-subject", "rfc7523-3/client-audience", "rfc7523-3/client-expiry", "rfc7523-3/client-signed", "oidc-core-9/assertion-by-client"},
		Summary:  "The client sends an assertion without claims and signature.",
		Client: asserting(func(_ *http.Request, form url.Values, _ string) {
			form.Set("client_assertion", base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`))+".e30.")
		}),
	},
	{
		Name:     "assertion-for-token-endpoint",
		Role:     MCPClient,
		Violates: ids{"oauth-2.1-client-authentication/issuer-as-audience-sent"},
		Summary:  "The aud of a client assertion is the token endpoint.",
		Client:   asserting(forEndpoint),
	},
	{
		Name:     "refresh-token-not-sent",
		Role:     MCPClient,
		Violates: ids{"rfc6749-6/client-parameters"},
		Summary:  "The client sends a refresh request without a refresh token.",
		Client:   refreshing(func(form url.Values) { form.Del("refresh_token") }),
	},
	{
		Name:     "renewed-for-more",
		Role:     MCPClient,
		Violates: ids{"rfc6749-6/client-scope"},
		Summary:  "The client requests an additional scope when it refreshes.",
		Client:   refreshing(func(form url.Values) { form.Set("scope", "tasks:read tasks:write user:read") }),
	},
	{
		Name:     "used-refresh-token-kept",
		Role:     MCPClient,
		Violates: ids{"rfc6749-6/client-replaces"},
		Summary:  "The client sends its first refresh token at every refresh.",
		Client: func(c *seam.Client) {
			first := ""
			seam.Reading(seam.IsTokenRequest, func(_ *http.Request, tokens map[string]any) {
				first = cmp.Or(first, seam.Text(tokens, "refresh_token"))
			})(c)
			refreshing(func(form url.Values) {
				if first != "" {
					form.Set("refresh_token", first)
				}
			})(c)
		},
	},
	{
		Name:     "refused-refresh-token-kept",
		Role:     MCPClient,
		Violates: ids{"documented-client/refused-renewal"},
		Summary:  "The client keeps using a refresh token that was refused.",
		Client: seam.Seeing(seam.IsTokenRequest, func(_ *http.Request, response *http.Response) {
			if response.StatusCode == http.StatusBadRequest {
				seam.Answer(response, http.StatusServiceUnavailable, `{"error":"temporarily_unavailable"}`)
			}
		}),
	},
})

// sendBefore sends a token request once more, ahead of it.
func sendBefore(base http.RoundTripper, r *http.Request) error {
	if !seam.IsTokenRequest(r) {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	twin := r.Clone(r.Context())
	twin.Body, r.Body = io.NopCloser(bytes.NewReader(body)), io.NopCloser(bytes.NewReader(body))
	response, err := base.RoundTrip(twin)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

// authenticating edits how a client sends its secret.
func authenticating(edit func(r *http.Request, form url.Values, id, secret string)) func(*seam.Client) {
	return seam.Posting(func(r *http.Request, form url.Values) {
		escapedID, escapedSecret, isBasic := r.BasicAuth()
		if !isBasic {
			return
		}
		id, _ := url.QueryUnescape(escapedID)
		secret, _ := url.QueryUnescape(escapedSecret)
		edit(r, form, id, secret)
	})
}

// asserting edits the client assertion of a request.
func asserting(edit func(r *http.Request, form url.Values, assertion string)) func(*seam.Client) {
	return seam.Posting(func(r *http.Request, form url.Values) {
		if assertion := form.Get("client_assertion"); assertion != "" {
			edit(r, form, assertion)
		}
	})
}

// forEndpoint has the token endpoint for the audience of an assertion.
func forEndpoint(r *http.Request, form url.Values, assertion string) {
	parts := strings.Split(assertion, ".")
	if len(parts) != 3 {
		return
	}
	var claims map[string]any
	decoded, _ := base64.RawURLEncoding.DecodeString(parts[1])
	_ = json.Unmarshal(decoded, &claims)
	claims["aud"] = r.URL.String()
	encoded, _ := json.Marshal(claims)
	parts[1] = base64.RawURLEncoding.EncodeToString(encoded)
	form.Set("client_assertion", strings.Join(parts, "."))
}

// refreshing edits the requests that refresh a token.
func refreshing(edit func(form url.Values)) func(*seam.Client) {
	return seam.Posting(func(_ *http.Request, form url.Values) {
		if form.Get("grant_type") == "refresh_token" {
			edit(form)
		}
	})
}

func addToQuery(r *http.Request, name, value string) {
	query := r.URL.Query()
	query.Set(name, value)
	r.URL.RawQuery = query.Encode()
}
