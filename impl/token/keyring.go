package token

import (
	"crypto/ecdsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	lru "github.com/hashicorp/golang-lru/v2"
)

// Keyring holds the keys of one issuer: those that are published, and a secret
// for the documented HS256 shape that never leaves it.
type Keyring struct {
	secret   []byte
	verified *lru.Cache[Hash, verified]

	mu   sync.RWMutex
	keys []Key
	jwks json.RawMessage
	// fresh is when jwks has to be made anew, as a key is published no more.
	fresh time.Time
}

// verified is a token whose signature was right.
type verified struct {
	Access
	keyID string
}

// remembered bounds how many verified tokens are remembered.
const remembered = 4096

// NewKeyring makes a ring with a fresh ES256 key. Keys of other algorithms it
// shares with all such rings.
func NewKeyring() (*Keyring, error) {
	fresh, err := NewKey("ES256")
	if err != nil {
		return nil, err
	}
	return Load([]Key{fresh}, []byte(NewSecret()))
}

// Load makes a ring of known keys.
func Load(keys []Key, secret []byte) (*Keyring, error) {
	cache, err := lru.New[Hash, verified](remembered)
	if err != nil {
		return nil, err
	}
	return &Keyring{secret: secret, verified: cache, keys: slices.Clone(keys)}, nil
}

// Replace puts other keys into the ring.
func (k *Keyring) Replace(with []Key) { k.change(func([]Key) []Key { return slices.Clone(with) }) }

func (k *Keyring) change(how func([]Key) []Key) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.keys, k.jwks = how(k.keys), nil
}

// Keys are all that the ring holds.
func (k *Keyring) Keys() []Key {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return slices.Clone(k.keys)
}

// Rotate makes a new key of an algorithm, which signs from the time from on.
// Those before it stay published until the time until, when the last token
// that they signed has expired.
func (k *Keyring) Rotate(algorithm string, from, until time.Time) (Key, error) {
	key, err := NewKey(algorithm)
	if err != nil {
		return Key{}, err
	}
	key.SignsFrom = from
	k.change(func(keys []Key) []Key {
		for i := range keys {
			if keys[i].Algorithm == algorithm && keys[i].Until.IsZero() {
				keys[i].Until = until
			}
		}
		return append(keys, key)
	})
	return key, nil
}

// Use makes sure that the ring can sign with an algorithm.
func (k *Keyring) Use(algorithm string, now time.Time) error {
	_, err := k.signer(algorithm, now)
	return err
}

// signer is the newest key of an algorithm that signs already. An algorithm
// that the ring has no key of gets the shared one.
func (k *Keyring) signer(algorithm string, now time.Time) (Key, error) {
	k.mu.RLock()
	for i := len(k.keys) - 1; i >= 0; i-- {
		if key := k.keys[i]; key.Algorithm == algorithm && !now.Before(key.SignsFrom) && key.published(now) {
			k.mu.RUnlock()
			return key, nil
		}
	}
	k.mu.RUnlock()
	return k.share(algorithm)
}

// share adopts the shared key of an algorithm.
func (k *Keyring) share(algorithm string) (Key, error) {
	make, known := shared[algorithm]
	if !known {
		return Key{}, errors.New("the issuer has no key for " + algorithm)
	}
	key, err := make()
	if err != nil {
		return Key{}, err
	}
	k.change(func(keys []Key) []Key {
		if slices.ContainsFunc(keys, func(other Key) bool { return other.ID == key.ID }) {
			return keys
		}
		return append(keys, key)
	})
	return key, nil
}

// JWKS is the published key set (RFC 7517 section 5,
// https://www.rfc-editor.org/rfc/rfc7517#section-5).
func (k *Keyring) JWKS(now time.Time) (json.RawMessage, error) {
	k.mu.RLock()
	jwks, fresh := k.jwks, k.fresh
	k.mu.RUnlock()
	if jwks != nil && (fresh.IsZero() || now.Before(fresh)) {
		return jwks, nil
	}
	// Every issuer of JWT access tokens supports RS256 (RFC 9068 section 2.1,
	// https://www.rfc-editor.org/rfc/rfc9068#section-2.1).
	if _, err := k.signer("RS256", now); err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	var shown []Key
	k.fresh = time.Time{}
	for _, key := range k.keys {
		if !key.published(now) {
			continue
		}
		shown = append(shown, key)
		if !key.Until.IsZero() && (k.fresh.IsZero() || key.Until.Before(k.fresh)) {
			k.fresh = key.Until
		}
	}
	var err error
	k.jwks, err = keySet(shown)
	return k.jwks, err
}

// Private is the private part of the first key, as a JWK has it (RFC 7518
// section 6.2.2.1, https://www.rfc-editor.org/rfc/rfc7518#section-6.2.2.1). It
// is for examiners, who look whether it gets out.
func (k *Keyring) Private() string {
	for _, key := range k.Keys() {
		if private, ok := key.Private.(*ecdsa.PrivateKey); ok {
			if secret, err := private.Bytes(); err == nil {
				return base64.RawURLEncoding.EncodeToString(secret)
			}
		}
	}
	return ""
}

// Documented signs access in the documented HS256 shape.
func (k *Keyring) Documented(access Access) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, access.DocumentedClaims()).SignedString(k.secret)
}

// Sign signs claims with the newest key of an algorithm; header replaces
// members of the JOSE header, and a nil value removes one.
func (k *Keyring) Sign(algorithm string, now time.Time, header map[string]any, claims jwt.MapClaims) (string, error) {
	key, err := k.signer(algorithm, now)
	if err != nil {
		return "", err
	}
	return key.sign(header, claims)
}

// Own checks a token that this issuer made, in either shape, at the time that
// now tells. That its signature is right is remembered.
func (k *Keyring) Own(raw string, now func() time.Time) (Access, error) {
	if err := CheckEncoding(raw); err != nil {
		return Access{}, err
	}
	hash := HashOf(raw)
	if known, _ := k.verified.Get(hash); now().Before(known.Expires) && k.has(known.keyID, now()) {
		return known.Access, nil
	}
	claims := jwt.MapClaims{}
	parser := jwt.NewParser(jwt.WithValidMethods(append([]string{"HS256"}, Algorithms...)),
		jwt.WithTimeFunc(now), jwt.WithExpirationRequired())
	parsed, err := parser.ParseWithClaims(raw, claims, func(t *jwt.Token) (any, error) { return k.keyOf(t, now()) })
	if err != nil {
		return Access{}, err
	}
	// Of the JWTs that an issuer signs, access tokens alone have this type (RFC
	// 9068 section 2.1, https://www.rfc-editor.org/rfc/rfc9068#section-2.1).
	if typ := parsed.Header["typ"]; parsed.Method.Alg() != "HS256" && typ != Type {
		return Access{}, ErrMalformed
	}
	// This server understands no extension that a header could call critical (RFC 7515
	// section 4.1.11, https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11).
	if _, critical := parsed.Header["crit"]; critical {
		return Access{}, ErrMalformed
	}
	access, err := FromClaims(claims)
	if keyID, named := parsed.Header["kid"].(string); err == nil && named {
		k.verified.Add(hash, verified{access, keyID})
	}
	return access, err
}

var errForeignKey = errors.New("the key is not ours")

// keyOf finds the key that verifies a token; its algorithm is that of the key,
// whatever the token says.
func (k *Keyring) keyOf(t *jwt.Token, now time.Time) (any, error) {
	if t.Method.Alg() == "HS256" {
		return k.secret, nil
	}
	for _, key := range k.Keys() {
		if key.ID == t.Header["kid"] && key.Algorithm == t.Method.Alg() && key.published(now) {
			return key.Private.Public(), nil
		}
	}
	return nil, errForeignKey
}

func (k *Keyring) has(keyID string, now time.Time) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return slices.ContainsFunc(k.keys, func(key Key) bool { return key.ID == keyID && key.published(now) })
}
