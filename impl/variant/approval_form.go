package variant

import (
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/wire"
)

// How a server keeps a form from being sent in somebody's name is open.
var _ = add([]Variant{
	{
		Name:    "forged-approval-told-to-the-client",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 10.12: the attack has to fail; section 4.1.2.1 has a failed request answered to the client",
		Summary: "A forged or repeated approval returns to the client with access_denied.",
		Tempts:  ids{"rfc6749-10.12/server-csrf", "rfc6749-10.12/explicit-consent", "oidc-core-3.1.2.3/csrf-and-clickjacking"},
		Edits:   forgeryToldToClient,
	},
	{
		Name:    "forged-approval-shown-again",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 10.12: the attack has to fail; how the server shows that is open",
		Summary: "A forged approval is answered with a page that has status 200.",
		Tempts:  ids{"rfc6749-10.12/server-csrf", "rfc6749-10.12/explicit-consent"},
		Answer: func(request *http.Request, r *seam.Response) {
			if isForgery(request, r) {
				r.Status = http.StatusOK
			}
		},
	},
	{
		Name:    "forged-approval-to-the-start",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 10.12: the attack has to fail; how the server shows that is open",
		Summary: "A forged approval is redirected to the start page of the server.",
		Tempts:  ids{"rfc6749-10.12/server-csrf", "rfc6749-10.12/explicit-consent"},
		Answer: func(request *http.Request, r *seam.Response) {
			if isForgery(request, r) {
				r.Status = http.StatusSeeOther
				r.Header.Set("Location", issuerOf(request)+"/sign-out?error=csrf")
			}
		},
	},
	{
		Name:    "approval-bound-without-cookie",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 10.12: the user agent's authenticated state is protected; a form that carries the whole authority uses none of it",
		Summary: "The consent form says in an unguessable value for whom it was made, and no cookie counts.",
		Tempts:  ids{"rfc6749-10.12/server-csrf", "oidc-core-3.1.2.3/csrf-and-clickjacking"},
		Edits:   boundWithoutCookie,
	},
	{
		Name:    "approval-protected-by-same-site",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 10.12: the server implements protection against request forgery; draft-ietf-httpbis-rfc6265bis section 5.6.7: SameSite keeps a cookie from requests of other sites",
		Summary: "The cookie of the session is SameSite=Strict, and forms prove nothing else.",
		Tempts:  ids{"rfc6749-10.12/server-csrf", "oidc-core-3.1.2.3/csrf-and-clickjacking"},
		Request: func(r *http.Request) {
			if r.Header.Get("Cookie") != "" { // Scripts of other origins send none.
				seam.WithoutOrigin(r)
			}
		},
		Rules: seam.Instead(authserver.FormOfSession, func(string, string) bool { return true }),
		Answer: func(_ *http.Request, r *seam.Response) {
			for i, cookie := range r.Header["Set-Cookie"] {
				r.Header["Set-Cookie"][i] = strings.Replace(cookie, "SameSite=Lax", "SameSite=Strict", 1)
			}
		},
	},
	{
		Name:    "approval-sent-again-answered-again",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 10.12: no other party obtains authorization; the resource owner may send their own form again",
		Summary: "The resource owner's own approval returns a code each time that it is sent.",
		Tempts:  ids{"rfc6749-10.12/explicit-consent", "rfc6749-10.12/server-csrf"},
		Store:   seam.ForgettingAnswers,
	},
})

// isForgery tells the answer to a form of the consent page that was none of ours, or
// was answered before.
func isForgery(request *http.Request, r *seam.Response) bool {
	return request.Method == http.MethodPost && request.URL.Path == consentPath && seam.IsPage(r) &&
		(r.Status == http.StatusForbidden || r.Status == http.StatusBadRequest && strings.Contains(string(r.Body), "answered before"))
}

// forgeryToldToClient remembers where the requests that wait return to.
func forgeryToldToClient() (func(*http.Request), func(*http.Request, *seam.Response)) {
	var waiting sync.Map // The id of a request → its parameters.
	return nil, func(request *http.Request, r *seam.Response) {
		if to, err := url.Parse(r.Header.Get("Location")); err == nil && request.URL.Path == seam.AuthorizationEndpoint && to.Query().Has("request") {
			waiting.Store(to.Query().Get("request"), parametersOf(request))
		}
		if !isForgery(request, r) {
			return
		}
		asked, known := waiting.Load(parametersOf(request).Get("request"))
		if !known {
			return
		}
		sent := asked.(url.Values)
		to, err := url.Parse(sent.Get("redirect_uri"))
		if err != nil || !to.IsAbs() {
			return
		}
		query := to.Query()
		query.Set("error", "access_denied")
		query.Set("iss", issuerOf(request))
		if sent.Has("state") {
			query.Set("state", sent.Get("state"))
		}
		to.RawQuery = query.Encode()
		r.Status = http.StatusSeeOther
		r.Header.Set("Location", to.String())
		r.Body = nil
	}
}

// boundWithoutCookie takes the session that a form was made for, whoever sends it.
func boundWithoutCookie() (func(*http.Request), func(*http.Request, *seam.Response)) {
	var made sync.Map // The secret of a form → the cookie that it was made for.
	request := func(r *http.Request) {
		if r.Method != http.MethodPost || r.URL.Path != consentPath {
			return
		}
		seam.WithoutOrigin(r)
		r.Header.Del("Cookie")
		seam.OnParameters(consentPath, func(form url.Values) {
			if cookie, known := made.Load(form.Get("csrf") + form.Get("request")); known {
				r.Header.Set("Cookie", cookie.(string))
			}
		})(r)
	}
	return request, func(request *http.Request, r *seam.Response) {
		if request.URL.Path != consentPath || !seam.IsPage(r) || r.Status != http.StatusOK {
			return
		}
		form := ""
		for _, field := range hiddenField.FindAllStringSubmatch(string(r.Body), -1) {
			form += field[2]
		}
		made.Store(form, request.Header.Get("Cookie"))
	}
}

// parametersOf are those of a request that was answered.
func parametersOf(request *http.Request) url.Values {
	return wire.FromContext(request.Context()).Parameters
}
