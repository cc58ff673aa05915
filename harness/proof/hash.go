package proof

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"strings"
)

// LeftHash is the left half of the hash of a token, by the hash of the
// algorithm that signs the ID token (OpenID Connect Core section 3.1.3.6,
// https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken).
func LeftHash(algorithm, token string) string {
	var sum []byte
	switch {
	case strings.HasSuffix(algorithm, "384"):
		hash := sha512.Sum384([]byte(token))
		sum = hash[:]
	case strings.HasSuffix(algorithm, "512"), algorithm == "EdDSA", algorithm == "Ed25519":
		hash := sha512.Sum512([]byte(token))
		sum = hash[:]
	default:
		hash := sha256.Sum256([]byte(token))
		sum = hash[:]
	}
	return base64.RawURLEncoding.EncodeToString(sum[:len(sum)/2])
}
