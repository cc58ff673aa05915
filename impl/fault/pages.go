package fault

import (
	"github.com/grantproof/grantproof/impl/seam"
	"html"
	"net/http"
	"strings"
)

var _ = add([]Fault{
	{
		Name:     "error-page-empty",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.4/owner-informed"},
		Summary:  "The page about an unknown redirect URI is empty.",
		Answer:   onErrorPage(func(_ *http.Request, r *seam.Response) { r.Body = nil }),
	},
	{
		Name:     "error-page-reflects",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.14/server-input"},
		Summary:  "The page about an unknown redirect URI shows the URI unescaped.",
		Answer: onErrorPage(func(request *http.Request, r *seam.Response) {
			r.Body = append([]byte(request.URL.Query().Get("redirect_uri")), r.Body...)
		}),
	},
	{
		Name:     "pages-framed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.16/clickjacking", "rfc9700-4.16/csp", "rfc9700-4.16/combined", "oidc-core-3.1.2.3/csrf-and-clickjacking"},
		Summary:  "The pages allow other sites to frame them.",
		Answer: seam.OnPages(func(r *seam.Response) {
			r.Header.Del("X-Frame-Options")
			r.Header.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'")
		}),
	},
	{
		Name:     "pages-without-policy",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.16/csp"},
		Summary:  "The pages have no Content Security Policy.",
		Answer:   seam.OnPages(func(r *seam.Response) { r.Header.Del("Content-Security-Policy") }),
	},
	{
		Name:     "pages-without-frame-options",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.16/combined"},
		Summary:  "The pages have no X-Frame-Options.",
		Answer:   seam.OnPages(func(r *seam.Response) { r.Header.Del("X-Frame-Options") }),
	},
	{
		Name:     "pages-with-strangers-image",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.2.4/no-third-party"},
		Summary:  "The pages load an image from another host.",
		Answer: seam.OnPages(func(r *seam.Response) {
			r.Body = []byte(strings.Replace(string(r.Body), "<main>", `<main><img src="https://statistics.example/pixel.png" alt="">`, 1))
		}),
	},
	{
		Name:     "client-name-unescaped",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.14/server-input"},
		Summary:  "The client name is not escaped in the HTML of the pages.",
		Answer:   seam.OnPages(func(r *seam.Response) { r.Body = []byte(html.UnescapeString(string(r.Body))) }),
	},
	{
		Name:     "form-redirected-by-found",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.12/see-other"},
		Summary:  "Form submissions redirect with 302.",
		Answer:   onForms(seam.From(http.StatusSeeOther, http.StatusFound)),
	},
	{
		Name:     "form-redirected-with-body",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.12/no-307", "rfc9700-4.12/see-other"},
		Summary:  "Form submissions redirect with 307, so the browser sends the password on.",
		Answer:   onForms(seam.From(http.StatusSeeOther, http.StatusTemporaryRedirect)),
	},
})

func onErrorPage(edit func(*http.Request, *seam.Response)) func(*http.Request, *seam.Response) {
	return func(request *http.Request, r *seam.Response) {
		if request.URL.Path == "/oauth/authorize" && r.Status == http.StatusBadRequest {
			edit(request, r)
		}
	}
}

func onForms(edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return func(request *http.Request, r *seam.Response) {
		if request.Method == http.MethodPost {
			edit(r)
		}
	}
}
