package seam

import (
	"context"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/token"
)

// OnAccessToken edits the claims of access tokens before they are signed.
func OnAccessToken(edit func(access token.Access, claims jwt.MapClaims)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.AccessTokenClaims.In(in)
		authserver.AccessTokenClaims.Replace(in, func(access token.Access) jwt.MapClaims {
			claims := held(access)
			edit(access, claims)
			return claims
		})
	}
}

// OnExchangedToken edits the claims of those that say who acts.
func OnExchangedToken(edit func(access token.Access, claims jwt.MapClaims)) func(rule.Replaced) {
	return OnAccessToken(func(access token.Access, claims jwt.MapClaims) {
		if access.Actor != nil {
			edit(access, claims)
		}
	})
}

// OnIDToken edits the claims of ID tokens before they are signed.
func OnIDToken(edit func(identity token.Identity, claims jwt.MapClaims)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.IDTokenClaims.In(in)
		authserver.IDTokenClaims.Replace(in, func(ctx context.Context, identity token.Identity) jwt.MapClaims {
			claims := held(ctx, identity)
			edit(identity, claims)
			return claims
		})
	}
}

// Signing is how a key ring signs claims.
type Signing = func(keys *token.Keyring, algorithm string, now time.Time, header map[string]any, claims jwt.MapClaims) (string, error)

// SignedBy signs with another key than that of the issuer.
func SignedBy(signer string) Signing {
	return func(keys *token.Keyring, algorithm string, now time.Time, header map[string]any, claims jwt.MapClaims) (string, error) {
		return keys.Forge(signer, algorithm, now, header, claims)
	}
}

// SignedWith signs with a certain algorithm.
func SignedWith(algorithm string) Signing {
	return func(keys *token.Keyring, _ string, now time.Time, header map[string]any, claims jwt.MapClaims) (string, error) {
		return keys.Sign(algorithm, now, header, claims)
	}
}

// Headed signs with another header; without a parameter, where its value is nil.
func Headed(parameter string, value func(claims jwt.MapClaims) any) Signing {
	return func(keys *token.Keyring, algorithm string, now time.Time, header map[string]any, claims jwt.MapClaims) (string, error) {
		header[parameter] = value(claims)
		return keys.Sign(algorithm, now, header, claims)
	}
}
