package authserver

import (
	"cmp"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// plain is the transformation that leaves the verifier as it is.
const plain = "plain"

const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

// challenge judges the code challenge of an authorization request.
func challenge(r *realm.Realm, client store.Client, request authserver.AuthorizationRequest) *wire.Error {
	faults, asks := r.Faults(), r.Policy().CodeChallenge
	if request.CodeChallenge == nil {
		// RFC 7636 section 4.4.1: a server that requires PKCE refuses a request
		// without it (https://www.rfc-editor.org/rfc/rfc7636#section-4.4.1).
		if (challengeRequired(asks, client, faults) || request.CodeChallengeMethod != nil) && !faults.Has(faultname.CodeChallengeOptional) {
			return wire.InvalidRequest("code_challenge is missing")
		}
		return nil
	}
	method := challengeMethod(request, faults)
	if method == plain && faults.Has(faultname.PlainChallengeAccepted) {
		return nil
	}
	listed := slices.Contains(asks.Methods(), method) && !(method == plain && faults.Has(faultname.PlainListedAndRefused))
	if !listed && !faults.Has(faultname.UnknownChallengeMethodAccepted) {
		return wire.InvalidRequest("code_challenge_method must be " + strings.Join(asks.Methods(), " or "))
	}
	if faults.Has(faultname.ChallengeSyntaxNotChecked) {
		return nil
	}
	if method == plain && !wellFormed(*request.CodeChallenge) {
		return wire.InvalidRequest("code_challenge is not 43 to 128 unreserved characters")
	}
	if decoded, ok := token.DecodeBase64URL(*request.CodeChallenge); method != plain && (!ok || len(decoded) != sha256.Size) {
		return wire.InvalidRequest("code_challenge is not the base64url of a SHA-256 hash")
	}
	return nil
}

// challengeRequired: the documented clients may do without, and where the
// policy says so, confidential ones. A public client has nothing else that
// binds the code to it (RFC 9700 section 2.1.1,
// https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1).
func challengeRequired(asks realm.CodeChallenge, client store.Client, faults faultname.Set) bool {
	excepted := client.Confidential() || faults.Has(faultname.PublicClientsWithoutChallenge)
	return !client.Demo && !(asks == realm.ChallengeOptional && excepted)
}

// challengeMethod: without a method the transformation is plain (RFC 7636
// section 4.3, https://www.rfc-editor.org/rfc/rfc7636#section-4.3).
func challengeMethod(request authserver.AuthorizationRequest, faults faultname.Set) string {
	if request.CodeChallengeMethod == nil && faults.Has(faultname.MissingMethodIsS256) {
		return "S256"
	}
	return cmp.Or(value(request.CodeChallengeMethod), plain)
}

// boundChallenge is what the code is bound to: the challenge by S256. A plain
// one is hashed here, so that all are compared alike, and no verifier is kept.
func boundChallenge(r *realm.Realm, request authserver.AuthorizationRequest) string {
	sent := value(request.CodeChallenge)
	if sent == "" || r.Policy().CodeChallenge != realm.ChallengePlain || challengeMethod(request, r.Faults()) != plain {
		return sent
	}
	return s256(sent)
}

func s256(verifier string) string {
	hash := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(hash[:])
}

// wellFormed: 43 to 128 unreserved characters (RFC 7636 section 4.1,
// https://www.rfc-editor.org/rfc/rfc7636#section-4.1).
func wellFormed(verifier string) bool {
	return len(verifier) >= 43 && len(verifier) <= 128 && strings.Trim(verifier, unreserved) == ""
}

// verify compares the verifier with the challenge that the code is bound to
// (RFC 7636 section 4.6, https://www.rfc-editor.org/rfc/rfc7636#section-4.6).
func verify(r *realm.Realm, codeChallenge, verifier string) *wire.Error {
	faults := r.Faults()
	if codeChallenge == verifier && faults.Has(faultname.PlainChallengeAccepted) {
		return nil
	}
	if r.Policy().CodeChallenge == realm.ChallengePlain && faults.Has(faultname.PlainVerifierNotCompared) {
		return nil
	}
	if codeChallenge == "" {
		// A verifier where no challenge was sent is a downgrade (RFC 9700
		// section 2.1.1, https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1).
		if verifier != "" && !faults.Has(faultname.VerifierWithoutChallengeIgnored) {
			return invalidGrant("the authorization request had no code_challenge")
		}
		return nil
	}
	if !wellFormed(verifier) && !faults.Has(faultname.VerifierSyntaxNotChecked) {
		return invalidGrant("code_verifier is missing or not 43 to 128 unreserved characters")
	}
	if faults.Has(faultname.VerifierComparedInPart) && firstOf(s256(verifier), 2) == firstOf(codeChallenge, 2) {
		return nil
	}
	if faults.Has(faultname.VerifierNeverMatches) || subtle.ConstantTimeCompare([]byte(s256(verifier)), []byte(codeChallenge)) != 1 {
		return invalidGrant("code_verifier does not match the code_challenge")
	}
	return nil
}
