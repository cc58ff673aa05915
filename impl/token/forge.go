package token

import (
	"crypto/x509"
	"encoding/pem"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// The signers that Forge knows.
const (
	ByIssuer    = "issuer"     // The published key.
	ByStranger  = "stranger"   // Another key under the same kid.
	ByNobody    = "nobody"     // alg none.
	ByPublicKey = "public_key" // HS256, the published key's PEM as the secret.
)

// Forge makes a token that a test needs, sound or not, signed by one of the
// signers above instead of the key of an algorithm.
func (k *Keyring) Forge(signer, algorithm string, now time.Time, header map[string]any, claims jwt.MapClaims) (string, error) {
	key, err := k.signer(algorithm, now)
	if err != nil {
		return "", err
	}
	switch signer {
	case ByStranger:
		stranger, err := NewKey(algorithm)
		if err != nil {
			return "", err
		}
		stranger.ID = key.ID
		return stranger.sign(header, claims)
	case ByNobody:
		return key.token(jwt.SigningMethodNone, header, claims).SignedString(jwt.UnsafeAllowNoneSignatureType)
	case ByPublicKey:
		secret, err := PublicPEM(key.Private.Public())
		if err != nil {
			return "", err
		}
		return key.token(jwt.SigningMethodHS256, header, claims).SignedString(secret)
	}
	return key.sign(header, claims)
}

// PublicPEM is a public key as people pass it on, and as who confuses algorithms
// takes it for a secret.
func PublicPEM(key any) ([]byte, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), nil
}
