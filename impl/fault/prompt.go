package fault

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Fault{
	{
		Name:     "offline-access-not-asked",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-11/offline-needs-consent", "oidc-core-11/web-client-consent", "oidc-core-11/native-client-consent"},
		Summary:  "A remembered approval skips the consent page for offline access.",
		Rules: func(in rule.Replaced) {
			held := authserver.ConsentNeeded.In(in)
			authserver.ConsentNeeded.Replace(in, func(prompt []string, scope, allowed token.Scope) bool {
				if scope.Has("offline_access") && !slices.Contains(prompt, "consent") {
					return false
				}
				return held(prompt, scope, allowed)
			})
		},
	},
	{
		Name:     "consent-skipped",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.12/explicit-consent", "oidc-core-3.1.2.4/consent-first"},
		Summary:  "A signed-in person is not asked for consent.",
		Rules:    seam.Instead(authserver.ConsentNeeded, func([]string, token.Scope, token.Scope) bool { return false }),
	},
	{
		Name:     "consent-remembered-for-all",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.2/not-automatic", "rfc8252-8.6/consent-again"},
		Summary:  "A remembered approval skips the consent page for any request with a public client's client_id.",
		Rules:    seam.Instead(authserver.ClientRecognizable, func(store.Client, string) bool { return true }),
	},
	{
		Name:     "prompt-none-with-others",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/prompt-none-alone"},
		Summary:  "Other values beside prompt=none are ignored instead of refused.",
		Request: onPrompt(func(prompt []string) []string {
			if slices.Contains(prompt, "none") {
				return []string{"none"}
			}
			return prompt
		}),
	},
	{
		Name:     "prompt-login-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/prompt-supported", "oidc-core-3.1.2.1/prompt-login", "oidc-core-3.1.2.3/prompt-login-again"},
		Summary:  "A request with prompt=login does not ask the person to sign in again.",
		Request:  onPrompt(func(prompt []string) []string { return drop(prompt, "login") }),
	},
	{
		Name:     "prompt-consent-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/prompt-consent", "oidc-core-3.1.2.1/prompt-consent-error"},
		Summary:  "A request with prompt=consent does not ask for consent again.",
		Request:  onPrompt(func(prompt []string) []string { return drop(prompt, "consent") }),
	},
	{
		Name:     "prompt-select-account-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/prompt-select-account"},
		Summary:  "A request with prompt=select_account does not offer another account.",
		Request:  onPrompt(func(prompt []string) []string { return drop(prompt, "select_account") }),
	},
	{
		Name:     "max-age-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/max-age-supported", "oidc-core-3.1.2.1/max-age"},
		Summary:  "The max_age of a request is ignored.",
		Request:  seam.OnParameters(authorizationEndpoint, func(parameters url.Values) { parameters.Del("max_age") }),
	},
})

// onPrompt edits the values of prompt in an authorization request.
func onPrompt(edit func([]string) []string) func(*http.Request) {
	return seam.OnParameters(authorizationEndpoint, func(parameters url.Values) {
		if prompt := edit(strings.Fields(parameters.Get("prompt"))); len(prompt) > 0 {
			parameters.Set("prompt", strings.Join(prompt, " "))
		} else {
			parameters.Del("prompt")
		}
	})
}

// drop leaves a value out.
func drop(values []string, dropped string) []string {
	return slices.DeleteFunc(values, func(value string) bool { return value == dropped })
}
