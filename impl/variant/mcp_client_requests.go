package variant

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Variant{
	{
		Name:    "long-code-verifier",
		Role:    MCPClient,
		Allows:  "RFC 7636 section 4.1: a code verifier has between 43 and 128 unreserved characters",
		Summary: "The code verifier of the client has 128 characters, with dots and tildes.",
		Tempts:  ids{"rfc7636-4.1/client-verifier-syntax", "rfc7636-4.1/verifier-random", "rfc7636-7.1/256-bits", "rfc7636-4.1/new-verifier"},
		Client:  longVerifier,
	},
	{
		Name:    "state-of-many-characters",
		Role:    MCPClient,
		Allows:  "RFC 6749 section 4.1.1: state is an opaque value, of any printable characters (appendix A.5)",
		Summary: "The state of the client is a long text with characters that have to be encoded.",
		Tempts:  ids{"rfc6749-4.1.1/state", "rfc8252-8.9/state-sent", "mcp-2026-07-28-open-redirection/state-verified"},
		Client:  longState,
	},
	{
		Name:    "unknown-authorization-parameters",
		Role:    MCPClient,
		Allows:  "RFC 6749 section 3.1: the authorization server ignores unrecognized request parameters",
		Summary: "The client sends parameters of its own to the authorization endpoint.",
		Tempts:  ids{"rfc6749-3.1/client-once", "rfc6749-4.1.1/response-type"},
		Client: seam.Authorizing(func(q url.Values) {
			q.Set("access_type", "offline")
			q.Set("x-trace", "a b&c=d")
		}),
	},
	{
		Name:    "response-mode-named",
		Role:    MCPClient,
		Allows:  "OAuth 2.0 Multiple Response Type Encoding Practices section 2.1: response_mode is optional, and query the default",
		Summary: "The client asks for response_mode=query.",
		Tempts:  ids{"rfc6749-4.1.1/response-type"},
		Client:  seam.Authorizing(func(q url.Values) { q.Set("response_mode", "query") }),
	},
	{
		Name:    "scopes-sent-in-another-order",
		Role:    MCPClient,
		Allows:  "RFC 6749 section 3.3: the order of the strings does not matter",
		Summary: "The client names the scopes in reverse order.",
		Tempts:  ids{"mcp-2026-07-28-step-up/union", "mcp-2026-07-28-scope-selection-strategy/selection-order", "mcp-2026-07-28-scope-selection-strategy/granted-scopes-kept", "mcp-2026-07-28-scope-selection-strategy/challenge-authoritative"},
		Client: seam.Authorizing(func(q url.Values) {
			if scopes := strings.Fields(q.Get("scope")); len(scopes) > 1 {
				slices.Reverse(scopes)
				q.Set("scope", strings.Join(scopes, " "))
			}
		}),
	},
	{
		Name:    "charset-of-forms",
		Role:    MCPClient,
		Allows:  "RFC 6749 section 4.1.3: application/x-www-form-urlencoded, with a character encoding of UTF-8",
		Summary: "The client names the charset of its forms, and writes the media type in capitals.",
		Tempts:  ids{"rfc6749-3.2/client-posts", "rfc6749-4.1.3/client-parameters"},
		Client: seam.Requesting(func(r *http.Request) {
			if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
				r.Header.Set("Content-Type", "Application/X-WWW-Form-URLEncoded; charset=UTF-8")
			}
		}),
	},
	{
		Name:    "unknown-token-parameters",
		Role:    MCPClient,
		Allows:  "RFC 6749 section 3.2: the authorization server ignores unrecognized request parameters",
		Summary: "The client sends parameters of its own to the token endpoint.",
		Tempts:  ids{"rfc6749-3.2/client-once", "rfc6749-4.1.3/client-parameters", "rfc6749-4.4.2/client-parameters"},
		Client: posting(func(form url.Values) {
			form.Set("client_info", "1")
			form.Set("audience", form.Get("resource"))
		}),
	},
	{
		Name:    "anything-accepted",
		Role:    MCPClient,
		Allows:  "RFC 9110 section 12.5.1: a request without Accept implies that any media type is acceptable",
		Summary: "The client sends no Accept header to the authorization server.",
		Tempts:  ids{"oidc-discovery-4.1/get", "rfc8414-3.1/client-inserts"},
		Client: seam.Requesting(func(r *http.Request) {
			if !seam.CallsTools(r) {
				r.Header.Del("Accept")
			}
		}),
	},
	{
		Name:    "refreshed-with-its-scope",
		Role:    MCPClient,
		Allows:  "RFC 6749 section 6: a refresh request may name a scope that was granted",
		Summary: "The client names the granted scope when it refreshes.",
		Tempts:  ids{"rfc6749-6/client-scope", "rfc6749-6/client-parameters"},
		Client:  refreshesWithScope,
	},
	{
		Name:    "refreshed-for-less",
		Role:    MCPClient,
		Allows:  "RFC 6749 section 6: the scope of a refresh request may be less than what was granted",
		Summary: "The client refreshes for all but the last scope that it was granted.",
		Tempts:  ids{"rfc6749-6/client-scope"},
		Client: func(c *seam.Client) {
			granted := grantedTo(c)
			refreshing(func(form url.Values) {
				if len(*granted) > 2 {
					form.Set("scope", strings.Join((*granted)[:len(*granted)-1], " "))
				}
			})(c)
		},
	},
	{
		Name:    "registered-with-more-members",
		Role:    MCPClient,
		Allows:  "RFC 7591 section 2: scope, contacts, logo_uri, software_id and others are optional, and unknown members are ignored",
		Summary: "The client registers with every optional member, and with one that no specification names.",
		Tempts:  ids{"rfc7591-2/client-name-sent", "rfc7591-2/client-uri-sent", "mcp-2026-07-28-application-type/sent"},
		Client: seam.Registering(func(metadata map[string]any) {
			metadata["contacts"] = []string{"people@client.example"}
			metadata["software_id"], metadata["software_version"] = "4NRB1-0XZABZI9E6-5SM3R", "1.0"
			metadata["client_name#de"] = "Untersuchter Agent"
			metadata["x_channel"] = map[string]any{"beta": true}
		}),
	},
	{
		Name:    "registered-with-two-redirect-uris",
		Role:    MCPClient,
		Allows:  "RFC 7591 section 2: redirect_uris is an array of redirection URIs",
		Summary: "The client registers a second redirect URI, which it does not use.",
		Tempts:  ids{"rfc7591-2/redirect-uris-sent", "mcp-2026-07-28-open-redirection/registered-redirect", "rfc8252-8.3/no-localhost"},
		Client: seam.Registering(func(metadata map[string]any) {
			uris, _ := metadata["redirect_uris"].([]any)
			metadata["redirect_uris"] = append(uris, "http://127.0.0.1/another")
		}),
	},
	{
		Name:    "registered-with-defaults-left-out",
		Role:    MCPClient,
		Allows:  "RFC 7591 section 2: response_types is optional, and code the default",
		Summary: "The client registers without response_types.",
		Tempts:  ids{"mcp-2026-07-28-client-registration/client-id-first", "rfc7591-2/redirect-uris-sent"},
		Client:  seam.Registering(func(metadata map[string]any) { delete(metadata, "response_types") }),
	},
	{
		Name:    "registered-without-name",
		Role:    MCPClient,
		Allows:  "RFC 7591 section 2: client_name and client_uri are RECOMMENDED",
		Summary: "The client registers without client_name and client_uri.",
		Tempts:  ids{"mcp-2026-07-28-client-registration/client-id-first"},
		Departs: ids{"rfc7591-2/client-name-sent", "rfc7591-2/client-uri-sent"},
		Client: seam.Registering(func(metadata map[string]any) {
			delete(metadata, "client_name")
			delete(metadata, "client_uri")
		}),
	},
	{
		Name:    "registered-for-codes-alone",
		Role:    MCPClient,
		Allows:  "MCP 2026-07-28, Refresh Tokens: clients that want refresh tokens SHOULD list the grant",
		Summary: "The client registers without grant_types, and gets no refresh token.",
		Tempts:  ids{"mcp-2026-07-28-refresh-tokens/not-presumed", "rfc6749-6/client-parameters", "rfc6749-6/client-replaces"},
		Departs: ids{"mcp-2026-07-28-refresh-tokens/grant-type-listed"},
		Without: ids{"refreshes", "offline_access"},
		Client: seam.Together(
			seam.Registering(func(metadata map[string]any) { delete(metadata, "grant_types") }),
			seam.Authorizing(withoutOfflineAccess),
		),
	},
	{
		Name:    "registered-for-a-secret",
		Role:    MCPClient,
		Allows:  "RFC 8252 section 8.4: a native app with a secret for each instance, by registration, is a confidential client",
		Summary: "The client registers with token_endpoint_auth_method=client_secret_basic and authenticates.",
		Tempts:  ids{"rfc6749-2.3/client-one-method", "rfc6749-3.2.1/client-sends-id", "rfc6749-3.2.1/client-authenticates"},
		Departs: ids{"rfc6749-9/native-without-secret"},
		Client:  seam.Registering(func(metadata map[string]any) { metadata["token_endpoint_auth_method"] = "client_secret_basic" }),
	},
	{
		Name:    "document-with-more-members",
		Role:    MCPClient,
		Allows:  "draft-ietf-oauth-client-id-metadata-document section 4: the document may hold additional properties",
		Summary: "The metadata document of the client has optional and unknown members, a charset and an entity tag.",
		Tempts:  ids{"cimd-client-metadata-document/served-with-200", "cimd-client-metadata-document/own-client-id", "mcp-2026-07-28-client-id-metadata-documents/required-members"},
		Client:  fullerDocument,
	},
})

// posting edits the forms of token requests.
func posting(edit func(url.Values)) func(*seam.Client) {
	return seam.Posting(func(r *http.Request, form url.Values) {
		if seam.IsTokenRequest(r) {
			edit(form)
		}
	})
}

func refreshing(edit func(url.Values)) func(*seam.Client) {
	return posting(func(form url.Values) {
		if form.Get("grant_type") == "refresh_token" {
			edit(form)
		}
	})
}

// grantedTo are the scopes that the client was granted last.
func grantedTo(c *seam.Client) *[]string {
	granted := new([]string)
	seam.Reading(seam.IsTokenRequest, func(_ *http.Request, tokens map[string]any) {
		*granted = strings.Fields(seam.Text(tokens, "scope"))
	})(c)
	return granted
}

func refreshesWithScope(c *seam.Client) {
	granted := grantedTo(c)
	refreshing(func(form url.Values) {
		if len(*granted) > 0 {
			form.Set("scope", strings.Join(*granted, " "))
		}
	})(c)
}

// longVerifier puts another pair of challenge and verifier in the place of the
// client's, anew for each request.
func longVerifier(c *seam.Client) {
	verifiers := map[string]string{} // By redirect URI, which a code is redeemed with.
	seam.Authorizing(func(q url.Values) {
		verifier := (strings.Repeat("-._~", 6) + rand.Text() + rand.Text() + rand.Text() + rand.Text())[:128]
		verifiers[q.Get("redirect_uri")] = verifier
		sum := sha256.Sum256([]byte(verifier))
		q.Set("code_challenge", base64.RawURLEncoding.EncodeToString(sum[:]))
	})(c)
	posting(func(form url.Values) {
		if form.Has("code_verifier") && verifiers[form.Get("redirect_uri")] != "" {
			form.Set("code_verifier", verifiers[form.Get("redirect_uri")])
		}
	})(c)
}

// longState puts more around the state of the client, and takes it off again.
func longState(c *seam.Client) {
	before, after := `{"return to":"/a?b=c&d=e%20`, "\"}"+strings.Repeat("+", 100)
	seam.Authorizing(func(q url.Values) { q.Set("state", before+q.Get("state")+after) })(c)
	seam.Returning(func(q url.Values) {
		if state, found := strings.CutPrefix(q.Get("state"), before); found && strings.HasSuffix(state, after) {
			q.Set("state", strings.TrimSuffix(state, after))
		}
	})(c)
}

// fullerDocument adds to the metadata document of the client.
func fullerDocument(c *seam.Client) {
	seam.Documenting(func(w http.ResponseWriter, _ *http.Request, document map[string]any) {
		document["tos_uri"], document["policy_uri"] = "https://client.example/terms", "https://client.example/privacy"
		document["contacts"] = []string{"people@client.example"}
		document["x_channel"] = map[string]any{"beta": true}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Etag", `"1"`)
		w.Header().Set("Cache-Control", "max-age=60")
		_ = json.NewEncoder(w).Encode(document)
	})(c)
}
