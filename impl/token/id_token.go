package token

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Identity is what an ID token says (OpenID Connect Core section 2,
// https://openid.net/specs/openid-connect-core-1_0.html#IDToken).
type Identity struct {
	Issuer, Subject string
	ClientID        string // Its audience.
	Nonce           string // As the client sent it; empty without one.
	IssuedAt        time.Time
	Expires         time.Time
	AuthTime        time.Time // When the user authenticated.
	AccessToken     string    // The one that it comes with.
	Algorithm       string    // The alg of its signature.
}

// Claims is the payload of i.
func (i Identity) Claims() jwt.MapClaims {
	claims := jwt.MapClaims{
		"iss": i.Issuer, "sub": i.Subject, "aud": i.ClientID, "iat": i.IssuedAt.Unix(), "exp": i.Expires.Unix(),
		"auth_time": i.AuthTime.Unix(), "at_hash": leftHalf(i.Algorithm, i.AccessToken),
	}
	if i.Nonce != "" {
		claims["nonce"] = i.Nonce
	}
	return claims
}

// leftHalf is the at_hash of a token: the left half of its hash, by the hash of
// the algorithm that signs (OpenID Connect Core section 3.1.3.6,
// https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken).
func leftHalf(algorithm, accessToken string) string {
	hash := sha256.New()
	if algorithm == "EdDSA" { // Ed25519 hashes with SHA-512.
		hash = sha512.New()
	}
	hash.Write([]byte(accessToken))
	sum := hash.Sum(nil)
	return base64.RawURLEncoding.EncodeToString(sum[:len(sum)/2])
}
