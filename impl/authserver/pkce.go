package authserver

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strings"

	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/wire"
)

const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

// challenge judges the code challenge of an authorization request; required
// is false for the documented clients alone.
func challenge(codeChallenge, method *string, required bool, faults fault.Set) *wire.Error {
	if codeChallenge == nil {
		// RFC 7636 section 4.4.1: a server that requires PKCE refuses a request
		// without it (https://www.rfc-editor.org/rfc/rfc7636#section-4.4.1).
		if (required || method != nil) && !faults.Has(fault.CodeChallengeOptional) {
			return wire.InvalidRequest("code_challenge is missing")
		}
		return nil
	}
	// Without a method the transformation is plain (RFC 7636 section 4.3,
	// https://www.rfc-editor.org/rfc/rfc7636#section-4.3), which this server
	// does not support.
	if method == nil && faults.Has(fault.MissingMethodIsS256) {
		method = new("S256")
	}
	if value(method) == "plain" && faults.Has(fault.PlainChallengeAccepted) {
		return nil
	}
	if value(method) != "S256" && !faults.Has(fault.UnknownChallengeMethodAccepted) {
		return wire.InvalidRequest("code_challenge_method must be S256")
	}
	if faults.Has(fault.ChallengeSyntaxNotChecked) {
		return nil
	}
	if decoded, err := base64.RawURLEncoding.DecodeString(*codeChallenge); err != nil || len(decoded) != sha256.Size {
		return wire.InvalidRequest("code_challenge is not the base64url of a SHA-256 hash")
	}
	return nil
}

// verify compares the verifier with the challenge that the code is bound to
// (RFC 7636 section 4.6, https://www.rfc-editor.org/rfc/rfc7636#section-4.6).
func verify(codeChallenge, verifier string, faults fault.Set) *wire.Error {
	if codeChallenge == verifier && faults.Has(fault.PlainChallengeAccepted) {
		return nil
	}
	if codeChallenge == "" {
		// A verifier where no challenge was sent is a downgrade (RFC 9700
		// section 2.1.1, https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1).
		if verifier != "" {
			return invalidGrant("the authorization request had no code_challenge")
		}
		return nil
	}
	// 43 to 128 unreserved characters (RFC 7636 section 4.1,
	// https://www.rfc-editor.org/rfc/rfc7636#section-4.1).
	wellFormed := len(verifier) >= 43 && len(verifier) <= 128 && strings.Trim(verifier, unreserved) == ""
	if !wellFormed && !faults.Has(fault.VerifierSyntaxNotChecked) {
		return invalidGrant("code_verifier is missing or not 43 to 128 unreserved characters")
	}
	hash := sha256.Sum256([]byte(verifier))
	computed := base64.RawURLEncoding.EncodeToString(hash[:])
	if faults.Has(fault.VerifierNeverMatches) || subtle.ConstantTimeCompare([]byte(computed), []byte(codeChallenge)) != 1 {
		return invalidGrant("code_verifier does not match the code_challenge")
	}
	return nil
}
