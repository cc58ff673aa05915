package token

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"

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
// signers above.
func (k *Keyring) Forge(signer string, header map[string]any, claims jwt.MapClaims) (string, error) {
	switch signer {
	case ByStranger:
		stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return "", err
		}
		return k.token(k.signing, header, claims).SignedString(stranger)
	case ByNobody:
		return k.token(jwt.SigningMethodNone, header, claims).SignedString(jwt.UnsafeAllowNoneSignatureType)
	case ByPublicKey:
		der, err := x509.MarshalPKIXPublicKey(k.key.Public())
		if err != nil {
			return "", err
		}
		secret := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
		return k.token(jwt.SigningMethodHS256, header, claims).SignedString(secret)
	}
	return k.Sign(header, claims)
}
