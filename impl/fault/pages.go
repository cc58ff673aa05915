package fault

import (
	"html"
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
	SignOutIneffective         Name = "sign-out-ineffective"
	// These edit its answers.
	PagesFramed              Name = "pages-framed"
	PagesWithoutPolicy       Name = "pages-without-policy"
	PagesWithoutFrameOptions Name = "pages-without-frame-options"
	PagesWithStrangersImage  Name = "pages-with-strangers-image"
	FormRedirectedByFound    Name = "form-redirected-by-found"
	FormRedirectedWithBody   Name = "form-redirected-with-body"
	FormPostByGet            Name = "form-post-by-get"
	ClientNameUnescaped      Name = "client-name-unescaped"
	FormPostCacheable        Name = "form-post-cacheable"
)

var peoplesPages = []Fault{
	{SignInSkipped, AuthorizationServer, ids{"rfc6749-3.1/owner-verified", "oidc-core-3.1.2.3/user-authenticated", "rfc6749-10.2/owner-authenticated"}, "Whoever opens the pages is taken for the resource owner."},
	{PasswordNotChecked, AuthorizationServer, ids{"rfc6749-3.1/owner-verified"}, "A known name signs in with any password."},
	{SignOutIneffective, AuthorizationServer, ids{"rfc6749-3.1/owner-verified"}, "Who signs out stays signed in."},
	{PasswordGuessingUnlimited, AuthorizationServer, ids{"rfc6749-10.10/user-credentials"}, "Passwords may be guessed as often and as fast as one likes."},
	{KnownUsersTold, AuthorizationServer, ids{"rfc6749-10.10/user-credentials"}, "A wrong password is answered differently where the user exists."},
	{ConsentSkipped, AuthorizationServer, ids{"rfc6749-10.12/explicit-consent", "oidc-core-3.1.2.4/consent-first"}, "Whoever has signed in is not asked what the client may do."},
	{ConsentRememberedForAll, AuthorizationServer, ids{"rfc6749-10.2/not-automatic", "rfc8252-8.6/consent-again"}, "An approval counts for whoever asks in the name of a public client later."},
	{ConsentOfAnotherSession, AuthorizationServer, ids{"rfc6749-10.12/server-csrf"}, "An approval counts in whichever session it is sent."},
	{ConsentFormReusable, AuthorizationServer, ids{"rfc6749-10.12/explicit-consent"}, "An approval counts as often as it is sent."},
	{ForgedFormAccepted, AuthorizationServer, ids{"rfc6749-10.12/server-csrf", "oidc-core-3.1.2.3/csrf-and-clickjacking"}, "Forms of other sites are taken for those of the person."},
	{ClientNotNamed, AuthorizationServer, ids{"rfc6749-10.2/owner-informed", "oauth-2.1-consent-phishing/clear-prompt"}, "The person is asked about an application and not told which."},
	{UnverifiedNotTold, AuthorizationServer, ids{"rfc7591-5/self-asserted", "oauth-2.1-consent-phishing/unknown-clients"}, "A client that registered itself looks like every other."},
	{RedirectHostHidden, AuthorizationServer, ids{"mcp-security-localhost-redirect-uri-impersonation/countermeasures", "mcp-2026-07-28-localhost-redirect-uri-risks/hostname-shown"}, "The person does not see where the approval leads."},
	{LocalhostNotWarned, AuthorizationServer, ids{"mcp-security-localhost-redirect-uri-impersonation/countermeasures", "mcp-2026-07-28-localhost-redirect-uri-risks/warning"}, "The person does not hear that any program can have a localhost address."},
	{AccessNotEnded, AuthorizationServer, ids{"oauth-2.1-consent-phishing/grants-revocable"}, "An access that the person ended goes on."},
	{ErrorBeforeSignIn, AuthorizationServer, ids{"rfc9700-4.11.2/user-first"}, "Whoever follows a faulty link is sent on to the client at once."},
	{UntrustedRedirectedAtOnce, AuthorizationServer, ids{"rfc9700-4.11.2/trusted-redirects", "mcp-2026-07-28-open-redirection/automatic-redirect"}, "A faulty request sends the person on to a client that nobody knows."},
	{PromptNoneAsks, AuthorizationServer, ids{"oidc-core-15.1/prompt-supported", "oidc-core-3.1.2.1/prompt-none-silent", "oidc-core-3.1.2.3/prompt-none-error"}, "With prompt=none pages are shown."},
	{PromptNoneAlwaysRefused, AuthorizationServer, ids{"oidc-core-3.1.2.1/hint-not-needed"}, "With prompt=none nobody ever gets a code."},
	{PromptNoneWithOthers, AuthorizationServer, ids{"oidc-core-3.1.2.1/prompt-none-alone"}, "Beside prompt=none other values are not looked at."},
	{PromptLoginIgnored, AuthorizationServer, ids{"oidc-core-15.1/prompt-supported", "oidc-core-3.1.2.1/prompt-login", "oidc-core-3.1.2.3/prompt-login-again"}, "With prompt=login nobody signs in again."},
	{PromptConsentIgnored, AuthorizationServer, ids{"oidc-core-3.1.2.1/prompt-consent", "oidc-core-3.1.2.1/prompt-consent-error"}, "With prompt=consent nobody is asked again."},
	{PromptSelectAccountIgnored, AuthorizationServer, ids{"oidc-core-3.1.2.1/prompt-select-account"}, "With prompt=select_account nobody can change the account."},
	{MaxAgeIgnored, AuthorizationServer, ids{"oidc-core-15.1/max-age-supported", "oidc-core-3.1.2.1/max-age"}, "It does not matter how long ago the person signed in."},
	{ResponseModeIgnored, AuthorizationServer, ids{"oidc-core-3.1.2.6/response-mode-unsupported"}, "An unknown response mode is taken for query."},
	{FormPostByQuery, AuthorizationServer, ids{"form-post-2/form-values"}, "The response mode form_post is taken for query."},
	{FormPostToOrigin, AuthorizationServer, ids{"form-post-2/action"}, "The form of the response mode form_post goes to the host of the client only."},
	{FormPostByGet, AuthorizationServer, ids{"form-post-2/method"}, "The form of the response mode form_post is sent by GET."},
	{FormPostCacheable, AuthorizationServer, ids{"form-post-2/no-store"}, "The form of the response mode form_post may be stored."},
	{PagesFramed, AuthorizationServer, ids{"rfc9700-4.16/clickjacking", "rfc9700-4.16/csp", "rfc9700-4.16/combined", "oidc-core-3.1.2.3/csrf-and-clickjacking"}, "Other sites may frame the pages."},
	{PagesWithoutPolicy, AuthorizationServer, ids{"rfc9700-4.16/csp"}, "The pages have no Content Security Policy."},
	{PagesWithoutFrameOptions, AuthorizationServer, ids{"rfc9700-4.16/combined"}, "The pages have no X-Frame-Options."},
	{PagesWithStrangersImage, AuthorizationServer, ids{"rfc9700-4.2.4/no-third-party"}, "The pages load an image from elsewhere."},
	{ClientNameUnescaped, AuthorizationServer, ids{"rfc6749-10.14/server-input"}, "The name of a client is part of the page's code."},
	{FormRedirectedByFound, AuthorizationServer, ids{"rfc9700-4.12/see-other"}, "Forms are answered with 302."},
	{FormRedirectedWithBody, AuthorizationServer, ids{"rfc9700-4.12/no-307", "rfc9700-4.12/see-other"}, "Forms are answered with 307, so that the browser sends the password on."},
}

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
	ClientNameUnescaped: onPages(func(r *Response) { r.Body = []byte(html.UnescapeString(string(r.Body))) }),
	FormPostCacheable:   onPages(func(r *Response) { r.Header.Set("Cache-Control", "max-age=60") }),
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
