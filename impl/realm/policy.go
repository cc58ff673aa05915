package realm

import (
	"cmp"
	"time"

	"github.com/grantproof/grantproof/impl/cimd"
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
	// Upstream is how the MCP server gets at the protected resource.
	Upstream Upstream
	// WriteImpliesRead: who may write may read, without the scope for it.
	WriteImpliesRead bool
	// ResourceOwner is the answer to every authorization request, given
	// without being asked; left out, a person is asked by pages.
	ResourceOwner Decision
	// RefreshGrace is how long a used refresh token still works, for clients
	// whose answer was lost.
	RefreshGrace time.Duration
	// Resources are the identifiers of further protected resources that tokens
	// may be for.
	Resources []string
	// ClientDocuments are the rules for clients whose client_id is a URL.
	ClientDocuments cimd.Rules
	// ClientPages are the rules for the logos and pages that clients name;
	// CheckClientPages registers a client only if they are there.
	ClientPages      cimd.Rules
	CheckClientPages bool
	// SigningAlgorithm is the `alg` of access tokens; empty for the first of
	// token.Algorithms.
	SigningAlgorithm string
	// Registration says who may register clients; InitialAccessToken admits
	// where one is wanted, and RegistrationsPerHour is how many an address may
	// register where none is, 0 for no limit.
	Registration         Registration
	InitialAccessToken   token.Hash
	RegistrationsPerHour int
	// UnusedClients is how long a client that registered itself is kept if nothing
	// is granted to it; 0 is for good.
	UnusedClients time.Duration
	// NoConfiguration are the operations that no client may do with its
	// registration: read, update, delete.
	NoConfiguration []string
	// TokenEndpointAudience lets an assertion of a client name the token endpoint
	// as its audience, beside the issuer.
	TokenEndpointAudience bool
	// Rates limit how many requests a second are answered.
	Rates Rates
	// CodeChallenge is what the server asks of PKCE. RedirectURIRequired makes a
	// redemption repeat the redirect_uri even where a code_verifier takes its
	// place.
	CodeChallenge       CodeChallenge
	RedirectURIRequired bool
	// SignedMetadata: the metadata comes signed too.
	SignedMetadata bool
	// StatementIssuers are those whose software statements are trusted.
	StatementIssuers []StatementIssuer
	// Tools are those that the MCP server lists, by the name under which it does;
	// nil is all of them under their own.
	Tools map[string]string
	// StoreDown takes the store away, so that it can be seen what happens then.
	StoreDown bool
}

// Algorithm is the `alg` of access tokens.
func (p Policy) Algorithm() string { return cmp.Or(p.SigningAlgorithm, token.Algorithms[0]) }

// RefreshIdle is how long a refresh token lives if nobody uses it.
func (Policy) RefreshIdle() time.Duration { return 30 * 24 * time.Hour }

// RefreshAbsolute is how long a grant can be refreshed at all.
func (Policy) RefreshAbsolute() time.Duration { return 180 * 24 * time.Hour }

// Rates are how many requests a second are answered, and twice as many at once;
// 0 is no limit.
type Rates struct {
	Address int // Of those who do not prove to be a client, from one address.
	Client  int // Of one client that proves who it is.
	// Waiting is how much is remembered for the visitors of one network who have
	// not signed in: requests and sessions in half an hour, and as many at once.
	Waiting int
	// SpareLoopback counts nothing that comes from the machine itself.
	SpareLoopback bool
}

// Verify is a way to verify access tokens.
type Verify string

// The ways to verify.
const (
	ByJWT           Verify = "jwt"           // Locally, with the issuer's JWKS.
	ByIntrospection Verify = "introspection" // By asking the issuer (RFC 7662).
)

// Upstream is a way to a protected resource behind another.
type Upstream string

// The ways.
const (
	Exchanges Upstream = ""    // The caller's token is exchanged (RFC 8693).
	Own       Upstream = "own" // The server has credentials of its own.
)

// Registration says who may register clients (RFC 7591 section 3,
// https://www.rfc-editor.org/rfc/rfc7591#section-3); the zero value is nobody.
type Registration string

// Who may register.
const (
	RegistrationOff   Registration = ""
	RegistrationOpen  Registration = "open"
	RegistrationToken Registration = "initial_access_token"
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
