package fault

var _ = add([]Fault{
	{
		Name:     "response-mode-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.6/response-mode-unsupported"},
		Summary:  "An unknown response_mode is treated as query.",
	},
	{
		Name:     "form-post-by-query",
		Role:     AuthorizationServer,
		Violates: ids{"form-post-2/form-values"},
		Summary:  "The response mode form_post is treated as query.",
	},
	{
		Name:     "form-post-to-origin",
		Role:     AuthorizationServer,
		Violates: ids{"form-post-2/action"},
		Summary:  "The form of the response mode form_post posts to the origin of the redirect URI, without its path.",
	},
})
