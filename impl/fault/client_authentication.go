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
		Summary:  "HTTP Basic is refused whatever the secret.",
	},
	{
		Name:     "client-secret-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client", "documented-token/refusals", "rfc6749-2.2/id-not-authentication", "rfc6749-4.4.2/client-authenticated", "rfc6749-4.1.3/confidential-authenticates", "rfc6749-4.1.3/authentication-checked", "rfc9700-2.5/client-authentication", "oidc-core-3.1.3.2/client-authenticated"},
		Summary:  "A token is issued whatever secret the client presents.",
	},
	{
		Name:     "unknown-client-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "A client that nobody registered gets a token.",
	},
	{
		Name:     "basic-challenge-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/basic-challenge"},
		Summary:  "A failed Basic login is answered with 400 and no challenge.",
	},
	{
		Name:     "two-authentication-methods-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/one-authentication-method", "rfc6749-2.3/same-client"},
		Summary:  "Credentials in the header and in the body at once are accepted.",
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
		Summary:  "Any secret makes a public client confidential.",
	},
	{
		Name:     "basic-not-decoded",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3.1/encoded-credentials"},
		Summary:  "The id and secret of HTTP Basic are not decoded.",
	},
	{
		Name:     "basic-case-sensitive",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9110-11.1/scheme-case-insensitive"},
		Summary:  "The scheme must be spelled Basic.",
	},
	{
		Name:     "public-client-id-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.2.1/public-client-id"},
		Summary:  "A code without a client_id is redeemed for the client that it was issued to.",
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
		Summary:  "A client authenticates in another way than it is registered for.",
	},
	{
		Name:     "configuration-told",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.2.4/no-secret-echoed"},
		Summary:  "A failed login is answered with the configuration, secrets included.",
	},
	{
		Name:     "client-guessing-unlimited",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3.1/brute-force"},
		Summary:  "The secret of a client may be guessed as often as one likes.",
	},
	{
		Name:     "guessing-locks-everybody",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3.1/brute-force"},
		Summary:  "Whoever guesses the secret of one client locks all clients out.",
	},
	{
		Name:     "client-secret-cut-off",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "What follows the client secret is not looked at.",
	},
	{
		Name:     "empty-secret-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "An empty secret in the Authorization header is right.",
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
		Summary:  "A refresh is not authenticated; the client_id is enough.",
	},
	{
		Name:     "mac-secret-short",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-16.19/secret-length"},
		Summary:  "The secret of a client that uses it for MACs has 16 bytes.",
		Rules: instead(realm.NewClientSecret, func(method string) string {
			if method == "client_secret_jwt" {
				return token.NewSecret()[:16]
			}
			return token.NewSecret()
		}),
	},
})
