package token

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/MicahParks/jwkset"
	"github.com/golang-jwt/jwt/v5"
)

// Keyring holds the keys of one issuer: an ES256 key that is published, and a
// secret for the documented HS256 shape that never leaves it.
type Keyring struct {
	key     *ecdsa.PrivateKey
	keyID   string
	secret  []byte
	jwks    json.RawMessage
	signing jwt.SigningMethod
}

// NewKeyring makes fresh keys.
func NewKeyring() (*Keyring, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making a signing key: %w", err)
	}
	return newKeyring(NewID(), key, []byte(NewSecret()))
}

func newKeyring(keyID string, key *ecdsa.PrivateKey, secret []byte) (*Keyring, error) {
	ring := &Keyring{key: key, keyID: keyID, secret: secret, signing: jwt.SigningMethodES256}
	var err error
	ring.jwks, err = ring.publish()
	return ring, err
}

func (k *Keyring) publish() (json.RawMessage, error) {
	jwk, err := jwkset.NewJWKFromKey(k.key.Public(), jwkset.JWKOptions{
		Metadata: jwkset.JWKMetadataOptions{KID: k.keyID, ALG: jwkset.AlgES256, USE: jwkset.UseSig},
	})
	if err != nil {
		return nil, fmt.Errorf("publishing the signing key: %w", err)
	}
	set := jwkset.NewMemoryStorage()
	if err := set.KeyWrite(context.Background(), jwk); err != nil {
		return nil, fmt.Errorf("publishing the signing key: %w", err)
	}
	return set.JSONPublic(context.Background())
}

// Private is the private part of the published key, as a JWK has it (RFC 7518
// section 6.2.2.1, https://www.rfc-editor.org/rfc/rfc7518#section-6.2.2.1). It
// is for examiners, who look whether it gets out.
func (k *Keyring) Private() string {
	secret, err := k.key.Bytes()
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(secret)
}

// JWKS is the published key set (RFC 7517 section 5,
// https://www.rfc-editor.org/rfc/rfc7517#section-5).
func (k *Keyring) JWKS() json.RawMessage { return k.jwks }

// Issue signs access as RFC 9068 has it, or in the documented shape.
func (k *Keyring) Issue(access Access, documented bool) (string, error) {
	if documented {
		return jwt.NewWithClaims(jwt.SigningMethodHS256, access.DocumentedClaims()).SignedString(k.secret)
	}
	return k.Sign(map[string]any{"typ": Type}, access.Claims())
}

// Sign signs claims with the published key; header replaces members of the
// JOSE header, and a nil value removes one.
func (k *Keyring) Sign(header map[string]any, claims jwt.MapClaims) (string, error) {
	return k.token(k.signing, header, claims).SignedString(k.key)
}

func (k *Keyring) token(method jwt.SigningMethod, header map[string]any, claims jwt.MapClaims) *jwt.Token {
	token := jwt.NewWithClaims(method, claims)
	token.Header["kid"] = k.keyID
	for name, value := range header {
		if value == nil {
			delete(token.Header, name)
		} else {
			token.Header[name] = value
		}
	}
	return token
}

// Own checks a token that this issuer made, in either shape, at the time now.
func (k *Keyring) Own(raw string, now func() time.Time) (Access, error) {
	claims := jwt.MapClaims{}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{k.signing.Alg(), "HS256"}),
		jwt.WithTimeFunc(now), jwt.WithExpirationRequired())
	_, err := parser.ParseWithClaims(raw, claims, func(t *jwt.Token) (any, error) {
		if t.Method.Alg() == "HS256" {
			return k.secret, nil
		}
		if t.Header["kid"] != k.keyID {
			return nil, errors.New("the key is not ours")
		}
		return k.key.Public(), nil
	})
	if err != nil {
		return Access{}, err
	}
	return FromClaims(claims)
}
