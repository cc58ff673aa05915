package variant

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Variant{
	{
		Name:    "authorization-response-by-see-other",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 1.7: any method that the user agent offers can accomplish a redirection",
		Summary: "An authorization request by GET is answered with 303 instead of 302.",
		Tempts:  ids{"rfc6749-4.1.2/code-and-state", "rfc6749-4.1.2.1/error-response"},
		Answer:  onRedirectedGet(seam.From(http.StatusFound, http.StatusSeeOther)),
	},
	{
		Name:    "authorization-response-by-temporary-redirect",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 1.7: any method that the user agent offers can accomplish a redirection; a GET holds no credentials to keep from 307",
		Summary: "An authorization request by GET is answered with 307 instead of 302.",
		Tempts:  ids{"rfc6749-4.1.2/code-and-state", "rfc6749-4.1.2.1/error-response", "rfc9700-4.12/no-307"},
		Answer:  onRedirectedGet(seam.From(http.StatusFound, http.StatusTemporaryRedirect)),
	},
	{
		Name:    "authorization-response-by-page",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 1.7: any method that the user agent offers can accomplish a redirection",
		Summary: "A page that refreshes itself takes a person who decided to the client.",
		Tempts:  ids{"rfc6749-4.1.2/code-and-state", "rfc6749-4.1.2.1/access-denied", "rfc9207-2/iss-in-response"},
		Answer: seam.OnReturns(func(request *http.Request, r *seam.Response, to *url.URL) {
			if request.URL.Path == consentPath {
				refresh(r, to.String())
			}
		}),
	},
	{
		Name:    "redirects-with-content",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 15.4.3: a response with 302 usually contains a short hypertext note with a hyperlink",
		Summary: "A redirect has a page with a link to where it leads.",
		Tempts:  ids{"rfc6749-4.1.2/code-and-state", "rfc9700-4.2.4/no-third-party", "rfc9700-4.16/clickjacking"},
		Answer: seam.OnRedirects(func(_ *http.Request, r *seam.Response) {
			r.Header.Set("Content-Type", "text/html; charset=utf-8")
			r.Body = []byte(`<a href="` + escaped(r.Header.Get("Location")) + `">Found</a>.` + "\n")
		}),
	},
	{
		Name:    "authorization-response-in-another-order",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 4.1.2: the parameters are added to the query, whose form encoding has no order",
		Summary: "The parameters of an authorization response are in the opposite order.",
		Tempts:  ids{"rfc6749-4.1.2/code-and-state", "rfc6749-3.1.2/query-kept"},
		Answer: seam.OnReturns(func(_ *http.Request, r *seam.Response, to *url.URL) {
			parameters := strings.Split(to.RawQuery, "&")
			slices.Reverse(parameters)
			to.RawQuery = strings.Join(parameters, "&")
			r.Header.Set("Location", to.String())
		}),
	},
	{
		Name:    "escapes-in-lower-case",
		Role:    AuthorizationServer,
		Allows:  "RFC 3986 section 2.1: the lower-case hexadecimal digits of a percent-encoding are equivalent to the upper-case ones",
		Summary: "An authorization response is percent-encoded with lower-case digits.",
		Tempts:  ids{"rfc6749-4.1.2/state-exact", "rfc9207-2.3/issuer-identical"},
		Answer: seam.OnReturns(func(_ *http.Request, r *seam.Response, to *url.URL) {
			to.RawQuery = escapes.ReplaceAllStringFunc(to.RawQuery, strings.ToLower)
			r.Header.Set("Location", to.String())
		}),
	},
	{
		Name:    "further-response-parameters",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 4.1.2: the client ignores unrecognized response parameters",
		Summary: "An authorization response has parameters that the client did not ask for.",
		Tempts:  ids{"rfc6749-4.1.2/code-and-state", "rfc6749-3.1/response-once", "form-post-2/form-values"},
		Rules: seam.OnAuthorizationResponse(func(r url.Values) {
			r.Set("session_state", "2f6c.b0a1")
			r.Set("hd", "")
		}),
	},
	{
		Name:    "fragment-attached",
		Role:    AuthorizationServer,
		Allows:  "RFC 9700 section 4.1.3: a server may attach an arbitrary fragment, such as #_, so that a browser attaches none again",
		Summary: "The redirect to the client ends with the fragment #_=_.",
		Tempts:  ids{"rfc6749-4.1.2/code-and-state", "rfc6749-3.1/response-once", "oauth-2.1-removal-of-implicit-grant/no-token-response"},
		Answer: seam.OnReturns(func(_ *http.Request, r *seam.Response, to *url.URL) {
			to.Fragment = "_=_"
			r.Header.Set("Location", to.String())
		}),
	},
	{
		Name:    "error-uri-given",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 4.1.2.1: error_uri is optional, and identifies a page about the error",
		Summary: "An authorization error response has an error_uri.",
		Tempts:  ids{"rfc6749-4.1.2.1/error-uri", "rfc6749-4.1.2.1/error-response"},
		Rules: seam.OnAuthorizationError(func(r url.Values) {
			r.Set("error_uri", "https://as.example/errors?code="+url.QueryEscape(r.Get("error"))+"#"+r.Get("error"))
		}),
	},
	{
		Name:    "error-explained-by-page-alone",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 4.1.2.1: error_description is optional; RFC 7636 section 4.4.1 lets error_uri explain",
		Summary: "An authorization error response has an error_uri in the place of the error_description.",
		Tempts:  ids{"rfc7636-4.4.1/error-explained", "rfc6749-4.1.2.1/error-response"},
		Rules: seam.OnAuthorizationError(func(r url.Values) {
			r.Del("error_description")
			r.Set("error_uri", "/errors")
		}),
	},
	{
		Name:    "issuer-not-named-in-responses",
		Role:    AuthorizationServer,
		Allows:  "RFC 9207 section 3: authorization_response_iss_parameter_supported is false where it is left out",
		Summary: "Authorization responses have no iss, and the metadata promises none.",
		Tempts:  ids{"rfc9207-2/iss-in-response", "rfc9207-2.3/advertised"},
		Without: ids{"issuer_identification"},
		Departs: ids{"mcp-2026-07-28-authorization-response-validation/iss-in-response", "mcp-2026-07-28-authorization-response-validation/iss-in-error"},
		Rules:   seam.OnAuthorizationResponse(func(r url.Values) { r.Del("iss") }),
		Answer:  onDiscovery(seam.Without("authorization_response_iss_parameter_supported")),
	},
	{
		Name:    "code-of-many-characters",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section A.11: a code is any number of visible characters and spaces; section 4.1.2 leaves its size undefined",
		Summary: "An authorization code has characters that a URL has to encode.",
		Tempts:  ids{"rfc6749-4.1.2/code-and-state", "rfc6749-4.1.4/access-token", "form-post-2/form-values"},
		Departs: ids{"rfc6750-3.1/other-credentials", "rfc6750-3.1/invalid-token"}, // No such code is in the form of a bearer token.
		Rules:   seam.Instead(authserver.NewAuthorizationCode, func(store.Code) string { return "4/0A+b=c&d%26;" + token.NewSecret() + "~ #'<" }),
	},
	{
		Name:    "long-code",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 4.1.2: the size of the code is left undefined",
		Summary: "An authorization code has about 1500 characters.",
		Tempts:  ids{"rfc6749-4.1.2/code-and-state", "rfc6749-4.1.4/access-token"},
		Rules:   seam.Instead(authserver.NewAuthorizationCode, func(store.Code) string { return strings.Repeat(token.NewSecret()+".", 34) }),
	},
})

var escapes = regexp.MustCompile(`%[0-9A-F]{2}`)

// onRedirectedGet edits redirects that answer no form.
func onRedirectedGet(edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return seam.OnRedirects(func(request *http.Request, r *seam.Response) {
		if request.Method == http.MethodGet {
			edit(r)
		}
	})
}
