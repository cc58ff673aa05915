package fault

import "net/http"

var _ = add([]Fault{
	{
		Name:     "user-info-of-another",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.3.2/sub", "oidc-core-5.3/bearer-token", "oidc-core-5.3/get-and-post"},
		Summary:  "UserInfo returns claims of another user.",
	},
	{
		Name:     "user-info-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.3.2/json"},
		Summary:  "The UserInfo response is text/plain.",
		Answer:   on("GET", "/oauth/userinfo", asText),
	},
	{
		Name:     "user-info-by-get-only",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.3/get-and-post"},
		Summary:  "UserInfo does not support POST.",
		Answer:   on("POST", "/oauth/userinfo", as(http.StatusMethodNotAllowed, `{"error":"invalid_request"}`)),
	},
	{
		Name:     "user-info-open-to-all",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.3.3/bearer-error"},
		Summary:  "UserInfo requires no access token.",
	},
	{
		Name:     "user-info-challenge-missing",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.3.3/bearer-error"},
		Summary:  "A UserInfo request without an access token is refused without a challenge.",
		Answer:   on("GET", "/oauth/userinfo", func(r *Response) { r.Header.Del("WWW-Authenticate") }),
	},
	{
		Name:     "user-info-with-nulls",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.3.2/no-null-claims"},
		Summary:  "A claim without a value is null.",
		Answer:   on("GET", "/oauth/userinfo", with("phone_number", nil)),
	},
	{
		Name:     "scope-claims-withheld",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.4/scope-claims"},
		Summary:  "UserInfo omits the claims of a granted scope.",
	},
})
