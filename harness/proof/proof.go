// Package proof owns the examiner's own cryptography: what a client proves
// and what a token says. It never calls the code of the system under
// examination, or both would share one mistake.
package proof

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
)

// Verifier is a fresh code verifier of 43 characters (RFC 7636 section 4.1,
// https://www.rfc-editor.org/rfc/rfc7636#section-4.1).
func Verifier() string { return Random() }

// VerifierLike is another code verifier, whose S256 challenge begins with the
// same two characters. A few thousand are tried for it.
func VerifierLike(verifier string) string {
	for {
		another := Verifier()
		if another != verifier && Challenge(another)[:2] == Challenge(verifier)[:2] {
			return another
		}
	}
}

// Challenge is the S256 transformation (RFC 7636 section 4.2,
// https://www.rfc-editor.org/rfc/rfc7636#section-4.2).
func Challenge(verifier string) string {
	hash := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(hash[:])
}

// Random is 256 random bits as base64url.
func Random() string {
	var random [32]byte
	_, _ = rand.Read(random[:])
	return base64.RawURLEncoding.EncodeToString(random[:])
}

// Text is random text of a length, in letters and digits.
func Text(length int) string {
	text := make([]byte, 0, length)
	for len(text) < length {
		text = append(text, rand.Text()...)
	}
	return string(text[:length])
}

// JWT is a token taken apart; its signature is not checked.
type JWT struct {
	Header, Claims map[string]any
}

// Parse takes a compact JWT apart (RFC 7519 section 3,
// https://www.rfc-editor.org/rfc/rfc7519#section-3). Unused bits at the end of a part
// are passed over: a decoder may refuse them, and need not (RFC 4648 section 3.5,
// https://www.rfc-editor.org/rfc/rfc4648#section-3.5). The decoder of the standard
// library passes over line breaks too, which no JWT has.
func Parse(raw string) (JWT, error) {
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return JWT{}, errors.New("not a JWT: it does not have three parts")
	}
	var token JWT
	for i, into := range []*map[string]any{&token.Header, &token.Claims} {
		decoded, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil || strings.ContainsAny(parts[i], "\r\n") {
			return JWT{}, errors.New("not a JWT: a part is not base64url without padding, line breaks and other characters (RFC 7515 section 2)")
		}
		if err := json.Unmarshal(decoded, into); err != nil {
			return JWT{}, errors.New("not a JWT: a part is not a JSON object")
		}
	}
	return token, nil
}
