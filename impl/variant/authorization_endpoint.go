package variant

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	generated "github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Variant{
	{
		Name:    "mistakes-told-after-redirect",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1.2.4: the server informs the resource owner, and redirects to no invalid redirection URI; a page of its own is none",
		Summary: "A mistake with the client or its redirect URI redirects to an error page of the server.",
		Tempts:  ids{"rfc6749-4.1.2.1/no-redirect-to-unknown", "rfc6749-3.1.2.4/owner-informed", "oidc-core-3.1.2.6/invalid-redirect-uri", "rfc9207-2/iss-in-response", "rfc6749-4.1.2.1/error-code"},
		Answer:  mistakesAfterRedirect,
	},
	{
		Name:    "mistakes-told-with-200",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1.2.4: the server informs the resource owner of the error; the status of the page is open",
		Summary: "The page about a mistake with the client or its redirect URI has status 200.",
		Tempts:  ids{"rfc6749-4.1.2.1/no-redirect-to-unknown", "rfc6749-3.1.2.4/owner-informed", "rfc6749-3.1.2.3/matched"},
		Answer:  onMistake(seam.From(http.StatusBadRequest, http.StatusOK)),
	},
	{
		Name:    "mistakes-told-with-403",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1.2.4: the server informs the resource owner of the error; the status of the page is open",
		Summary: "The page about a mistake with the client or its redirect URI has status 403.",
		Tempts:  ids{"rfc6749-4.1.2.1/no-redirect-to-unknown", "rfc6749-3.1.2.4/owner-informed"},
		Departs: ids{"oauth-2.1-authorization-error-response/status-400"},
		Answer:  onMistake(seam.From(http.StatusBadRequest, http.StatusForbidden)),
	},
	{
		Name:    "mistakes-told-in-plain-text",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1.2.4: the server informs the resource owner of the error, in whatever form",
		Summary: "A mistake with the client or its redirect URI is told in plain text.",
		Tempts:  ids{"rfc6749-4.1.2.1/no-redirect-to-unknown", "rfc6749-3.1.2.4/owner-informed"},
		Answer: onMistake(func(r *seam.Response) {
			r.Header.Set("Content-Type", "text/plain; charset=utf-8")
			r.Body = []byte("invalid_request: the application that sent you here made a mistake\n")
		}),
	},
	{
		Name:    "scope-of-authorization-required",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.3: where the client omits the scope, the server uses a default or fails the request with an invalid scope",
		Summary: "An authorization request without a scope is refused with invalid_scope.",
		Tempts:  ids{"rfc6749-3.3/default-scope", "rfc6749-3.1/empty-omitted"},
		Rules: onAuthorizationRequest(func(request generated.AuthorizationRequest) *wire.Error {
			if strings.TrimSpace(seam.Value(request.Scope)) == "" {
				return &wire.Error{Code: "invalid_scope", Description: "scope is missing"}
			}
			return nil
		}),
	},
	{
		Name:    "response-types-of-other-clients-refused",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 2: response_types are those that a client can use, by default code; RFC 6749 section 4.1.2.1 has unauthorized_client for the others",
		Summary: "The metadata lists id_token, which a client that registered for code is refused.",
		Tempts:  ids{"rfc8414-2/lists-are-true", "rfc6749-4.1.2.1/error-response", "oauth-2.1-removal-of-implicit-grant/no-token-response"},
		Rules:   otherResponseType("unauthorized_client"),
		Answer:  onDiscovery(seam.With("response_types_supported", []string{"code", "id_token"})),
	},
	{
		Name:    "response-types-of-other-clients-unsupported",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 2: response_types are those that a client can use, by default code; unsupported_response_type says that another is not supported for it",
		Summary: "The metadata lists id_token, which a client that registered for code is told to be unsupported.",
		Tempts:  ids{"rfc8414-2/lists-are-true", "rfc6749-4.1.2.1/error-response"},
		Rules:   otherResponseType("unsupported_response_type"),
		Answer:  onDiscovery(seam.With("response_types_supported", []string{"code", "id_token"})),
	},
	{
		Name:    "silent-refusal-by-interaction-required",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 3.1.2.1: the error is typically login_required, interaction_required, or another code of section 3.1.2.6",
		Summary: "A request with prompt=none that needs a page gets interaction_required.",
		Tempts:  ids{"oidc-core-3.1.2.1/prompt-none-silent", "oidc-core-3.1.2.6/login-required", "oidc-core-3.1.2.1/id-token-hint-mismatch"},
		Rules:   silentRefusal("interaction_required"),
	},
	{
		Name:    "silent-refusal-by-account-selection-required",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 3.1.2.6: account_selection_required says that the user has to select a session",
		Summary: "A request with prompt=none that needs a page gets account_selection_required.",
		Tempts:  ids{"oidc-core-3.1.2.1/prompt-none-silent", "oidc-core-3.1.2.6/login-required", "oidc-core-3.1.2.1/id-token-hint-mismatch"},
		Departs: ids{"oidc-core-3.1.2.6/login-required"},
		Rules:   silentRefusal("account_selection_required"),
	},
	{
		Name:    "authorization-endpoint-with-query",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1: the endpoint URI may include a query, which is retained when parameters are added",
		Summary: "The URL of the authorization endpoint has a query.",
		Tempts:  ids{"rfc6749-3.1/no-fragment", "rfc6749-4.1.2/code-and-state", "rfc8414-2/authorization-endpoint"},
		Answer: func(request *http.Request, r *seam.Response) {
			onDiscovery(seam.With("authorization_endpoint", issuerOf(request)+seam.AuthorizationEndpoint+"?tenant=one%2Ftwo&v=2"))(request, r)
		},
	},
	{
		Name:    "loopback-port-of-native-clients-alone",
		Role:    AuthorizationServer,
		Allows:  "RFC 9700 section 4.1.3: strings are compared exactly, except for the port of a native app; other clients get no exception",
		Summary: "The port of a loopback redirect URI may vary for native clients and for no others.",
		Tempts:  ids{"rfc8252-7.3/loopback-port", "rfc9700-4.1.3/localhost-port", "rfc9700-4.1.3/exact-redirect-uri"},
		Rules: func(in rule.Replaced) {
			held := authserver.SameRedirectURI.In(in)
			authserver.SameRedirectURI.Replace(in, func(client store.Client, registered, sent string) bool {
				web := client.ApplicationType == "web" || client.ApplicationType == "" && client.Confidential()
				return registered == sent || !web && held(client, registered, sent)
			})
		},
	},
	{
		Name:    "no-form-post",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: response_modes_supported lists the modes that the server supports; none but query is required",
		Summary: "The server supports the response mode query alone, and says so.",
		Tempts:  ids{"form-post-2/form-values", "oidc-core-3.1.2.6/response-mode-unsupported", "rfc8414-2/lists-are-true"},
		Without: ids{"form_post"},
		Rules: func(in rule.Replaced) {
			held := authserver.ResponseMode.In(in)
			authserver.ResponseMode.Replace(in, func(sent *string) (string, *wire.Error) {
				if seam.Value(sent) == "form_post" {
					return held(new("of no specification"))
				}
				return held(sent)
			})
		},
		Answer: onDiscovery(seam.With("response_modes_supported", []string{"query"})),
	},
	{
		Name:    "response-mode-fragment",
		Role:    AuthorizationServer,
		Allows:  "OAuth 2.0 Multiple Response Type Encoding Practices section 2.1: the mode fragment, which a client may ask for",
		Summary: "The server supports the response mode fragment, too, and says so.",
		Tempts:  ids{"rfc8414-2/lists-are-true", "oauth-2.1-removal-of-implicit-grant/no-token-response"},
		Request: seam.OnParameters(seam.AuthorizationEndpoint, func(form url.Values) {
			if form.Get("response_mode") == "fragment" {
				form.Set("response_mode", "query")
				form.Set("in_fragment", "yes")
			}
		}),
		Answer: func(request *http.Request, r *seam.Response) {
			onDiscovery(seam.With("response_modes_supported", []string{"query", "fragment", "form_post"}))(request, r)
			seam.OnReturns(func(request *http.Request, r *seam.Response, to *url.URL) {
				if parametersOf(request).Has("in_fragment") {
					r.Header.Set("Location", strings.Replace(to.String(), "?", "#", 1))
				}
			})(request, r)
		},
	},
})

// onMistake edits the page with which nobody is redirected.
func onMistake(edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return func(request *http.Request, r *seam.Response) {
		if request.URL.Path == seam.AuthorizationEndpoint && r.Status == http.StatusBadRequest && seam.IsPage(r) && !parametersOf(request).Has("response_mode") {
			edit(r)
		}
	}
}

const problemPath = "/oauth/problem"

func mistakesAfterRedirect(request *http.Request, r *seam.Response) {
	onMistake(func(r *seam.Response) {
		r.Status, r.Body = http.StatusSeeOther, nil
		r.Header.Set("Location", issuerOf(request)+problemPath+"?error=invalid_request&error_description=unknown+application+or+address")
	})(request, r)
	if request.URL.Path == problemPath {
		asPage(r, "Something is wrong", "<p>The application that sent you here made a mistake.</p>")
		r.Status = http.StatusBadRequest
	}
}

// onAuthorizationRequest judges an authorization request before the reference does.
func onAuthorizationRequest(judge func(generated.AuthorizationRequest) *wire.Error) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.AuthorizationRequest.In(in)
		authserver.AuthorizationRequest.Replace(in, func(r *realm.Realm, client store.Client, request generated.AuthorizationRequest) *wire.Error {
			if refused := judge(request); refused != nil {
				return refused
			}
			return held(r, client, request)
		})
	}
}

func otherResponseType(code string) func(rule.Replaced) {
	return onAuthorizationRequest(func(request generated.AuthorizationRequest) *wire.Error {
		if seam.Value(request.ResponseType) == "id_token" {
			return &wire.Error{Code: code, Description: "this client is registered for the response type code"}
		}
		return nil
	})
}

// silentRefusal gives the refusals that need a person another code.
func silentRefusal(code string) func(rule.Replaced) {
	return seam.OnAuthorizationError(func(r url.Values) {
		if slices.Contains([]string{"login_required", "consent_required"}, r.Get("error")) {
			r.Set("error", code)
		}
	})
}

// onDiscovery edits the metadata of OAuth and of OpenID Connect.
func onDiscovery(edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return func(request *http.Request, r *seam.Response) {
		if r.Status == http.StatusOK && (request.URL.Path == "/.well-known/oauth-authorization-server" || request.URL.Path == seam.OpenIDConfiguration) {
			edit(r)
		}
	}
}
