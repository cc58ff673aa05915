package oauthclient

import (
	"cmp"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// assertionLifetime bears clocks that differ by minutes.
const assertionLifetime = 5 * time.Minute

// ParseKey reads a private key in PEM: PKCS #8, or what came before it.
func ParseKey(text []byte) (crypto.Signer, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("the private key is no PEM: give one that starts with -----BEGIN PRIVATE KEY-----")
	}
	if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
		if signer, ok := key.(crypto.Signer); ok {
			return signer, nil
		}
	}
	if key, err := x509.ParseECPrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	return nil, errors.New("the private key cannot be read: give an unencrypted one of the kind EC, RSA or Ed25519")
}

// algorithm is the one that fits the key.
func (k Key) algorithm() string {
	if k.Algorithm != "" {
		return k.Algorithm
	}
	switch public := k.Signer.Public().(type) {
	case *ecdsa.PublicKey:
		return map[int]string{384: "ES384", 521: "ES512"}[public.Params().BitSize] + map[int]string{256: "ES256"}[public.Params().BitSize]
	case *rsa.PublicKey:
		return "RS256"
	case ed25519.PublicKey:
		return "EdDSA"
	}
	return ""
}

// assertion says in a signed JWT who the client is (RFC 7523 section 3,
// https://www.rfc-editor.org/rfc/rfc7523#section-3). Its one audience is the
// issuer, so that no other server can use it
// (https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc7523bis).
func (h *Handler) assertion(who party) (string, error) {
	failed := &StepError{Step: StepToken, URL: who.server.Issuer, Advice: "give the private key that the client is registered with, and its algorithm"}
	if who.client.key == nil {
		failed.Problem = "wants private_key_jwt, and the client has no private key"
		return "", failed
	}
	algorithm := who.client.key.algorithm()
	supported := list(who.server.TokenEndpointAuthSigningAlgValuesSupported)
	method := jwt.GetSigningMethod(algorithm)
	if method == nil || algorithm == "none" || len(supported) > 0 && !slices.Contains(supported, algorithm) {
		failed.Problem = fmt.Sprintf("takes no assertions that are signed with %q", cmp.Or(algorithm, "such a key"))
		return "", failed
	}
	now := h.now()
	unsigned := jwt.NewWithClaims(method, jwt.MapClaims{
		"iss": who.client.id, "sub": who.client.id, "aud": who.server.Issuer, "jti": rand.Text(),
		"iat": now.Unix(), "exp": now.Add(assertionLifetime).Unix(),
	})
	if who.client.key.ID != "" {
		unsigned.Header["kid"] = who.client.key.ID
	}
	signed, err := unsigned.SignedString(who.client.key.Signer)
	if err != nil {
		failed.Problem = "wants a signed assertion, and the key does not fit its algorithm " + algorithm
		return "", failed
	}
	return signed, nil
}
