package realm

import "github.com/grantproof/grantproof/impl/token"

// CodeChallenge says what the server asks of PKCE (RFC 7636 section 5,
// https://www.rfc-editor.org/rfc/rfc7636#section-5); the zero value is S256.
type CodeChallenge string

// What is asked of PKCE.
const (
	ChallengeS256     CodeChallenge = ""         // Always, and by S256.
	ChallengePlain    CodeChallenge = "plain"    // Always, by S256 or plain.
	ChallengeOptional CodeChallenge = "optional" // By S256; confidential clients may do without.
)

// Methods are the transformations that the metadata lists.
func (c CodeChallenge) Methods() []string {
	if c == ChallengePlain {
		return []string{"S256", "plain"}
	}
	return []string{"S256"}
}

// StatementIssuer is somebody whose software statements are trusted (RFC 7591
// section 2.3, https://www.rfc-editor.org/rfc/rfc7591#section-2.3).
type StatementIssuer struct {
	Issuer string // The iss of the statements.
	Keys   token.KeySet
}
