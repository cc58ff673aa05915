package variant

import (
	"context"
	"strings"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Variant{
	{
		Name:    "client-ids-with-punctuation",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 appendix A.1: client_id consists of any visible ASCII characters",
		Summary: "A client that registers itself gets a client_id with colons, per cent signs, pluses and the like.",
		Tempts:  ids{"rfc6749-2.3.1/encoded-credentials", "rfc6749-2.3.1/basic-supported", "rfc7591-3.2.1/client-id", "rfc7592-3/registration-client-uri"},
		Rules:   seam.Instead(authserver.NewClientID, func(oauth.ClientMetadata) string { return "s6:%41+b&c=d@~'(" + token.NewID() + ")" }),
	},
	{
		Name:    "client-ids-long",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 2.2: the client identifier string size is left undefined",
		Summary: "A client that registers itself gets a client_id of 600 characters.",
		Tempts:  ids{"rfc7591-3.2.1/client-id", "rfc6749-2.2/id-size-documented"},
		Rules: seam.Instead(authserver.NewClientID, func(oauth.ClientMetadata) string {
			return strings.Repeat("long-", 110) + token.NewID()
		}),
	},
	{
		Name:    "client-secrets-with-punctuation",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 appendix A.2: client_secret consists of any visible ASCII characters",
		Summary: "A client secret contains colons, per cent signs, pluses, quotes and spaces.",
		Tempts:  ids{"rfc6749-2.3.1/encoded-credentials", "rfc6749-2.3.1/basic-supported", "rfc6749-2.3.1/body-supported", "rfc7591-3.2.1/secret-unique"},
		Rules:   seam.Instead(realm.NewClientSecret, func(string) string { return `:%2B+ &="\` + token.NewSecret() }),
	},
	{
		Name:    "refresh-tokens-with-punctuation",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 appendix A.17: a refresh token consists of any visible ASCII characters",
		Summary: "A refresh token contains slashes, pluses, per cent signs, ampersands and a space.",
		Tempts:  ids{"rfc6749-6/access-token", "rfc7009-2/refresh-tokens", "rfc7662-2.1/refresh-tokens"},
		Departs: ids{"rfc6750-3.1/other-credentials", "rfc6750-3.1/invalid-token"}, // No such refresh token is in the form of a bearer token.
		Rules:   seam.Instead(authserver.NewRefreshToken, func(context.Context) string { return `1/a+b%2F&c= "d"|` + token.NewSecret() }),
	},
	{
		Name:    "refresh-tokens-long",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 appendix A.17: the length of a refresh token is not limited",
		Summary: "A refresh token has 3000 characters.",
		Tempts:  ids{"rfc6749-6/access-token", "rfc7009-2/refresh-tokens", "rfc6749-5.1/size-documented"},
		Rules:   seam.Instead(authserver.NewRefreshToken, func(context.Context) string { return strings.Repeat("long.", 590) + token.NewSecret() }),
	},
	{
		Name:    "codes-with-punctuation",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 appendix A.11: a code consists of any visible ASCII characters",
		Summary: "An authorization code contains slashes, pluses, per cent signs, ampersands and a space.",
		Tempts:  ids{"rfc6749-4.1.4/access-token", "rfc6749-4.1.2/code-and-state", "rfc6749-4.1.2/single-use"},
		Departs: ids{"rfc6750-3.1/other-credentials", "rfc6750-3.1/invalid-token"}, // No such code is in the form of a bearer token.
		Rules:   seam.Instead(authserver.NewAuthorizationCode, func(store.Code) string { return `4/a+b%2F&c= #d?` + token.NewSecret() }),
	},
	{
		Name:    "registration-access-tokens-with-padding",
		Role:    AuthorizationServer,
		Allows:  "RFC 6750 section 2.1: a bearer token may have slashes, pluses, tildes, and equals signs at its end",
		Summary: "A registration access token has slashes, pluses, tildes and padding.",
		Tempts:  ids{"rfc7592-3/registration-access-token", "rfc7592-2.1/read"},
		Rules:   seam.Instead(authserver.NewRegistrationAccessToken, func() string { return "reg/~+." + token.NewSecret() + "==" }),
	},
	{
		Name:    "client-secrets-expire",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 3.2.1: client_secret_expires_at is the time at which the secret expires, or 0",
		Summary: "A client secret expires in ninety days.",
		Tempts:  ids{"rfc7591-3.2.1/secret-expiry", "rfc7591-3.2.1/created"},
		Answer:  onRegistered(withExpiry),
	},
})
