package fault

var _ = add([]Fault{
	{
		Name:     "offline-access-not-asked",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-11/offline-needs-consent", "oidc-core-11/web-client-consent", "oidc-core-11/native-client-consent"},
		Summary:  "A remembered approval skips the consent page for offline access.",
	},
	{
		Name:     "consent-skipped",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.12/explicit-consent", "oidc-core-3.1.2.4/consent-first"},
		Summary:  "A signed-in person is not asked for consent.",
	},
	{
		Name:     "consent-remembered-for-all",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.2/not-automatic", "rfc8252-8.6/consent-again"},
		Summary:  "A remembered approval skips the consent page for any request with a public client's client_id.",
	},
	{
		Name:     "prompt-none-with-others",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/prompt-none-alone"},
		Summary:  "Other values beside prompt=none are ignored instead of refused.",
	},
	{
		Name:     "prompt-login-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/prompt-supported", "oidc-core-3.1.2.1/prompt-login", "oidc-core-3.1.2.3/prompt-login-again"},
		Summary:  "A request with prompt=login does not ask the person to sign in again.",
	},
	{
		Name:     "prompt-consent-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/prompt-consent", "oidc-core-3.1.2.1/prompt-consent-error"},
		Summary:  "A request with prompt=consent does not ask for consent again.",
	},
	{
		Name:     "prompt-select-account-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/prompt-select-account"},
		Summary:  "A request with prompt=select_account does not offer another account.",
	},
	{
		Name:     "max-age-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/max-age-supported", "oidc-core-3.1.2.1/max-age"},
		Summary:  "The max_age of a request is ignored.",
	},
})
