package fault

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Fault{
	{
		Name:     "offline-access-not-asked",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-11/offline-needs-consent", "oidc-core-11/web-client-consent", "oidc-core-11/native-client-consent"},
		Summary:  "Whoever approved a client once is not asked whether it may have access while they are away.",
		Rules: instead(authserver.ConsentNeeded, func(prompt []string, scope, allowed token.Scope) bool {
			if scope.Has("offline_access") && !slices.Contains(prompt, "consent") {
				return false
			}
			return authserver.ConsentNeeded.Sound(prompt, scope, allowed)
		}),
	},
	{
		Name:     "consent-skipped",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.12/explicit-consent", "oidc-core-3.1.2.4/consent-first"},
		Summary:  "Whoever has signed in is not asked what the client may do.",
		Rules:    instead(authserver.ConsentNeeded, func([]string, token.Scope, token.Scope) bool { return false }),
	},
	{
		Name:     "consent-remembered-for-all",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.2/not-automatic", "rfc8252-8.6/consent-again"},
		Summary:  "An approval counts for whoever asks in the name of a public client later.",
		Rules:    instead(authserver.ClientRecognizable, func(store.Client, string) bool { return true }),
	},
	{
		Name:     "prompt-none-with-others",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/prompt-none-alone"},
		Summary:  "Beside prompt=none other values are not looked at.",
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
		Summary:  "With prompt=login nobody signs in again.",
		Request:  onPrompt(func(prompt []string) []string { return drop(prompt, "login") }),
	},
	{
		Name:     "prompt-consent-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/prompt-consent", "oidc-core-3.1.2.1/prompt-consent-error"},
		Summary:  "With prompt=consent nobody is asked again.",
		Request:  onPrompt(func(prompt []string) []string { return drop(prompt, "consent") }),
	},
	{
		Name:     "prompt-select-account-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/prompt-select-account"},
		Summary:  "With prompt=select_account nobody can change the account.",
		Request:  onPrompt(func(prompt []string) []string { return drop(prompt, "select_account") }),
	},
	{
		Name:     "max-age-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/max-age-supported", "oidc-core-3.1.2.1/max-age"},
		Summary:  "It does not matter how long ago the person signed in.",
		Request:  onParameters(authorizationEndpoint, func(parameters url.Values) { parameters.Del("max_age") }),
	},
})

// onPrompt edits the values of prompt in an authorization request.
func onPrompt(edit func([]string) []string) func(*http.Request) {
	return onParameters(authorizationEndpoint, func(parameters url.Values) {
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
