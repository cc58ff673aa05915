package authserver

import (
	"cmp"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// plain is the transformation that leaves the verifier as it is.
const plain = "plain"

const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

// challenge judges the code challenge of an authorization request.
func challenge(r *realm.Realm, client store.Client, request authserver.AuthorizationRequest) *wire.Error {
	asks := r.Policy().CodeChallenge
	if request.CodeChallenge == nil {
		// RFC 7636 section 4.4.1: a server that requires PKCE refuses a request
		// without it (https://www.rfc-editor.org/rfc/rfc7636#section-4.4.1).
		if CodeChallengeRequired.In(r)(asks, client, request.CodeChallengeMethod) {
			return wire.InvalidRequest("code_challenge is missing")
		}
		return nil
	}
	method := CodeChallengeMethod.In(r)(request.CodeChallengeMethod)
	if !CodeChallengeMethodSupported.In(r)(asks, method) {
		return wire.InvalidRequest("code_challenge_method must be " + strings.Join(asks.Methods(), " or "))
	}
	if !CodeChallengeWellFormed.In(r)(method, *request.CodeChallenge) {
		return wire.InvalidRequest("code_challenge is neither the base64url of a SHA-256 hash nor, with the method plain, 43 to 128 unreserved characters")
	}
	return nil
}

// CodeChallengeRequired tells whether a request without a challenge is refused. The
// documented clients may do without, and where the policy says so, confidential
// ones. A public client has nothing else that binds the code to it (RFC 9700
// section 2.1.1, https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1). A method
// announces a challenge.
var CodeChallengeRequired = rule.New(func(asks realm.CodeChallenge, client store.Client, method *string) bool {
	optional := client.Demo || asks == realm.ChallengeOptional && client.Confidential()
	return !optional || method != nil
})

// CodeChallengeMethod is the transformation: plain, where a request names none (RFC
// 7636 section 4.3, https://www.rfc-editor.org/rfc/rfc7636#section-4.3).
var CodeChallengeMethod = rule.New(func(sent *string) string { return cmp.Or(value(sent), plain) })

// CodeChallengeMethodSupported tells whether a transformation is one that the
// metadata lists (RFC 7636 section 4.4.1,
// https://www.rfc-editor.org/rfc/rfc7636#section-4.4.1).
var CodeChallengeMethodSupported = rule.New(func(asks realm.CodeChallenge, method string) bool {
	return slices.Contains(asks.Methods(), method)
})

// CodeChallengeWellFormed tells whether a challenge has the form of its
// transformation (RFC 7636 section 4.2,
// https://www.rfc-editor.org/rfc/rfc7636#section-4.2).
var CodeChallengeWellFormed = rule.New(func(method, codeChallenge string) bool {
	if method == plain {
		return wellFormed(codeChallenge)
	}
	decoded, ok := token.DecodeBase64URL(codeChallenge)
	return ok && len(decoded) == sha256.Size
})

// boundChallenge is what the code is bound to: the challenge by S256. A plain
// one is hashed here, so that all are compared alike, and no verifier is kept.
func boundChallenge(r *realm.Realm, request authserver.AuthorizationRequest) string {
	sent := value(request.CodeChallenge)
	if sent == "" || r.Policy().CodeChallenge != realm.ChallengePlain || CodeChallengeMethod.In(r)(request.CodeChallengeMethod) != plain {
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

// CodeVerifierWellFormed tells whether a verifier has the form of one.
var CodeVerifierWellFormed = rule.New(wellFormed)

// CodeVerifier judges the verifier by the challenge that the code is bound to.
var CodeVerifier = rule.New(func(r *realm.Realm, codeChallenge, verifier string) *wire.Error {
	switch {
	// A verifier where no challenge was sent is a downgrade (RFC 9700 section
	// 2.1.1, https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1).
	case codeChallenge == "" && verifier != "":
		return invalidGrant("the authorization request had no code_challenge")
	case codeChallenge == "":
		return nil
	case !CodeVerifierWellFormed.In(r)(verifier):
		return invalidGrant("code_verifier is missing or not 43 to 128 unreserved characters")
	case !CodeVerifierMatches.In(r)(codeChallenge, verifier):
		return invalidGrant("code_verifier does not match the code_challenge")
	}
	return nil
})

// CodeVerifierMatches compares the transformed verifier with the challenge (RFC 7636
// section 4.6, https://www.rfc-editor.org/rfc/rfc7636#section-4.6).
var CodeVerifierMatches = rule.New(func(codeChallenge, verifier string) bool {
	return subtle.ConstantTimeCompare([]byte(s256(verifier)), []byte(codeChallenge)) == 1
})
