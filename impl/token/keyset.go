package token

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/MicahParks/jwkset"

	"github.com/grantproof/grantproof/impl/strictjson"
)

// KeySet is the public keys of a client (RFC 7517 section 5,
// https://www.rfc-editor.org/rfc/rfc7517#section-5).
type KeySet []PublicKey

// PublicKey is one key and what it may be used for.
type PublicKey struct {
	ID        string // The kid; may be empty.
	Algorithm string // The alg, where the key names the only one for it.
	Key       any
}

// The sizes of keys that are accepted: fewer bits are too weak (RFC 7518
// section 3.3, https://www.rfc-editor.org/rfc/rfc7518#section-3.3), and more of
// them cost the server too much.
const (
	minRSABits = 2048
	maxRSABits = 8192
	maxKeys    = 50
)

// ErrKeySet says what is wrong with a set of keys.
var ErrKeySet = errors.New("not a usable JSON Web Key Set")

// ParseKeySet reads a set of public keys. Keys of types that are not known,
// and those that are not for signatures, are left out (RFC 7517 section 5); a
// set with a private or a shared key is refused, as it is known to others now.
func ParseKeySet(raw json.RawMessage) (KeySet, error) {
	var document struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := strictjson.Unmarshal(raw, &document); err != nil || document.Keys == nil {
		return nil, fmt.Errorf("%w: it is no JSON object with a list of keys", ErrKeySet)
	}
	if len(document.Keys) > maxKeys {
		return nil, fmt.Errorf("%w: it has more than %d keys", ErrKeySet, maxKeys)
	}
	var set KeySet
	for _, member := range document.Keys {
		key, usable, err := parseKey(member)
		if err != nil {
			return nil, err
		}
		if usable {
			set = append(set, key)
		}
	}
	return set, nil
}

func parseKey(raw json.RawMessage) (PublicKey, bool, error) {
	var members map[string]any
	if err := strictjson.Unmarshal(raw, &members); err != nil {
		return PublicKey{}, false, fmt.Errorf("%w: a key is no JSON object", ErrKeySet)
	}
	for _, secret := range []string{"d", "k"} {
		if _, has := members[secret]; has {
			return PublicKey{}, false, fmt.Errorf("%w: a private or shared key is in it", ErrKeySet)
		}
	}
	if use, has := members["use"]; has && use != "sig" {
		return PublicKey{}, false, nil
	}
	var marshalled jwkset.JWKMarshal
	if err := strictjson.Unmarshal(raw, &marshalled); err != nil {
		return PublicKey{}, false, fmt.Errorf("%w: a key has a member of the wrong type", ErrKeySet)
	}
	jwk, err := jwkset.NewJWKFromMarshal(marshalled, jwkset.JWKMarshalOptions{}, jwkset.JWKValidateOptions{SkipAll: true})
	if err != nil {
		return PublicKey{}, false, nil
	}
	key := PublicKey{ID: text(members["kid"]), Algorithm: text(members["alg"]), Key: jwk.Key()}
	return key, key.strong(), nil
}

func (k PublicKey) strong() bool {
	if key, ok := k.Key.(*rsa.PublicKey); ok {
		return key.N.BitLen() >= minRSABits && key.N.BitLen() <= maxRSABits
	}
	return true
}

// For returns the keys that fit an algorithm, and a kid where there is one. A
// key is used with one algorithm alone if it names it, and else with those of
// its type (RFC 8725 section 3.1, https://www.rfc-editor.org/rfc/rfc8725#section-3.1).
func (s KeySet) For(algorithm, kid string) []any {
	var fit []any
	for _, key := range s {
		if (kid == "" || key.ID == kid) && (key.Algorithm == "" || key.Algorithm == algorithm) && key.fits(algorithm) {
			fit = append(fit, key.Key)
		}
	}
	return fit
}

func (k PublicKey) fits(algorithm string) bool {
	switch key := k.Key.(type) {
	case *ecdsa.PublicKey:
		return algorithm == "ES256" && key.Curve == elliptic.P256()
	case *rsa.PublicKey:
		return strings.HasPrefix(algorithm, "RS") || strings.HasPrefix(algorithm, "PS")
	case ed25519.PublicKey:
		return algorithm == "EdDSA"
	}
	return false
}
