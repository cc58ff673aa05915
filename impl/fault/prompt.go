package fault

var _ = add([]Fault{
	{
		Name:     "offline-access-not-asked",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-11/offline-needs-consent", "oidc-core-11/web-client-consent", "oidc-core-11/native-client-consent"},
		Summary:  "Whoever approved a client once is not asked whether it may have access while they are away.",
	},
	{
		Name:     "consent-skipped",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.12/explicit-consent", "oidc-core-3.1.2.4/consent-first"},
		Summary:  "Whoever has signed in is not asked what the client may do.",
	},
	{
		Name:     "consent-remembered-for-all",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.2/not-automatic", "rfc8252-8.6/consent-again"},
		Summary:  "An approval counts for whoever asks in the name of a public client later.",
	},
	{
		Name:     "prompt-none-with-others",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/prompt-none-alone"},
		Summary:  "Beside prompt=none other values are not looked at.",
	},
	{
		Name:     "prompt-login-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/prompt-supported", "oidc-core-3.1.2.1/prompt-login", "oidc-core-3.1.2.3/prompt-login-again"},
		Summary:  "With prompt=login nobody signs in again.",
	},
	{
		Name:     "prompt-consent-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/prompt-consent", "oidc-core-3.1.2.1/prompt-consent-error"},
		Summary:  "With prompt=consent nobody is asked again.",
	},
	{
		Name:     "prompt-select-account-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/prompt-select-account"},
		Summary:  "With prompt=select_account nobody can change the account.",
	},
	{
		Name:     "max-age-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/max-age-supported", "oidc-core-3.1.2.1/max-age"},
		Summary:  "It does not matter how long ago the person signed in.",
	},
})
