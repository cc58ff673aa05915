package fault

import (
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Fault{
	{
		Name:     "basic-not-supported",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3.1/basic-supported", "rfc6749-4.4.3/access-token"},
		Summary:  "HTTP Basic is refused even with the right secret.",
	},
	{
		Name:     "client-secret-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client", "documented-token/refusals", "rfc6749-2.2/id-not-authentication", "rfc6749-4.4.2/client-authenticated", "rfc6749-4.1.3/confidential-authenticates", "rfc6749-4.1.3/authentication-checked", "rfc9700-2.5/client-authentication", "oidc-core-3.1.3.2/client-authenticated"},
		Summary:  "A token is issued with any client secret.",
	},
	{
		Name:     "unknown-client-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "An unregistered client gets a token.",
	},
	{
		Name:     "basic-challenge-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/basic-challenge"},
		Summary:  "Failed HTTP Basic authentication gets 400 and no challenge.",
	},
	{
		Name:     "two-authentication-methods-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/one-authentication-method", "rfc6749-2.3/same-client"},
		Summary:  "Credentials in the header and in the body of one request are accepted.",
	},
	{
		Name:     "public-clients-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-client-authentication-of-native-apps/no-shared-secret", "mcp-2026-07-28-overview/both-client-types", "rfc8252-6/server-pkce", "rfc8252-8.5/no-shared-secret"},
		Summary:  "A client without a secret is refused.",
	},
	{
		Name:     "public-client-upgraded",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3/public-not-identified", "oauth-2.1-client-types/one-type"},
		Summary:  "A public client that sends any secret counts as confidential.",
	},
	{
		Name:     "basic-not-decoded",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3.1/encoded-credentials"},
		Summary:  "The id and secret in HTTP Basic are not form-decoded.",
	},
	{
		Name:     "basic-case-sensitive",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9110-11.1/scheme-case-insensitive"},
		Summary:  "The scheme Basic is compared case-sensitively.",
	},
	{
		Name:     "public-client-id-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.2.1/public-client-id"},
		Summary:  "A code can be redeemed without a client_id.",
	},
	{
		Name:     "body-credentials-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-client-secret/body-supported"},
		Summary:  "Credentials in the body are refused.",
	},
	{
		Name:     "auth-method-not-enforced",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/auth-method-enforced"},
		Summary:  "A client can authenticate by a method that it is not registered for.",
	},
	{
		Name:     "configuration-told",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.2.4/no-secret-echoed"},
		Summary:  "The response to failed client authentication contains a secret of the configuration.",
	},
	{
		Name:     "client-guessing-unlimited",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3.1/brute-force"},
		Summary:  "Guesses of a client secret are not limited.",
	},
	{
		Name:     "guessing-locks-everybody",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3.1/brute-force"},
		Summary:  "Guessing the secret of one client locks out all clients.",
	},
	{
		Name:     "client-secret-cut-off",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "Characters after the client secret are ignored.",
	},
	{
		Name:     "empty-secret-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "An empty secret in the Authorization header is accepted.",
	},
	{
		Name:     "body-secret-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "A secret in the body is not checked.",
	},
	{
		Name:     "refresh-unauthenticated",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-6/confidential-authenticates", "rfc6749-6/authentication-checked"},
		Summary:  "A refresh needs the client_id alone, without client authentication.",
	},
	{
		Name:     "mac-secret-short",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-16.19/secret-length"},
		Summary:  "A client secret that serves as a MAC key has only 16 bytes.",
		Rules: instead(realm.NewClientSecret, func(method string) string {
			if method == "client_secret_jwt" {
				return token.NewSecret()[:16]
			}
			return token.NewSecret()
		}),
	},
})
