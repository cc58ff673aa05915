package fault

import "net/http"

var _ = add([]Fault{
	{
		Name:     "registration-access-token-expires",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-5/token-lasts"},
		Summary:  "A registration access token works for a week.",
	},
	{
		Name:     "registration-token-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2/token-required", "rfc7592-2.1/invalid-token"},
		Summary:  "The client configuration endpoint requires no token.",
	},
	{
		Name:     "registration-token-of-any-client",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2/token-required"},
		Summary:  "The registration access token of one client opens the registration of another.",
	},
	{
		Name:     "registration-read-not-found",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.1/read"},
		Summary:  "Reading a registration returns 404.",
		Answer:   onRegistration("GET", http.StatusOK, as(http.StatusNotFound, `{"error":"not_found"}`)),
	},
	{
		Name:     "unknown-registration-not-found",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.1/unknown-client", "rfc7592-5/token-of-deleted-client"},
		Summary:  "Reading the registration of a client that does not exist returns 404.",
	},
	{
		Name:     "registration-method-not-found",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2/unsupported-method"},
		Summary:  "An unsupported method at the client configuration endpoint returns 404.",
		Answer:   onRegistration("PATCH", http.StatusMethodNotAllowed, as(http.StatusNotFound, `{"error":"not_found"}`)),
	},
	{
		Name:     "configuration-permission-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.1/read-forbidden", "rfc7592-2.2/update-forbidden", "rfc7592-2.3/delete-forbidden"},
		Summary:  "A client can change its registration although the server forbids it.",
	},
	{
		Name:     "update-changes-client-id",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.1/client-id-unchanged"},
		Summary:  "An update issues a new client_id.",
		Answer:   onRegistration("PUT", http.StatusOK, with("client_id", "client-of-another-name")),
	},
	{
		Name:     "update-sets-management-fields",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.2/management-fields-kept"},
		Summary:  "An update can set the registration access token and related members.",
	},
	{
		Name:     "update-augments",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.2/replaced"},
		Summary:  "An update adds its redirect URIs to the existing ones instead of replacing them.",
	},
	{
		Name:     "update-keeps-omitted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.2/omitted"},
		Summary:  "An update keeps the values that it omits.",
	},
	{
		Name:     "update-client-id-not-compared",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.2/client-id-identical"},
		Summary:  "An update without client_id is accepted.",
	},
	{
		Name:     "update-sets-secret",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.2/secret-identical", "rfc7592-2.2/no-chosen-secret"},
		Summary:  "A client can choose its secret in an update.",
	},
	{
		Name:     "deletion-as-ok",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.3/no-content"},
		Summary:  "A deletion returns 200.",
		Answer:   onRegistration("DELETE", http.StatusNoContent, func(r *Response) { r.Status = http.StatusOK }),
	},
	{
		Name:     "deletion-bad-request",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.3/method-not-allowed"},
		Summary:  "A deletion returns 400 where it is not supported.",
		Answer:   onRegistration("DELETE", http.StatusNoContent, as(http.StatusBadRequest, `{"error":"invalid_request"}`)),
	},
	{
		Name:     "deleted-client-lives",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.3/client-invalidated", "rfc7592-2.3/tokens-invalidated", "rfc7592-5/token-of-deleted-client"},
		Summary:  "A deletion returns 204 and deletes nothing.",
	},
})
