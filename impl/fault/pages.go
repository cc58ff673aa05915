package fault

import (
	"net/http"
	"strings"
)

// Faults of the authorization server in what it shows to people and asks them.
const (
	SignInSkipped              Name = "sign-in-skipped"
	PasswordNotChecked         Name = "password-not-checked"
	PasswordGuessingUnlimited  Name = "password-guessing-unlimited"
	KnownUsersTold             Name = "known-users-told"
	ConsentSkipped             Name = "consent-skipped"
	ConsentRememberedForAll    Name = "consent-remembered-for-all"
	ConsentOfAnotherSession    Name = "consent-of-another-session"
	ConsentFormReusable        Name = "consent-form-reusable"
	ForgedFormAccepted         Name = "forged-form-accepted"
	ClientNotNamed             Name = "client-not-named"
	UnverifiedNotTold          Name = "unverified-not-told"
	RedirectHostHidden         Name = "redirect-host-hidden"
	LocalhostNotWarned         Name = "localhost-not-warned"
	AccessNotEnded             Name = "access-not-ended"
	ErrorBeforeSignIn          Name = "error-before-sign-in"
	UntrustedRedirectedAtOnce  Name = "untrusted-redirected-at-once"
	PromptNoneAsks             Name = "prompt-none-asks"
	PromptNoneAlwaysRefused    Name = "prompt-none-always-refused"
	PromptNoneWithOthers       Name = "prompt-none-with-others"
	PromptLoginIgnored         Name = "prompt-login-ignored"
	PromptConsentIgnored       Name = "prompt-consent-ignored"
	PromptSelectAccountIgnored Name = "prompt-select-account-ignored"
	MaxAgeIgnored              Name = "max-age-ignored"
	ResponseModeIgnored        Name = "response-mode-ignored"
	FormPostByQuery            Name = "form-post-by-query"
	FormPostToOrigin           Name = "form-post-to-origin"
	// These edit its answers.
	PagesFramed              Name = "pages-framed"
	PagesWithoutPolicy       Name = "pages-without-policy"
	PagesWithoutFrameOptions Name = "pages-without-frame-options"
	PagesWithStrangersImage  Name = "pages-with-strangers-image"
	FormRedirectedByFound    Name = "form-redirected-by-found"
	FormRedirectedWithBody   Name = "form-redirected-with-body"
	FormPostByGet            Name = "form-post-by-get"
	FormPostCacheable        Name = "form-post-cacheable"
)

var peoplesPages = []Fault{}

// pageEdits are the faults that change a page on its way out.
var pageEdits = map[Name]func(*http.Request, *Response){
	ErrorPageEmpty: onErrorPage(func(_ *http.Request, r *Response) { r.Body = nil }),
	ErrorPageReflects: onErrorPage(func(request *http.Request, r *Response) {
		r.Body = append([]byte(request.URL.Query().Get("redirect_uri")), r.Body...)
	}),
	PagesFramed: onPages(func(r *Response) {
		r.Header.Del("X-Frame-Options")
		r.Header.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'")
	}),
	PagesWithoutPolicy:       onPages(func(r *Response) { r.Header.Del("Content-Security-Policy") }),
	PagesWithoutFrameOptions: onPages(func(r *Response) { r.Header.Del("X-Frame-Options") }),
	PagesWithStrangersImage: onPages(func(r *Response) {
		r.Body = []byte(strings.Replace(string(r.Body), "<main>", `<main><img src="https://statistics.example/pixel.png" alt="">`, 1))
	}),
	FormRedirectedByFound:  onForms(from(http.StatusSeeOther, http.StatusFound)),
	FormRedirectedWithBody: onForms(from(http.StatusSeeOther, http.StatusTemporaryRedirect)),
	FormPostByGet: onPages(func(r *Response) {
		r.Body = []byte(strings.Replace(string(r.Body), `<form method="post" action="http`, `<form method="get" action="http`, 1))
	}),
	FormPostCacheable: onPages(func(r *Response) { r.Header.Set("Cache-Control", "max-age=60") }),
}

func onErrorPage(edit func(*http.Request, *Response)) func(*http.Request, *Response) {
	return func(request *http.Request, r *Response) {
		if request.URL.Path == "/oauth/authorize" && r.Status == http.StatusBadRequest {
			edit(request, r)
		}
	}
}

func onPages(edit func(*Response)) func(*http.Request, *Response) {
	return func(_ *http.Request, r *Response) {
		if strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
			edit(r)
		}
	}
}

func onForms(edit func(*Response)) func(*http.Request, *Response) {
	return func(request *http.Request, r *Response) {
		if request.Method == http.MethodPost {
			edit(r)
		}
	}
}
