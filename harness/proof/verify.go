package proof

import (
	"fmt"

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
	keys, err := keyfunc.NewJWKSetJSON(keySet)
	if err != nil {
		return fmt.Errorf("not a JSON Web Key Set: %w", err)
	}
	_, err = jwt.NewParser(jwt.WithValidMethods(asymmetric), jwt.WithoutClaimsValidation()).Parse(raw, keys.Keyfunc)
	return err
}
