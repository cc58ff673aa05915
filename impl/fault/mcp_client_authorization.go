package fault

import (
	"crypto/sha256"
	"encoding/base64"
	"github.com/grantproof/grantproof/impl/seam"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

var _ = add([]Fault{
	{
		Name:     "plain-challenge-sent",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "authorization-code-protection/s256", "rfc7636-4.2/client-s256"},
		Summary:  "The client sends code_challenge_method=plain.",
		Client:   seam.Authorizing(func(q url.Values) { q.Set("code_challenge_method", "plain") }),
	},
	{
		Name:     "plain-after-refusal",
		Role:     MCPClient,
		Violates: ids{"rfc7636-7.2/no-client-downgrade"},
		Summary:  "After a refusal the client retries with code_challenge_method=plain.",
		Client: func(c *seam.Client) {
			refused := false
			seam.Returning(func(q url.Values) { refused = q.Has("error") })(c)
			seam.Authorizing(func(q url.Values) {
				if refused {
					q.Set("code_challenge_method", "plain")
				}
			})(c)
		},
	},
	{
		Name:     "code-verifier-not-sent",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "authorization-code-protection/pkce", "rfc7636-4.3/challenge-sent", "rfc7636-4.5/verifier-sent", "rfc8252-6/client-pkce", "rfc9700-2.1.1/public-pkce", "oauth-2.1-authorization-request/method-sent", "oauth-2.1-authorization-request/pkce", "rfc9700-2.1.1/injection", "rfc9700-2.1/csrf", "rfc9700-2.1.1/confidential-pkce"},
		Summary:  "The client does not use PKCE.",
		Client:   seam.Together(seam.Authorizing(seam.Dropping("code_challenge")), seam.Authorizing(seam.Dropping("code_challenge_method")), seam.PostingWithout("code_verifier")),
	},
	{
		Name:     "client-id-not-sent",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "client-registration/client-id-first", "rfc6749-4.1.1/client-id"},
		Summary:  "The client sends an authorization request without client_id.",
		Client:   seam.Authorizing(seam.Dropping("client_id")),
	},
	{
		Name:     "document-url-changes",
		Role:     MCPClient,
		Violates: ids{"cimd-client-identifier/stable"},
		Summary:  "The client uses a different client metadata document URL each time.",
		Client: func(c *seam.Client) {
			sent := 0
			seam.Authorizing(func(q url.Values) {
				q.Set("client_id", q.Get("client_id")+"?at="+strconv.Itoa(sent))
				sent++
			})(c)
		},
	},
	{
		Name:     "metadata-document-by-http",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "client-id-metadata-documents/https-with-path", "cimd-client-identifier/own-url"},
		Summary:  "The URL of the client metadata document uses http.",
		Client:   seam.Authorizing(func(q url.Values) { q.Set("client_id", strings.Replace(q.Get("client_id"), "https:", "http:", 1)) }),
	},
	{
		Name:     "unregistered-redirect-uri-sent",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "open-redirection/registered-redirect"},
		Summary:  "The client sends a redirect URI that it did not register.",
		Client:   seam.Authorizing(func(q url.Values) { q.Set("redirect_uri", q.Get("redirect_uri")+"/other") }),
	},
	{
		Name:     "resource-not-sent",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "resource-parameter-implementation/in-both-requests", mcpSpec + "canonical-server-uri/always-sent"},
		Summary:  "The client sends an authorization request without resource.",
		Client:   resource(func(string) string { return "" }),
	},
	{
		Name:     "resource-with-slash-sent",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "canonical-server-uri/no-trailing-slash", mcpSpec + "resource-parameter-implementation/intended-server"},
		Summary:  "The client adds a trailing slash to resource.",
		Client:   resource(func(sound string) string { return sound + "/" }),
	},
	{
		Name:     "resource-with-fragment-sent",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "resource-parameter-implementation/canonical-uri", "rfc8707-2/client-no-fragment"},
		Summary:  "The client sends a resource with a fragment.",
		Client:   resource(func(sound string) string { return sound + "#tools" }),
	},
	{
		Name:     "implicit-grant-asked-for",
		Role:     MCPClient,
		Violates: ids{"rfc6749-4.1.1/response-type", "rfc8252-8.2/no-implicit", "rfc9700-2.1.2/no-implicit", "rfc9700-2.1.2/code"},
		Summary:  "The client requests a token in the authorization response (implicit grant).",
		Client:   seam.Authorizing(func(q url.Values) { q.Set("response_type", "token") }),
	},
	{
		Name:     "redirect-uri-with-fragment-sent",
		Role:     MCPClient,
		Violates: ids{"rfc6749-3.1.2/client-no-fragment"},
		Summary:  "The client sends a redirect URI with a fragment.",
		Client:   seam.Authorizing(func(q url.Values) { q.Set("redirect_uri", q.Get("redirect_uri")+"#answer") }),
	},
	{
		Name:     "redirect-uri-left-out",
		Role:     MCPClient,
		Violates: ids{"rfc6749-3.1.2.3/client-names-uri"},
		Summary:  "The client sends an authorization request without redirect_uri.",
		Client:   seam.Authorizing(seam.Dropping("redirect_uri")),
	},
	{
		Name:     "state-not-sent",
		Role:     MCPClient,
		Violates: ids{"rfc6749-4.1.1/state"},
		Summary:  "The client sends no state.",
		Client:   seam.Authorizing(seam.Dropping("state")),
	},
	{
		Name:     "prompt-not-sent",
		Role:     MCPClient,
		Violates: ids{"oidc-core-11/prompt-consent-sent"},
		Summary:  "The client requests offline access without prompt=consent.",
		Client:   seam.Authorizing(seam.Dropping("prompt")),
	},
	{
		Name:     "endpoint-query-dropped",
		Role:     MCPClient,
		Violates: ids{"rfc6749-3.1/client-keeps-query", "rfc6749-3.2/client-keeps-query"},
		Summary:  "The client drops the query of an endpoint URL.",
		Client:   seam.Together(seam.Authorizing(seam.Dropping("tenant")), seam.Posting(func(r *http.Request, _ url.Values) { r.URL.RawQuery = "" })),
	},
	{
		Name:     "state-guessable",
		Role:     MCPClient,
		Violates: ids{"rfc8252-8.9/state-sent"},
		Summary:  "The client sends the same state every time.",
		Client: func(c *seam.Client) {
			const guessable = "the-same-state"
			state := ""
			seam.Authorizing(func(q url.Values) {
				state = q.Get("state")
				q.Set("state", guessable)
			})(c)
			seam.Returning(func(q url.Values) {
				if q.Get("state") == guessable {
					q.Set("state", state)
				}
			})(c)
		},
	},
	{
		Name:     "code-verifier-kept",
		Role:     MCPClient,
		Violates: ids{"rfc7636-4.1/new-verifier", "oauth-2.1-code-injection-countermeasures/fresh-values", "rfc7636-4.1/verifier-random", "rfc7636-7.1/256-bits"},
		Summary:  "The client uses one code_verifier for all its requests.",
		Client: seam.Together(
			seam.Authorizing(func(q url.Values) {
				sum := sha256.Sum256([]byte(keptVerifier))
				q.Set("code_challenge", base64.RawURLEncoding.EncodeToString(sum[:]))
			}),
			seam.Posting(func(_ *http.Request, form url.Values) {
				if form.Has("code_verifier") {
					form.Set("code_verifier", keptVerifier)
				}
			}),
		),
	},
	{
		Name:     "parameter-repeated",
		Role:     MCPClient,
		Violates: ids{"rfc6749-3.1/client-once", "rfc6749-3.2/client-once"},
		Summary:  "The client sends its client_id twice in every request.",
		Client: seam.Together(
			seam.Authorizing(func(q url.Values) { q.Add("client_id", q.Get("client_id")) }),
			seam.Posting(func(_ *http.Request, form url.Values) { form.Add("client_id", form.Get("client_id")) }),
		),
	},
	{
		Name:     "consent-asked-for-once",
		Role:     MCPClient,
		Violates: ids{"oidc-core-11/prompt-consent-sent"},
		Summary:  "When the client authorizes again, it requests offline access without prompt=consent.",
		Client: func(c *seam.Client) {
			sent := 0
			seam.Authorizing(func(q url.Values) {
				if sent++; sent > 1 {
					q.Del("prompt")
				}
			})(c)
		},
	},
	{
		Name:     "login-asked-for-instead-of-consent",
		Role:     MCPClient,
		Violates: ids{"oidc-core-11/prompt-consent-sent"},
		Summary:  "The client requests offline access with prompt=login.",
		Client: seam.Authorizing(func(q url.Values) {
			if q.Has("prompt") {
				q.Set("prompt", "login")
			}
		}),
	},
	{
		Name:     "consent-not-asked-for-offline-access-alone",
		Role:     MCPClient,
		Violates: ids{"oidc-core-11/prompt-consent-sent"},
		Summary:  "A client that requests offline_access alone omits prompt=consent.",
		Client: seam.Authorizing(func(q url.Values) {
			if q.Get("scope") == "offline_access" {
				q.Del("prompt")
			}
		}),
	},
})

// keptVerifier is the one code verifier that a faulty client ever had.
const keptVerifier = "the-one-code-verifier-that-this-client-ever-had"

// resource edits the resource of every request that names one; an empty one is left
// out.
func resource(edit func(sound string) string) func(*seam.Client) {
	change := func(parameters url.Values) {
		sound := parameters.Get("resource")
		if sound == "" {
			return
		}
		if parameters.Del("resource"); edit(sound) != "" {
			parameters.Set("resource", edit(sound))
		}
	}
	return seam.Together(seam.Authorizing(change), seam.Posting(func(_ *http.Request, form url.Values) { change(form) }))
}
