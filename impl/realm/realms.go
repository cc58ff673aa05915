package realm

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/password"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/store/memory"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// maxRealms bounds what a forgetful examiner can leave behind.
const maxRealms = 10_000

// ErrTooMany says that realms are made and never deleted.
var ErrTooMany = errors.New("there are 10000 realms already; delete some")

// Realms is the root realm and those of the scenarios.
type Realms struct {
	root   *Realm
	stores store.Stores // Of the scenarios' realms.
	log    *audit.Log
	mu     sync.RWMutex
	byID   map[string]*Realm
}

// Options describe a root realm.
type Options struct {
	Issuer, Resource string
	MCP              string // Identifier of the MCP server, its endpoint; empty for none.
	Policy           Policy
	// ResourceSecret and MCPSecret are those of the clients with which the
	// resource introspects, and the MCP server gets its tokens.
	ResourceSecret, MCPSecret string
	Bare                      bool // Without the demo data.
	// Stores and ScenarioStores are where the root realm and those of the
	// scenarios remember; nil is memory.
	Stores, ScenarioStores store.Stores
	Audit                  *audit.Log // nil for none.
}

// New makes the root realm, with the demo data unless it is to be bare.
func New(o Options) (*Realms, error) {
	if o.Stores == nil {
		o.Stores = memory.Stores{}
	}
	if o.ScenarioStores == nil {
		o.ScenarioStores = memory.Stores{}
	}
	root := newRealm("", servers{o.Issuer, o.Resource, o.MCP}, o.Stores.Realm(""), o.Policy)
	var err error
	if _, inProcess := o.Stores.(memory.Stores); inProcess {
		root.Keys, err = token.NewKeyring()
		root.Audit = o.Audit.Trail("", root.Clock.Now, nil) // Nobody else could read a table.
	} else {
		err = root.useKeptKeys()
		root.Audit = o.Audit.Trail("", root.Clock.Now, root.store)
	}
	if err != nil {
		return nil, err
	}
	if err := o.seedRoot(root); err != nil {
		return nil, err
	}
	return &Realms{root: root, stores: o.ScenarioStores, log: o.Audit, byID: map[string]*Realm{}}, nil
}

// ErrDemo says that a store is that of a demo, whose secrets everybody knows.
var ErrDemo = errors.New("the store holds the demo's clients and user, whose secrets are public; use another store")

// seedRoot writes what the root realm begins with.
func (o Options) seedRoot(root *Realm) error {
	if !o.Bare {
		return errors.Join(seedDemo(root, o.ResourceSecret), putMCPClient(root, o.MCPSecret))
	}
	clients, err := root.Store().Clients(context.Background())
	if err != nil {
		return err
	}
	if slices.ContainsFunc(clients, func(c store.Client) bool { return c.Demo }) {
		return ErrDemo
	}
	return errors.Join(putResourceClient(root, o.ResourceSecret), putMCPClient(root, o.MCPSecret))
}

// Open returns the root realm as a store has it, for commands that work on
// what the servers remember. It has no issuer.
func Open(stores store.Stores) (*Realm, error) {
	root := newRealm("", servers{}, stores.Realm(""), Policy{})
	return root, root.useKeptKeys()
}

// Root is the realm of the demo.
func (s *Realms) Root() *Realm { return s.root }

// Lookup finds a realm by its id; "" is the root.
func (s *Realms) Lookup(id string) (*Realm, bool) {
	if id == "" {
		return s.root, true
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	r, ok := s.byID[id]
	return r, ok
}

// Create makes a realm for one scenario.
func (s *Realms) Create(policy Policy) (*Realm, error) {
	id := token.NewID()
	r := newRealm(id, servers{s.root.Issuer, s.root.Resource, s.root.MCP}.of(id), s.stores.Realm(id), policy)
	var err error
	if r.Keys, err = token.NewKeyring(); err != nil {
		return nil, err
	}
	r.Traffic = &wire.Traffic{}
	// Nobody looks at the table of a realm that lasts for a moment.
	r.Audit = s.log.Trail(id, r.Clock.Now, nil)
	if err := seed(r); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.byID) >= maxRealms {
		return nil, ErrTooMany
	}
	s.byID[id] = r
	return r, nil
}

// Delete forgets a realm and tells whether it was there.
func (s *Realms) Delete(ctx context.Context, id string) (bool, error) {
	s.mu.Lock()
	r, ok := s.byID[id]
	delete(s.byID, id)
	s.mu.Unlock()
	if !ok {
		return false, nil
	}
	r.cancel()
	return true, s.stores.Forget(ctx, id)
}

// Clear deletes the realms of all scenarios, up to the first that cannot be.
func (s *Realms) Clear(ctx context.Context) error {
	s.mu.RLock()
	ids := slices.Collect(maps.Keys(s.byID))
	s.mu.RUnlock()
	for _, id := range ids {
		if _, err := s.Delete(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// seed gives a scenario's realm its resource owner and the client of its
// protected resource; a documented realm gets the demo data.
func seed(r *Realm) error {
	if r.Policy().Documented {
		return errors.Join(seedDemo(r, token.NewSecret()), putMCPClient(r, token.NewSecret()))
	}
	r.Password = token.NewSecret()
	r.User = store.User{ID: "user-" + token.NewID(), Username: "owner", Email: "owner@example.com", PasswordHash: password.OfMachine(r.Password)}
	if err := r.Store().PutUser(context.Background(), r.User); err != nil {
		return err
	}
	return errors.Join(putResourceClient(r, token.NewSecret()), putMCPClient(r, token.NewSecret()))
}

// putMCPClient registers the MCP server, which exchanges the tokens that it gets
// for some for the protected resource.
func putMCPClient(r *Realm, secret string) error {
	if r.MCP == "" || secret == "" {
		return nil
	}
	r.MCPClient = Credentials{ID: "task-mcp", Secret: secret}
	return r.Store().PutClient(context.Background(), store.Client{
		ID: r.MCPClient.ID, Secret: new(token.HashOf(r.MCPClient.Secret)), AuthMethod: "client_secret_basic",
		GrantTypes: []string{"client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"}, Scope: Scopes,
		ActsFor: []string{r.User.ID}, Serves: []string{r.MCP},
	})
}

func putResourceClient(r *Realm, secret string) error {
	r.ResourceClient = Credentials{ID: "task-api", Secret: secret}
	hash := token.HashOf(secret)
	return r.Store().PutClient(context.Background(), store.Client{
		ID: r.ResourceClient.ID, Secret: &hash, AuthMethod: "client_secret_basic", Serves: []string{r.Resource},
	})
}
