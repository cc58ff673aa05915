package world

import (
	"context"
	"net/http"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/useragent"
)

// Setting is how a scenario gets its parties, and what can be arranged about
// them: a control plane makes everything, or the target is as it is. What a
// setting cannot do is not applicable. It belongs to a run; the scenario is in
// each call.
type Setting interface {
	Realms
	Clients
	ResourceOwner
	Tokens
	Clock
	Servers
}

// Realms are the issuers of scenarios.
type Realms interface {
	// Realm is that of a scenario which asks for no other.
	Realm(ctx context.Context, w *World) (*Realm, error)
	// MakeRealm makes a realm with a policy, which ends with the scenario.
	MakeRealm(ctx context.Context, w *World, policy control.RealmRequest) (*Realm, error)
	// Change changes the policy of the realm.
	Change(ctx context.Context, w *World, policy control.RealmRequest) error
	// Demand changes the policy of a realm that can be changed. The requirements
	// of a scenario say that another one is so already.
	Demand(ctx context.Context, w *World, policy control.RealmRequest) error
	// AddResource has the authorization server know another protected resource.
	AddResource(ctx context.Context, w *World, identifier string) error
}

// Clients are those of the authorization server.
type Clients interface {
	// Register makes the client that is wanted, and lets it act.
	Register(ctx context.Context, w *World, wanted Wanted) error
	// ResourceClient is the client with which the protected resource introspects,
	// nil for none; own tells that it is there for nothing else.
	ResourceClient(w *World) (client *Client, own bool)
	// InitialToken is an initial access token for a realm that demands one.
	InitialToken(w *World) (string, error)
	// MayUse tells why the client that acts may not use a grant type, though the
	// scenario means it to.
	MayUse(w *World, grant string) error
	// ClientCredentials tells whether a client gets tokens for itself; nil is any.
	ClientCredentials(w *World, client *Client) bool
}

// ResourceOwner is who owns what clients want.
type ResourceOwner interface {
	// Decide has the resource owner approve or deny what comes.
	Decide(ctx context.Context, w *World, decision useragent.Decision) error
	// Approve has the resource owner approve, where there is one.
	Approve(ctx context.Context, w *World) error
	// Consent is when the resource owner is asked.
	Consent(run *Run) Consent
	// SignOut ends the session of the browser.
	SignOut(ctx context.Context, w *World) error
	// Account is the address of a page that shows people their account.
	Account(w *World, path string) (string, error)
}

// Consent is when an authorization server asks the resource owner, who may have
// approved before.
type Consent int

// The ways to ask: each time, for prompt=consent, or maybe never again.
const (
	AsksAlways Consent = iota
	AsksForPrompt
	MayRemember
)

// Tokens are made without a grant.
type Tokens interface {
	// Mint makes an access token that departs from a valid one.
	Mint(ctx context.Context, w *World, request control.MintRequest) (string, error)
	// Hint makes an ID token to be sent as id_token_hint.
	Hint(ctx context.Context, w *World, request control.MintRequest) (string, error)
	// RotateKeys has the authorization server sign with another key.
	RotateKeys(ctx context.Context, w *World) error
}

// Clock is the time of the servers.
type Clock interface {
	// Affords tells why a run does not let that much time pass; nil if it does.
	Affords(run *Run, wait time.Duration) *check.NotApplicable
	// Pass lets time pass.
	Pass(ctx context.Context, w *World, wait time.Duration) error
	// Expire lets the time of the access token pass.
	Expire(ctx context.Context, w *World) error
}

// Servers are what is known of the servers besides their answers.
type Servers interface {
	// Traffic is what the servers of a realm received, and what they logged.
	Traffic(ctx context.Context, w *World, realm string) ([]control.Request, []string, error)
	// Publish lets the servers fetch what a server of the examiner answers.
	Publish(run *Run, server *http.Server) (*Publication, error)
	// Revisions are those of MCP that the MCP server speaks, the newest last.
	Revisions(ctx context.Context, run *Run) []string
	// Arrived tells why nothing follows from where the browser has arrived.
	Arrived(w *World, arrival useragent.Arrival) error
	// Limited tells that the servers take no more requests for now (RFC 6585
	// section 4, https://www.rfc-editor.org/rfc/rfc6585#section-4), which says
	// nothing about the request.
	Limited(answer *exchange.Exchange) error
}

// Wanted is a client that a scenario wants.
type Wanted struct {
	Name         string // In the target file, if it is there.
	Confidential bool
	Table        Table                 // What it is registered with, where that matters.
	Request      control.ClientRequest // The whole of it.
	Serves       Serves
}

// Serves is which protected resource a client serves.
type Serves int

// The protected resources that a client serves: none, one that is new, that of
// the client before, or that of the next one in a chain.
const (
	NoResource Serves = iota
	NewResource
	SameResource
	NextResource
)
