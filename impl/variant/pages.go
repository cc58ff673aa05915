package variant

import (
	"html"
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Variant{
	{
		Name:    "pages-framed-by-named-sites",
		Role:    AuthorizationServer,
		Allows:  "RFC 9700 section 4.16: a policy restricts the origins that may frame, which an administrator configures",
		Summary: "The policy of the pages lets one named site frame them.",
		Tempts:  ids{"rfc9700-4.16/clickjacking", "rfc9700-4.16/csp", "oidc-core-3.1.2.3/csrf-and-clickjacking"},
		Departs: ids{"rfc9700-4.16/combined"},
		Answer:  seam.OnPages(seam.Each(onPolicy(replacing("frame-ancestors 'none'", "frame-ancestors https://portal.example.com")), seam.HeaderSet("X-Frame-Options", ""))),
	},
	{
		Name:    "policy-in-capitals",
		Role:    AuthorizationServer,
		Allows:  "Content Security Policy Level 3 section 2.2.1: the names of directives are compared without regard to case, and so are keywords",
		Summary: "The Content-Security-Policy is written in capitals with more blanks.",
		Tempts:  ids{"rfc9700-4.16/clickjacking", "rfc9700-4.16/csp"},
		Answer: seam.OnPages(onPolicy(func(policy string) string {
			return strings.NewReplacer("frame-ancestors 'none'", "FRAME-ANCESTORS   'NONE'", "default-src", "Default-Src").Replace(policy)
		})),
	},
	{
		Name:    "policies-in-two-fields",
		Role:    AuthorizationServer,
		Allows:  "Content Security Policy Level 3 section 3.1: a response may have several policies, of which each is enforced",
		Summary: "The policy against framing is in a second Content-Security-Policy field.",
		Tempts:  ids{"rfc9700-4.16/clickjacking", "rfc9700-4.16/csp"},
		Answer: seam.OnPages(func(r *seam.Response) {
			onPolicy(replacing("; frame-ancestors 'none'", ""))(r)
			r.Header.Add("Content-Security-Policy", "frame-ancestors 'none'")
		}),
	},
	{
		Name:    "frame-options-in-lower-case",
		Role:    AuthorizationServer,
		Allows:  "RFC 7034 section 2.1: the values of X-Frame-Options are compared without regard to case",
		Summary: "The pages have X-Frame-Options: sameorigin.",
		Tempts:  ids{"rfc9700-4.16/clickjacking", "rfc9700-4.16/combined"},
		Answer:  seam.OnPages(seam.HeaderSet("X-Frame-Options", "sameorigin")),
	},
	{
		Name:    "referrer-policy-of-the-origin",
		Role:    AuthorizationServer,
		Allows:  "RFC 9700 section 4.2.4: an appropriate Referrer-Policy; no-referrer is an example",
		Summary: "The pages have Referrer-Policy: same-origin.",
		Tempts:  ids{"rfc9700-4.2.4/referrer-policy"},
		Answer:  seam.OnPages(seam.HeaderSet("Referrer-Policy", "same-origin")),
	},
	{
		Name:    "referrer-policy-in-the-page",
		Role:    AuthorizationServer,
		Allows:  "RFC 9700 section 4.2.4: the policy is part of the referrer meta attribute or a header",
		Summary: "A meta element of the pages has the referrer policy, and no header has.",
		Tempts:  ids{"rfc9700-4.2.4/referrer-policy"},
		Answer: seam.OnPages(seam.Each(seam.HeaderSet("Referrer-Policy", ""),
			seam.Rewritten(`<meta charset="utf-8">`, `<meta charset="utf-8"><meta name="referrer" content="no-referrer">`))),
	},
	{
		Name:    "page-type-in-capitals",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 8.3.1: type and subtype are case-insensitive",
		Summary: "The pages have the Content-Type Text/HTML.",
		Tempts:  ids{"rfc6749-10.12/explicit-consent", "rfc6749-3.1/owner-verified", "form-post-2/form-values"},
		Answer:  seam.OnPages(seam.HeaderSet("Content-Type", `Text/HTML;charset="UTF-8"`)),
	},
	{
		Name:    "no-store-in-capitals",
		Role:    AuthorizationServer,
		Allows:  "RFC 9111 section 5.2: cache directives are compared without regard to case",
		Summary: "The pages have Cache-Control: Private, No-Store, max-age=0.",
		Tempts:  ids{"form-post-2/no-store"},
		Answer:  seam.OnPages(seam.HeaderSet("Cache-Control", "Private, No-Store, max-age=0")),
	},
	{
		Name:    "further-headers-and-cookies",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 5.1: a recipient ignores unrecognized header fields; RFC 6265 section 4.1 lets a server set any cookie",
		Summary: "The pages have more headers, and set a cookie for the language.",
		Tempts:  ids{"rfc6749-3.1/owner-verified", "rfc9700-4.16/clickjacking"},
		Answer: seam.OnPages(func(r *seam.Response) {
			r.Header.Set("Permissions-Policy", "camera=()")
			r.Header.Set("Cross-Origin-Opener-Policy", "same-origin")
			r.Header.Add("Set-Cookie", "language=en; Path=/; Max-Age=3600; SameSite=Lax")
		}),
	},
	{
		Name:    "pages-with-a-search-form",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1: how the server authenticates the resource owner is beyond its scope, and so are its pages",
		Summary: "The pages for signing in and for consent begin with a form that searches the site.",
		Tempts:  ids{"rfc6749-3.1/owner-verified", "rfc6749-10.12/explicit-consent", "rfc6749-4.1.2.1/access-denied"},
		Answer: func(request *http.Request, r *seam.Response) {
			if request.URL.Path == signInPath || request.URL.Path == consentPath {
				seam.OnPages(seam.Rewritten("<main>", `<form action="/search"><label>Search <input type="search" name="q"></label><button>Go</button></form><main>`))(request, r)
			}
		},
	},
	{
		Name:    "forms-without-action",
		Role:    AuthorizationServer,
		Allows:  "HTML section 4.10.21.3: a form without action is sent to the address of its document",
		Summary: "The forms for signing in and for consent have no action.",
		Tempts:  ids{"rfc6749-3.1/owner-verified", "rfc6749-10.12/explicit-consent"},
		Request: func(request *http.Request) {
			if request.Method == http.MethodPost && (request.URL.Path == signInPath || request.URL.Path == consentPath) {
				request.URL.RawQuery = ""
			}
		},
		Answer: func(request *http.Request, r *seam.Response) {
			if request.Method == http.MethodGet && (request.URL.Path == signInPath || request.URL.Path == consentPath) {
				seam.OnPages(seam.Replaced(`<form method="post" action="[^"]*"`, `<form method="post"`))(request, r)
			}
		},
	},
	{
		Name:    "pages-with-base",
		Role:    AuthorizationServer,
		Allows:  "HTML section 4.2.3: a base element says to what the relative addresses of a page are relative",
		Summary: "The pages have a base element, to which their links and forms are relative.",
		Tempts:  ids{"rfc6749-3.1/owner-verified", "rfc6749-10.12/explicit-consent", "rfc9700-4.2.4/no-third-party"},
		Answer: func(request *http.Request, r *seam.Response) {
			seam.OnPages(seam.Each(onPolicy(replacing("base-uri 'none'", "base-uri 'self'")), seam.Replaced(`(href|action)="[^"]*?/(sign-in|consent|sign-out|account/grants|style\.css)`, `$1="$2`),
				seam.Rewritten(`<meta charset="utf-8">`, `<meta charset="utf-8"><base href="`+issuerOf(request)+`/">`)))(request, r)
		},
	},
	{
		Name:    "pages-at-other-paths",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1: how the server authenticates the resource owner, and where, is beyond its scope",
		Summary: "People sign in at /u/login and consent at /u/consent.html.",
		Tempts:  ids{"rfc6749-3.1/owner-verified", "rfc6749-10.12/explicit-consent", "rfc6749-10.12/server-csrf"},
		Request: func(request *http.Request) {
			for path, other := range otherPaths {
				if request.URL.Path == other {
					request.URL.Path = path
				}
			}
		},
		Answer: func(_ *http.Request, r *seam.Response) {
			for path, other := range otherPaths {
				r.Header.Set("Location", strings.Replace(r.Header.Get("Location"), path+"?", other+"?", 1))
				seam.Each(seam.Rewritten(path+`"`, other+`"`), seam.Rewritten(path+"?", other+"?"))(r)
			}
			if r.Header.Get("Location") == "" {
				r.Header.Del("Location")
			}
		},
	},
	{
		Name:    "own-redirects-absolute",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 10.2.2: Location is a URI or a relative reference",
		Summary: "The redirects between the pages of the server are absolute URIs.",
		Tempts:  ids{"rfc6749-3.1/owner-verified", "rfc9700-2.1/no-open-redirector"},
		Answer: seam.OnRedirects(func(request *http.Request, r *seam.Response) {
			if location := r.Header.Get("Location"); strings.HasPrefix(location, "/") {
				issuer := issuerOf(request)
				root, _, _ := strings.Cut(strings.TrimPrefix(issuer, "http://"), "/")
				r.Header.Set("Location", "http://"+root+location)
			}
		}),
	},
})

const (
	signInPath  = "/sign-in"
	consentPath = "/consent"
)

// otherPaths are where pages are in the place of those of the reference.
var otherPaths = map[string]string{signInPath: "/u/login", consentPath: "/u/consent.html"}

// onPolicy edits the Content-Security-Policy of a page.
func onPolicy(edit func(string) string) func(*seam.Response) {
	return func(r *seam.Response) {
		r.Header.Set("Content-Security-Policy", edit(r.Header.Get("Content-Security-Policy")))
	}
}

func replacing(old, by string) func(string) string {
	return func(text string) string { return strings.Replace(text, old, by, 1) }
}

func escaped(text string) string { return html.EscapeString(text) }

// refresh answers with a page that takes the browser elsewhere.
func refresh(r *seam.Response, to string) {
	r.Status = http.StatusOK
	r.Header.Del("Location")
	r.Header.Set("Content-Type", "text/html; charset=utf-8")
	r.Header.Set("X-Frame-Options", "DENY")
	r.Body = []byte(`<!doctype html><html lang="en"><head><title>Back to the application</title><meta http-equiv="refresh" content="0; url=` + escaped(to) + `"></head><body><p>You go on.</p></body></html>`)
}

// issuerOf is the issuer of the realm that a request is for.
func issuerOf(request *http.Request) string { return realm.From(request.Context()).Issuer }
