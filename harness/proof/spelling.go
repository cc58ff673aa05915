package proof

import (
	"crypto/elliptic"
	"encoding/base64"
	"fmt"
	"math/big"
	"strings"
)

const base64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// Spellings are the ways to write a JWT otherwise that leave what it says and who
// signed it as they were, for those who decode it leniently.
var Spellings = map[string]func(raw string) (string, error){
	"padded":                         padded,
	"with a line break in it":        func(raw string) (string, error) { return raw[:len(raw)/2] + "\n" + raw[len(raw)/2:], nil },
	"after a line break":             func(raw string) (string, error) { return "\n" + raw, nil },
	"followed by a blank":            func(raw string) (string, error) { return raw + " ", nil },
	"with other unused bits":         withOtherBits,
	"with the twin of its signature": withTwin,
}

// Spelled writes a JWT otherwise, or forges one that says the same.
func Spelled(way, raw string) (string, error) {
	if forgery, known := Forgeries[way]; known {
		return forged(forgery, raw)
	}
	write, known := Spellings[way]
	if !known {
		return "", fmt.Errorf("there is no way to write a JWT %q", way)
	}
	return write(raw)
}

// padded adds the padding that RFC 7515 section 2 leaves out
// (https://www.rfc-editor.org/rfc/rfc7515#section-2).
func padded(raw string) (string, error) {
	lacks := 4 - len(signatureOf(raw))%4
	if lacks == 4 {
		return "", fmt.Errorf("the signature needs no padding")
	}
	return raw + strings.Repeat("=", lacks), nil
}

// withOtherBits changes a bit after the last byte, which a decoder may pass over
// (RFC 4648 section 3.5, https://www.rfc-editor.org/rfc/rfc4648#section-3.5).
func withOtherBits(raw string) (string, error) {
	if len(signatureOf(raw))%4 < 2 {
		return "", fmt.Errorf("the signature has no unused bits")
	}
	last := strings.IndexByte(base64URL, raw[len(raw)-1])
	if last < 0 {
		return "", fmt.Errorf("the signature is not base64url")
	}
	return raw[:len(raw)-1] + string(base64URL[last^1]), nil
}

// withTwin replaces the s of a signature by ES256 by n − s, which fits the same key
// and text.
func withTwin(raw string) (string, error) {
	signature, err := base64.RawURLEncoding.DecodeString(signatureOf(raw))
	if parsed, parseErr := Parse(raw); err != nil || parseErr != nil || parsed.Header["alg"] != "ES256" || len(signature) != 64 {
		return "", fmt.Errorf("the token is not signed with ES256, and its signature has no twin")
	}
	s := new(big.Int).SetBytes(signature[32:])
	s.Sub(elliptic.P256().Params().N, s).FillBytes(signature[32:])
	return strings.TrimSuffix(raw, signatureOf(raw)) + base64.RawURLEncoding.EncodeToString(signature), nil
}

func signatureOf(raw string) string { return raw[strings.LastIndexByte(raw, '.')+1:] }
