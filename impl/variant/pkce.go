package variant

import (
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Variant{
	{
		Name:    "code-verifier-of-any-form",
		Role:    AuthorizationServer,
		Allows:  "RFC 7636 section 4.6: if the values are equal, the token endpoint continues; section 4.1 is about what the client creates",
		Summary: "A code verifier of any length and characters redeems the code if it matches the challenge.",
		Tempts:  ids{"rfc7636-4.1/verifier-syntax", "rfc7636-4.6/verifier-mismatch"},
		Rules:   seam.Instead(authserver.CodeVerifierWellFormed, func(string) bool { return true }),
	},
	{
		Name:    "code-challenge-of-any-form",
		Role:    AuthorizationServer,
		Allows:  "RFC 7636 section 4.6: what is compared is the transformed verifier; no sentence has the server judge a challenge before",
		Summary: "A code challenge of any form gets a code, which only a verifier that matches redeems.",
		Tempts:  ids{"rfc7636-4.2/challenge-syntax"},
		Rules:   seam.Instead(authserver.CodeChallengeWellFormed, func(string, string) bool { return true }),
	},
})
