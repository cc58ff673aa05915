package proof

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/MicahParks/jwkset"
	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
)

// asymmetric are the algorithms of RFC 7518 section 3.1 and RFC 8037 that work
// with a published key (https://www.rfc-editor.org/rfc/rfc7518#section-3.1).
var asymmetric = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

// VerifiedBy tells why no key of a JSON Web Key Set verifies the signature of
// a JWT; nil where one does. Times and claims do not matter.
func VerifiedBy(keySet []byte, raw string) error {
	if _, err := Parse(raw); err != nil {
		return err
	}
	understood, err := understoodKeys(keySet)
	if err != nil {
		return fmt.Errorf("not a JSON Web Key Set: %w", err)
	}
	keys, err := keyfunc.NewJWKSetJSON(understood)
	if err != nil {
		return fmt.Errorf("not a JSON Web Key Set: %w", err)
	}
	_, err = jwt.NewParser(jwt.WithValidMethods(asymmetric), jwt.WithoutClaimsValidation()).Parse(raw, keys.Keyfunc)
	return err
}

// understoodKeys is a key set without the keys of an unknown type, which are ignored,
// and do not spoil the others (RFC 7517 section 5,
// https://www.rfc-editor.org/rfc/rfc7517#section-5).
func understoodKeys(keySet []byte) (json.RawMessage, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(keySet, &set); err != nil {
		return nil, err
	}
	if set.Keys == nil {
		return nil, errors.New("it has no keys")
	}
	understood := []json.RawMessage{}
	for _, key := range set.Keys {
		var kind struct {
			Type string `json:"kty"`
		}
		if err := json.Unmarshal(key, &kind); err != nil {
			return nil, err
		}
		switch jwkset.KTY(kind.Type) {
		case jwkset.KtyEC, jwkset.KtyOKP, jwkset.KtyRSA, jwkset.KtyOct:
			understood = append(understood, key)
		}
	}
	set.Keys = understood
	return json.Marshal(set)
}
