package variant

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"context"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Variant{
	{
		Name:    "audience-as-a-list-of-one",
		Role:    AuthorizationServer,
		Allows:  "RFC 7519 section 4.1.3: aud is an array, and in the special case of one audience may be a string",
		Summary: "The aud of an access token with one audience is a list.",
		Tempts:  ids{"rfc9068-2.2/claims", "rfc9068-3/resource-audience", "rfc9068-3/default-audience", "rfc8707-2/audience-restricted", "rfc9068-5/distinct-audiences"},
		Rules: seam.OnAccessToken(func(_ token.Access, claims jwt.MapClaims) {
			if audience, ok := claims["aud"].(string); ok {
				claims["aud"] = []string{audience}
			}
		}),
	},
	{
		Name:    "token-with-other-claims",
		Role:    AuthorizationServer,
		Allows:  "RFC 9068 section 2.2.2: a JWT access token may include additional claims, and those not understood are ignored",
		Summary: "An access token has the claims auth_time, acr, azp, sid, ver and others that no specification names.",
		Tempts:  ids{"rfc9068-2.2/claims", "rfc9068-2.2.2/identity-claims", "rfc8693-6/minimal"},
		Rules: seam.OnAccessToken(func(access token.Access, claims jwt.MapClaims) {
			claims["auth_time"], claims["acr"], claims["amr"] = access.IssuedAt.Unix(), "1", []string{"pwd"}
			claims["azp"], claims["sid"], claims["ver"] = access.ClientID, "4e1f", 2
			claims["https://server.example/tenant"] = map[string]any{"name": "of-this-server"}
		}),
	},
	{
		Name:    "token-with-not-before",
		Role:    AuthorizationServer,
		Allows:  "RFC 7519 section 4.1.5: use of nbf is optional",
		Summary: "An access token has an nbf, a minute before its iat.",
		Tempts:  ids{"rfc9068-2.2/claims", "rfc7662-4/checks-complete"},
		Rules: seam.OnAccessToken(func(access token.Access, claims jwt.MapClaims) {
			claims["nbf"] = access.IssuedAt.Unix() - 60
		}),
	},
	{
		Name:    "dates-with-fractions",
		Role:    AuthorizationServer,
		Allows:  "RFC 7519 section 2: a NumericDate can be a non-integer value",
		Summary: "The exp and the iat of an access token have fractions of a second.",
		Tempts:  ids{"rfc7519-4.1.4/numeric-date", "rfc9068-2.2/claims"},
		Rules: seam.OnAccessToken(func(access token.Access, claims jwt.MapClaims) {
			claims["iat"], claims["exp"] = float64(access.IssuedAt.Unix())+0.25, float64(access.Expires.Unix())+0.25
		}),
	},
	{
		Name:    "tokens-of-five-minutes",
		Role:    AuthorizationServer,
		Allows:  "RFC 6750 section 5.3: tokens have a short lifetime, one hour or less",
		Summary: "An access token is valid for at most five minutes.",
		Tempts:  ids{"rfc6749-5.1/expires-in", "rfc6750-5.2/limited-lifetime", "rfc8693-5/lifetime", "rfc8693-2.2.1/expires-in"},
		Rules: seam.OnAccessToken(func(access token.Access, claims jwt.MapClaims) {
			claims["exp"] = min(access.Expires.Unix(), access.IssuedAt.Unix()+300)
		}),
		Answer: seam.OnTokens(func(r *seam.Response) {
			if lifetime, ok := seam.Members(r)["expires_in"].(float64); ok && lifetime > 300 {
				seam.With("expires_in", 300)(r)
			}
		}),
	},
	{
		Name:    "opaque-access-tokens",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 1.4: the token is usually opaque to the client, and may be an identifier",
		Summary: "Access tokens are no JWTs; protected resources ask the server what they mean.",
		Tempts:  ids{"rfc6749-5.1/token-type", "rfc7662-2.2/active", "rfc7009-2/access-tokens", "rfc6750-5.2/unguessable-reference", "oidc-core-3.1.3.6/at-hash"},
		Without: []string{"jwt_access_token"},
		Rules: func(in rule.Replaced) {
			held := authserver.AccessToken.In(in)
			authserver.AccessToken.Replace(in, func(ctx context.Context, r *realm.Realm, access token.Access) (string, error) {
				raw, err := held(ctx, r, access)
				return opaque(raw), err
			})
		},
		Request: func(r *http.Request) {
			seam.OnParameters("", func(form url.Values) {
				for _, name := range []string{"token", "subject_token", "actor_token"} {
					if form.Get(name) != "" {
						form.Set(name, meant(form.Get(name)))
					}
				}
			})(r)
			inHeader(r)
		},
		Resources: inHeader,
	},
})

const opaquePrefix = "at_"

// opaque is a text that stands for a token and shows nothing of it.
func opaque(raw string) string {
	bytes := []byte(raw)
	slices.Reverse(bytes)
	return opaquePrefix + base64.RawURLEncoding.EncodeToString(bytes)
}

// meant is the token that an opaque one stands for; other texts stay as they are.
func meant(text string) string {
	encoded, found := strings.CutPrefix(text, opaquePrefix)
	bytes, err := base64.RawURLEncoding.Strict().DecodeString(encoded)
	if !found || err != nil {
		return text
	}
	slices.Reverse(bytes)
	if slices.ContainsFunc(bytes, func(b byte) bool { return b <= ' ' || b > '~' }) {
		return text // One that was changed stands for nothing.
	}
	return string(bytes)
}

// inHeader puts the token that an opaque one stands for into the Authorization header.
func inHeader(r *http.Request) {
	scheme, sent, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if len(r.Header.Values("Authorization")) == 1 && strings.EqualFold(scheme, "Bearer") && meant(sent) != sent {
		r.Header.Set("Authorization", scheme+" "+meant(sent))
	}
}
