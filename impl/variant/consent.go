package variant

import (
	"context"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Variant{
	{
		Name:    "clients-of-the-operator-approved",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 3.1.2.4: consent may be established by previous administrative consent; RFC 6749 section 4.1.1: by other means than asking",
		Summary: "A signed-in person is asked to consent only to clients that registered themselves.",
		Tempts:  ids{"rfc6749-10.12/explicit-consent", "oidc-core-3.1.2.4/consent-first", "rfc6749-10.2/owner-informed", "rfc6749-4.1.2.1/access-denied", "oidc-core-3.1.2.1/prompt-none-silent"},
		Departs: ids{"rfc6749-10.2/owner-informed", "rfc6749-10.2/not-automatic", "rfc8252-8.6/consent-again", "oidc-core-3.1.2.1/prompt-consent"},
		Without: ids{"consent_page"},
		Rules:   seam.Instead(authserver.ConsentEstablished, func(client store.Client) bool { return !client.SelfRegistered }),
	},
	{
		Name:    "consent-at-every-request",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 4.1.1: the server obtains a decision by asking the resource owner; nothing has it remember one",
		Summary: "The person is asked for consent each time.",
		Tempts:  ids{"oidc-core-3.1.2.1/hint-not-needed", "oidc-core-3.1.2.1/id-token-hint-mismatch", "oidc-core-3.1.2.1/max-age", "oidc-core-3.1.2.2/hint-issuer"},
		Departs: ids{"oidc-core-3.1.2.1/hint-not-needed", "oidc-core-3.1.2.2/expired-hint"},
		Without: ids{"silent_authorization"},
		Rules:   seam.Instead(authserver.ConsentNeeded, func([]string, token.Scope, token.Scope) bool { return true }),
	},
	{
		Name:    "two-consents-in-a-row",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 4.1.1: the server obtains an authorization decision, however many pages it asks for it",
		Summary: "A person who allowed the access is asked to confirm that on a second page.",
		Tempts:  ids{"rfc6749-4.1.2/code-and-state", "rfc6749-10.12/server-csrf", "rfc6749-3.1/owner-verified"},
		Request: func(request *http.Request) { onConsentForm(request, toConfirm) },
		Answer:  confirmation,
	},
	{
		Name:    "consent-in-other-words",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 4.1.1: the server obtains an authorization decision by asking the resource owner; the words are open",
		Summary: "The buttons of the consent page say Yes, continue and No, thanks, which comes first.",
		Tempts:  ids{"rfc6749-10.12/explicit-consent", "rfc6749-4.1.2.1/access-denied"},
		Answer: seam.OnPage(consentPath, seam.Replaced(`<button type="submit" name="decision" value="approve"[^>]*>Allow</button>\s*<button type="submit" name="decision" value="deny">Deny</button>`,
			`<button name="decision" value="deny">No, thanks</button><button name="decision" value="approve">Yes, continue</button>`)),
	},
	{
		Name:    "consent-by-inputs",
		Role:    AuthorizationServer,
		Allows:  "HTML section 4.10.5.1.18: an input of the type submit is a button",
		Summary: "The buttons of the consent page are inputs with names of their own.",
		Tempts:  ids{"rfc6749-10.12/explicit-consent", "rfc6749-4.1.2.1/access-denied"},
		Request: func(request *http.Request) {
			onConsentForm(request, func(form url.Values) {
				for name, decision := range map[string]string{"accept": "approve", "cancel": "deny"} {
					if form.Has(name) {
						form.Del(name)
						form.Set("decision", decision)
					}
				}
			})
		},
		Answer: seam.OnPage(consentPath, seam.Each(seam.Replaced(`<button type="submit" name="decision" value="approve"[^>]*>Allow</button>`, `<input type="submit" name="accept" value="Accept">`),
			seam.Replaced(`<button type="submit" name="decision" value="deny">Deny</button>`, `<input type="submit" name="cancel" value="Cancel">`))),
	},
	{
		Name:    "consent-in-two-forms",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 4.1.1: the server obtains an authorization decision by asking the resource owner; the form of the page is open",
		Summary: "The consent page has one form to allow and another to deny.",
		Tempts:  ids{"rfc6749-10.12/explicit-consent", "rfc6749-4.1.2.1/access-denied", "rfc6749-10.12/server-csrf"},
		Answer:  seam.OnPage(consentPath, inTwoForms),
	},
	{
		Name:    "denial-by-link",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 4.1.2.1: the resource owner denies the request, by whatever the page offers for it",
		Summary: "The consent page has a link that denies.",
		Tempts:  ids{"rfc6749-4.1.2.1/access-denied", "oidc-core-3.1.2.1/prompt-consent-error"},
		Request: deniedByLink,
		Answer: seam.OnPage(consentPath, func(r *seam.Response) {
			fields := hiddenField.FindAllStringSubmatch(string(r.Body), -1)
			query := url.Values{"deny": {"1"}}
			for _, field := range fields {
				query.Set(field[1], html.UnescapeString(field[2]))
			}
			seam.Replaced(`<button type="submit" name="decision" value="deny">Deny</button>`, `<a href="consent?`+escaped(query.Encode())+`">Cancel and go back</a>`)(r)
		}),
	},
	{
		Name:    "consent-to-all-or-nothing",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.3: the server may ignore the scope fully or partially by the resource owner's instructions, and need not",
		Summary: "The consent page lists the scope and offers no choice.",
		Tempts:  ids{"rfc6749-3.3/narrowed-consent", "mcp-security-scope-minimization/subset-issued", "oidc-core-11/offline-needs-consent"},
		Without: ids{"partial_consent"},
		Answer:  seam.OnPage(consentPath, seam.Replaced(`<label class="choice"><input type="checkbox"( name="scope" value="[^"]*") checked>([^<]*)</label>`, `<p><input type="hidden"$1>$2</p>`)),
	},
	{
		Name:    "no-sentence-of-warning",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 5: the server treats client metadata as self-asserted; how it tells people of that is open",
		Summary: "The consent page names the client and its host without any warning.",
		Tempts:  ids{"rfc7591-5/self-asserted", "rfc7591-5/impersonation", "oauth-2.1-consent-phishing/unknown-clients"},
		Departs: ids{"oauth-2.1-consent-phishing/unknown-clients", "mcp-2026-07-28-localhost-redirect-uri-risks/warning", "mcp-security-localhost-redirect-uri-impersonation/countermeasures", "rfc6749-3.1.2.1/insecure-warned"},
		Rules: onConsentPage(func(page *pages.Consent) {
			page.Unverified, page.Namesake, page.Local, page.Unencrypted = false, false, false, false
		}),
	},
	{
		Name:    "warning-in-other-words",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 5: the server treats client metadata as self-asserted; the words that tell people so are open",
		Summary: "The consent page says in other words that nobody has reviewed the client.",
		Tempts:  ids{"rfc7591-5/self-asserted", "oauth-2.1-consent-phishing/unknown-clients", "mcp-2026-07-28-localhost-redirect-uri-risks/warning"},
		Answer: seam.OnPage(consentPath, seam.Replaced(`<div class="warning" role="note">\s*<h2>[^<]*</h2>[\s\S]*?</div>`,
			`<div role="alert"><p>This app is not affiliated with us and we have not reviewed it. Its name and its address could be fake. Proceed at your own risk.</p></div>`)),
	},
	{
		Name:    "denial-told-before-the-return",
		Role:    AuthorizationServer,
		Allows:  "RFC 9700 section 4.11.2: a server that does not trust a redirect URI may inform the user and rely on them to decide",
		Summary: "A person who denied goes back to the client by a link.",
		Tempts:  ids{"rfc6749-4.1.2.1/access-denied", "oidc-core-3.1.2.6/error-with-state", "rfc9207-2/iss-in-response"},
		Answer: seam.OnReturns(func(request *http.Request, r *seam.Response, to *url.URL) {
			if request.URL.Path == consentPath && to.Query().Get("error") == "access_denied" {
				asPage(r, "You shared nothing", `<p><a href="`+escaped(to.String())+`">Back to the application</a></p>`)
			}
		}),
	},
	{
		Name:    "page-between-sign-in-and-consent",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.1: how the server authenticates the resource owner is beyond its scope, and so is what it shows afterwards",
		Summary: "A page welcomes a person who signed in, before the consent page.",
		Tempts:  ids{"rfc6749-3.1/owner-verified", "rfc6749-10.12/explicit-consent", "rfc6749-10.2/owner-informed"},
		Answer: seam.OnRedirects(func(request *http.Request, r *seam.Response) {
			to, err := url.Parse(r.Header.Get("Location"))
			if err == nil && request.Method == http.MethodPost && request.URL.Path == signInPath && strings.HasSuffix(to.Path, consentPath) {
				asPage(r, "Welcome back", `<form action="`+escaped(to.Path)+`"><input type="hidden" name="request" value="`+escaped(to.Query().Get("request"))+`"><button>Continue</button></form>`)
			}
		}),
	},
})

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// onConsentForm edits the form that the consent page sends.
func onConsentForm(request *http.Request, edit func(url.Values)) {
	if request.Method == http.MethodPost {
		seam.OnParameters(consentPath, edit)(request)
	}
}

// toConfirm takes the decision out of an approval that was not confirmed.
func toConfirm(form url.Values) {
	if form.Get("decision") == "approve" && !form.Has("confirmed") {
		form.Set("decision", "to be confirmed")
	}
	form.Del("confirmed")
}

// confirmation asks again in the place of the page that misses the decision.
func confirmation(request *http.Request, r *seam.Response) {
	form := parametersOf(request)
	if request.URL.Path != consentPath || form.Get("decision") != "to be confirmed" || r.Status != http.StatusBadRequest {
		return
	}
	var fields strings.Builder
	for _, name := range []string{"csrf", "request", "scope"} {
		for _, value := range form[name] {
			fields.WriteString(`<input type="hidden" name="` + name + `" value="` + escaped(value) + `">`)
		}
	}
	asPage(r, "Are you sure?", `<form method="post" action="">`+fields.String()+
		`<input type="hidden" name="confirmed" value="yes"><button name="decision" value="approve">Confirm</button><button name="decision" value="deny">Cancel</button></form>`)
	r.Status = http.StatusOK
}

var decisionButtons = regexp.MustCompile(`(?s)(<form method="post" action="[^"]*">)(.*?)<div class="buttons">\s*(<button[^>]*value="approve"[^>]*>Allow</button>)\s*(<button[^>]*value="deny"[^>]*>Deny</button>)\s*</div>\s*</form>`)

// inTwoForms gives each button of the consent page a form.
func inTwoForms(r *seam.Response) {
	var fields strings.Builder
	for _, field := range hiddenField.FindAllString(string(r.Body), -1) {
		fields.WriteString(field)
	}
	by := `<form method="post" action="consent">` + strings.ReplaceAll(fields.String(), "$", "$$") + `$4</form>$1$2$3</form>`
	r.Body = decisionButtons.ReplaceAll(r.Body, []byte(by))
}

// deniedByLink makes the denial of a form of what a link says.
func deniedByLink(request *http.Request) {
	query := request.URL.Query()
	if request.URL.Path != consentPath || request.Method != http.MethodGet || !query.Has("deny") {
		return
	}
	query.Del("deny")
	query.Set("decision", "deny")
	posted, _ := http.NewRequest(http.MethodPost, consentPath, strings.NewReader(query.Encode()))
	request.Method, request.Body, request.ContentLength = posted.Method, posted.Body, posted.ContentLength
	request.URL.RawQuery = ""
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
}

// onConsentPage edits what the page for consent says.
func onConsentPage(edit func(page *pages.Consent)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.ConsentPage.In(in)
		authserver.ConsentPage.Replace(in, func(ctx context.Context, client store.Client, redirectURI string) (pages.Consent, error) {
			page, err := held(ctx, client, redirectURI)
			edit(&page)
			return page, err
		})
	}
}

// asPage answers with a page of this server.
func asPage(r *seam.Response, heading, content string) {
	r.Status = http.StatusOK
	r.Header.Del("Location")
	r.Header.Set("Content-Type", "text/html; charset=utf-8")
	r.Header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	r.Header.Set("X-Frame-Options", "DENY")
	r.Body = []byte(`<!doctype html><html lang="en"><head><title>` + heading + `</title></head><body><main><h1>` + heading + `</h1>` + content + `</main></body></html>`)
}
