package realm

import (
	"time"

	"github.com/grantproof/grantproof/impl/token"
)

// Policy is what a realm demands and allows.
type Policy struct {
	// Documented is the demo's own contract: JSON requests, direct approval
	// and the list of clients. Otherwise the realm is strict.
	Documented bool
	// DocumentedTokens issues the HS256 shape, which the protected resource
	// accepts by introspection only.
	DocumentedTokens bool
	// Verify is how the protected resource verifies tokens.
	Verify Verify
	// ResourceOwner is the answer to every authorization request, given
	// without being asked; left out, a person is asked by pages.
	ResourceOwner Decision
	// RefreshGrace is how long a used refresh token still works, for clients
	// whose answer was lost.
	RefreshGrace time.Duration
	// StoreDown takes the store away, so that it can be seen what happens then.
	StoreDown bool
}

// RefreshIdle is how long a refresh token lives if nobody uses it.
func (Policy) RefreshIdle() time.Duration { return 30 * 24 * time.Hour }

// RefreshAbsolute is how long a grant can be refreshed at all.
func (Policy) RefreshAbsolute() time.Duration { return 180 * 24 * time.Hour }

// Verify is a way to verify access tokens.
type Verify string

// The ways to verify.
const (
	ByJWT           Verify = "jwt"           // Locally, with the issuer's JWKS.
	ByIntrospection Verify = "introspection" // By asking the issuer (RFC 7662).
)

// Decision is a resource owner's answer.
type Decision string

// The answers.
const (
	Asks     Decision = "" // Nobody answers beforehand: a person signs in and decides.
	Approves Decision = "approves"
	Denies   Decision = "denies"
)

// Scopes are the scopes of the task API.
var Scopes = token.Scope{"tasks:read", "tasks:write", "user:read", "user:write"}
