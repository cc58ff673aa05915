package token

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/MicahParks/jwkset"
	"github.com/golang-jwt/jwt/v5"
)

// Algorithms are those that an issuer can sign with, by the `alg` of RFC 7518
// section 3.1 (https://www.rfc-editor.org/rfc/rfc7518#section-3.1). The first
// is the one of who names none.
var Algorithms = []string{"ES256", "RS256", "PS256", "EdDSA"}

// Key is one signing key of an issuer.
type Key struct {
	ID        string
	Algorithm string // One of Algorithms.
	Private   crypto.Signer
	// SignsFrom is when it begins to sign: it is published before, so that
	// those who verify know it by then.
	SignsFrom time.Time
	// Until is when it is published no more, as the last token that it signed
	// has expired; zero: it is in use.
	Until time.Time
}

// NewKey makes a key. An RSA key takes a tenth of a second, so that none is
// made while somebody waits for an answer.
func NewKey(algorithm string) (Key, error) {
	key := Key{ID: NewID(), Algorithm: algorithm}
	var err error
	switch algorithm {
	case "ES256":
		key.Private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case "RS256", "PS256":
		key.Private, err = rsa.GenerateKey(rand.Reader, 2048)
	case "EdDSA":
		_, key.Private, err = ed25519.GenerateKey(rand.Reader)
	default:
		err = fmt.Errorf("nobody signs with %q; use one of %v", algorithm, Algorithms)
	}
	if err != nil {
		return Key{}, fmt.Errorf("making a signing key: %w", err)
	}
	return key, nil
}

// shared are the keys that all scenario realms have in common, as making one
// for each would take too long.
var shared = map[string]func() (Key, error){
	"RS256": sync.OnceValues(func() (Key, error) { return NewKey("RS256") }),
	"PS256": sync.OnceValues(func() (Key, error) { return NewKey("PS256") }),
	"EdDSA": sync.OnceValues(func() (Key, error) { return NewKey("EdDSA") }),
}

// Prepare makes the shared keys that every realm publishes.
func Prepare() { _, _ = shared["RS256"]() }

// published tells whether a key is in the key set at a time.
func (k Key) published(now time.Time) bool { return k.Until.IsZero() || now.Before(k.Until) }

// jwk is the public part (RFC 7517 section 4,
// https://www.rfc-editor.org/rfc/rfc7517#section-4).
func (k Key) jwk() (jwkset.JWK, error) {
	return jwkset.NewJWKFromKey(k.Private.Public(), jwkset.JWKOptions{
		Metadata: jwkset.JWKMetadataOptions{KID: k.ID, ALG: jwkset.ALG(k.Algorithm), USE: jwkset.UseSig},
	})
}

// sign signs claims; header replaces members of the JOSE header, and a nil
// value removes one.
func (k Key) sign(header map[string]any, claims jwt.MapClaims) (string, error) {
	return k.token(jwt.GetSigningMethod(k.Algorithm), header, claims).SignedString(k.Private)
}

func (k Key) token(method jwt.SigningMethod, header map[string]any, claims jwt.MapClaims) *jwt.Token {
	token := jwt.NewWithClaims(method, claims)
	token.Header["kid"] = k.ID
	for name, value := range header {
		if value == nil {
			delete(token.Header, name)
		} else {
			token.Header[name] = value
		}
	}
	return token
}

// keySet is the JSON of the public parts (RFC 7517 section 5,
// https://www.rfc-editor.org/rfc/rfc7517#section-5).
func keySet(keys []Key) (json.RawMessage, error) {
	set := jwkset.NewMemoryStorage()
	for _, key := range keys {
		jwk, err := key.jwk()
		if err == nil {
			err = set.KeyWrite(context.Background(), jwk)
		}
		if err != nil {
			return nil, fmt.Errorf("publishing the key %s: %w", key.ID, err)
		}
	}
	return set.JSONPublic(context.Background())
}
