package variant

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

// How the server authenticates the resource owner is beyond the scope of OAuth.
var _ = add([]Variant{
	{
		Name:    "no-single-sign-on",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1: the way of authenticating the resource owner is beyond its scope; nothing has a server remember a sign-in",
		Summary: "Every authorization request asks for the password.",
		Tempts:  ids{"rfc6749-10.12/explicit-consent", "oidc-core-3.1.2.1/hint-not-needed", "oidc-core-3.1.2.1/max-age", "oidc-core-3.1.2.1/id-token-hint-mismatch", "rfc9700-4.11.2/trusted-redirects"},
		Departs: ids{"oidc-core-3.1.2.1/hint-not-needed", "oidc-core-3.1.2.2/expired-hint"},
		Without: ids{"silent_authorization"},
		Request: func(r *http.Request) {
			if r.URL.Path == seam.AuthorizationEndpoint {
				r.Header.Del("Cookie")
			}
		},
	},
	{
		Name:    "name-before-password",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1: the way of authenticating the resource owner is beyond its scope",
		Summary: "A page asks for the user name, and the next one for the password.",
		Tempts:  ids{"rfc6749-3.1/owner-verified", "rfc6749-10.10/user-credentials", "oidc-core-3.1.2.3/user-authenticated"},
		Answer:  nameBeforePassword,
	},
	{
		Name:    "wrong-password-without-form",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1: the server verifies the identity of the resource owner; how it refuses a wrong password is open",
		Summary: "A wrong password is answered with 403 and a page without a form.",
		Tempts:  ids{"rfc6749-3.1/owner-verified", "rfc6749-10.10/user-credentials"},
		Answer: onWrongPassword(func(r *seam.Response) {
			asPage(r, "Access denied", "<p>Wrong user name or password.</p>")
			r.Status = http.StatusForbidden
		}),
	},
	{
		Name:    "wrong-password-with-200",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1: the way of authenticating the resource owner is beyond its scope, and so is the status of its pages",
		Summary: "A wrong password is answered with 200 and the form again.",
		Tempts:  ids{"rfc6749-3.1/owner-verified", "rfc6749-10.10/user-credentials"},
		Answer:  onWrongPassword(seam.From(http.StatusForbidden, http.StatusOK)),
	},
	{
		Name:    "wrong-password-after-redirect",
		Role:    AuthorizationServer,
		Allows:  "RFC 9700 section 4.12: a form is answered with 303; RFC 6749 section 3.1 leaves the sign-in to the server",
		Summary: "A wrong password is answered with a redirect to the sign-in page.",
		Tempts:  ids{"rfc6749-3.1/owner-verified", "rfc9700-4.12/see-other", "rfc6749-10.10/user-credentials"},
		Answer: func(request *http.Request, r *seam.Response) {
			onWrongPassword(func(r *seam.Response) {
				r.Status, r.Body = http.StatusSeeOther, nil
				r.Header.Set("Location", issuerOf(request)+signInPath+"?"+url.Values{"request": {parametersOf(request).Get("request")}}.Encode())
			})(request, r)
		},
	},
	{
		Name:    "sign-in-fields-with-other-names",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1: the way of authenticating the resource owner is beyond its scope",
		Summary: "The fields of the sign-in page are named j_user and j_secret, and tell no purpose.",
		Tempts:  ids{"rfc6749-3.1/owner-verified"},
		Request: seam.OnParameters(signInPath, func(form url.Values) {
			for name, other := range map[string]string{"username": "j_user", "password": "j_secret"} {
				if form.Has(other) {
					form[name] = form[other]
					form.Del(other)
				}
			}
		}),
		Answer: seam.OnPage(signInPath, seam.Each(
			seam.Rewritten(`name="username"`, `name="j_user"`), seam.Rewritten(`name="password"`, `name="j_secret"`), seam.Replaced(` autocomplete="[^"]*"`, ""))),
	},
	{
		Name:    "stay-signed-in-offered",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1: the way of authenticating the resource owner is beyond its scope",
		Summary: "The sign-in page has a box to stay signed in, and a link for a forgotten password.",
		Tempts:  ids{"rfc6749-3.1/owner-verified", "rfc9700-4.2.4/no-third-party"},
		Request: seam.OnParameters(signInPath, func(form url.Values) { form.Del("remember") }),
		Answer: seam.OnPage(signInPath, seam.Rewritten(`<div class="buttons">`,
			`<label><input type="checkbox" name="remember" value="1"> Stay signed in</label> <a href="password">Forgot your password?</a><div class="buttons">`)),
	},
	{
		Name:    "sign-out-at-once",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect RP-Initiated Logout section 2: a server asks whether to sign out only where it wants to",
		Summary: "The sign-out page has signed the browser out when it is shown.",
		Tempts:  ids{"rfc6749-3.1/owner-verified"},
		Without: []string{"end_of_access_at_sign_out"},
		Answer: func(request *http.Request, r *seam.Response) {
			if request.URL.Path == "/sign-out" && request.Method == http.MethodGet {
				asPage(r, "You are signed out", "<p>Good bye.</p>")
				r.Header.Del("Set-Cookie")
				path, _ := url.Parse(issuerOf(request))
				r.Header.Set("Set-Cookie", "grantproof=; Path="+path.Path+"/; Max-Age=0")
			}
		},
	},
})

// onWrongPassword edits the answer to a name or a password that is wrong.
func onWrongPassword(edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return func(request *http.Request, r *seam.Response) {
		if request.URL.Path == signInPath && request.Method == http.MethodPost && r.Status == http.StatusForbidden {
			edit(r)
		}
	}
}

// nameBeforePassword leaves of the sign-in page what is its turn.
func nameBeforePassword(request *http.Request, r *seam.Response) {
	if request.URL.Path != signInPath || request.Method != http.MethodGet {
		return
	}
	username := request.URL.Query().Get("username")
	edit := seam.Each(seam.Replaced(`<form method="post"`, `<form method="get"`), seam.Replaced(`<input type="hidden" name="csrf"[^>]*>`, ""),
		seam.Replaced(`<label for="password">Password</label>\s*<input id="password"[^>]*>`, ""))
	if username != "" {
		edit = seam.Replaced(`<input id="username"[^>]*>`, `<strong>`+strings.ReplaceAll(escaped(username), "$", "$$")+`</strong><input type="hidden" name="username" value="`+strings.ReplaceAll(escaped(username), "$", "$$")+`">`)
	}
	seam.OnPages(edit)(request, r)
}
