// Package realm owns everything that must differ between two scenarios that
// run at the same time: issuer, clock, policy, keys, faults, what is
// remembered, and the log of traffic. The root realm carries the demo.
//
// It does not decide anything with them: that is what the roles do.
package realm

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/cimd"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// Realm is one isolated issuer with its protected resource.
type Realm struct {
	ID        string // "" for the root realm.
	Issuer    string // The issuer identifier, without a trailing slash.
	Resource  string // The resource identifier.
	MCP       string // That of the MCP server, which is its endpoint; empty without one.
	Clock     *Clock
	Keys      *token.Keyring
	Sealer    *token.Sealer        // Of secrets that are needed back.
	KeySets   *token.RemoteKeySets // Of the clients that publish theirs.
	Documents *cimd.Documents      // Of clients whose client_id is a URL.
	Traffic   *wire.Traffic        // nil in the root realm.
	Journal   Journal              // Empty in the root realm.
	// Registrations counts the clients that an address registers.
	Registrations wire.Limiter
	Requests      wire.Limiter // Counts the requests of addresses and clients.
	Waiting       wire.Limiter // Counts what is remembered for visitors without a name.
	Audit         *audit.Trail // Of the decisions that matter for security.
	// ResourceClient authenticates the protected resource at the introspection
	// endpoint; User is the resource owner of a scenario, who signs in with
	// Password.
	ResourceClient Credentials
	MCPClient      Credentials // Of the MCP server, at the token endpoint.
	User           store.User
	Password       string
	SignIns        Attempts // At passwords.
	ClientGuesses  Attempts // At the secrets of clients.

	logos  *cimd.Logos
	store  store.Store
	policy atomic.Pointer[Policy]
	// alterations are what stands in it otherwise than in a sound realm.
	alterations alterations
	altered     atomic.Pointer[altered]
	// documents are what Document keeps.
	documents atomic.Pointer[sync.Map]
	ctx       context.Context
	cancel    context.CancelFunc
	stopping  atomic.Bool
	probe     probe
}

// Credentials are a client's id and secret.
type Credentials struct{ ID, Secret string }

// servers are the identifiers of those of a realm.
type servers struct{ issuer, resource, mcp string }

// MCPEndpoint is the path of the MCP server.
const MCPEndpoint = "/mcp"

// of are the servers of the realm with an id, below these.
func (s servers) of(id string) servers {
	below := servers{s.issuer + prefix + id, s.resource + prefix + id, ""}
	if base, found := strings.CutSuffix(s.mcp, MCPEndpoint); found {
		below.mcp = base + prefix + id + MCPEndpoint
	}
	return below
}

func newRealm(id string, at servers, remembers store.Store, policy Policy) *Realm {
	r := &Realm{ID: id, Issuer: at.issuer, Resource: at.resource, MCP: at.mcp, Clock: &Clock{}, store: remembers, Documents: cimd.New(), logos: cimd.NewLogos()}
	r.Sealer, r.KeySets = token.NewSealer(token.NewSealingKey()), token.NewRemoteKeySets(at.issuer, r.Clock.Now)
	r.SignIns.limit(r, "user", judgingPassword)
	r.SignIns.own.AtOnce, r.SignIns.shared.AtOnce = 5, 50
	r.ClientGuesses.limit(r, "client", judgingSecret)
	r.ClientGuesses.own.AtOnce, r.ClientGuesses.shared.AtOnce = 10, 100
	r.ctx, r.cancel = context.WithCancel(context.Background())
	r.SetPolicy(policy)
	r.Alter(Faults, Altered{})
	return r
}

// Store is what the realm remembers; where its policy says so, it is gone.
func (r *Realm) Store() store.Store {
	if r.Policy().StoreDown {
		return store.Down{}
	}
	return r.altered.Load().store
}

// Client finds a client by its id, which may be the URL of a document about it.
// What was registered beforehand needs no document.
func (r *Realm) Client(ctx context.Context, id string) (store.Client, error) {
	registered, err := r.Store().Client(ctx, id)
	if !errors.Is(err, store.ErrNotFound) || !cimd.IsURL(id) {
		return registered, err
	}
	rules := r.Policy().ClientDocuments
	rules.Replaced, rules.Asker = r.Rules(), wire.Network(audit.About(ctx).Address)
	client, err := r.Documents.Client(ctx, id, r.Clock.Now(), rules)
	if err == nil && len(client.Scope) == 0 {
		client.Scope = Scopes
	}
	return client, err
}

// GiveSecret lets a client authenticate with secret. It is kept as a hash, and
// besides encrypted where the client proves it by a MAC, for which it is
// needed back.
func (r *Realm) GiveSecret(client *store.Client, secret string) {
	client.Secret = new(token.HashOf(secret))
	if client.AuthMethod == "client_secret_jwt" {
		client.SealedSecret = r.Sealer.Seal(secret, client.ID)
	}
}

// Policy is what the realm demands at this moment.
func (r *Realm) Policy() Policy { return *r.policy.Load() }

// SetPolicy replaces the policy.
func (r *Realm) SetPolicy(p Policy) {
	r.policy.Store(&p)
	r.probe.forget()
	r.documents.Store(&sync.Map{})
}

// Document returns what build makes, and keeps it until the policy or the
// faults change.
func (r *Realm) Document(name string, build func() ([]byte, error)) ([]byte, error) {
	kept := r.documents.Load() // Before build looks at the policy.
	if known, ok := kept.Load(name); ok {
		return known.([]byte), nil
	}
	document, err := build()
	if err == nil {
		kept.Store(name, document)
	}
	return document, err
}

// AccessTokenLifetime is how long an access token lives.
const AccessTokenLifetime = time.Hour

// Resources are the identifiers of all protected resources that tokens may be
// for; the realm's own comes first.
func (r *Realm) Resources() []string {
	own := []string{r.Resource}
	if r.MCP != "" {
		own = append(own, r.MCP)
	}
	return append(own, r.Policy().Resources...)
}

// Context ends when the realm is deleted.
func (r *Realm) Context() context.Context { return r.ctx }

type contextKey struct{}

// From returns the realm that the request behind ctx is for. Every handler
// runs below Route, so there always is one.
func From(ctx context.Context) *Realm {
	return ctx.Value(contextKey{}).(*Realm)
}

// With returns ctx for a request to r.
func With(ctx context.Context, r *Realm) context.Context {
	return context.WithValue(ctx, contextKey{}, r)
}
