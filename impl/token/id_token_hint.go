package token

import (
	"errors"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// OwnIdentity reads an ID token that this ring signed, expired or not. An error
// says that it did not; what the token claims is returned all the same.
func (k *Keyring) OwnIdentity(raw string, now time.Time) (Identity, error) {
	claims := jwt.MapClaims{}
	parser := jwt.NewParser(jwt.WithValidMethods(Algorithms), jwt.WithoutClaimsValidation())
	parsed, err := parser.ParseWithClaims(raw, claims, func(t *jwt.Token) (any, error) { return k.keyOf(t, now) })
	err = errors.Join(err, CheckEncoding(raw))
	if err == nil && parsed.Header["typ"] == Type {
		err = ErrMalformed // It is an access token.
	}
	identity := Identity{}
	identity.Issuer, _ = claims.GetIssuer()
	identity.Subject, _ = claims.GetSubject()
	if expires, _ := claims.GetExpirationTime(); expires != nil {
		identity.Expires = expires.Time
	}
	if err == nil && identity.Subject == "" {
		err = ErrMalformed
	}
	return identity, err
}
