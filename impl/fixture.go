// Package impl is the reference system: the authorization server, the resource
// server, the MCP server and the control plane in one process, or one role of
// them.
// It owns the listeners; every decision belongs to a role.
package impl

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/control"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/mcpserver"
	"github.com/grantproof/grantproof/impl/metrics"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/resourceserver"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/variant"
	"github.com/grantproof/grantproof/impl/wire"
)

// Config says what to start. An empty address starts nothing; port 0 takes a
// free one.
type Config struct {
	AuthServer     string // Address, such as 127.0.0.1:4000.
	ResourceServer string
	Control        string
	MCPServer      string
	Metrics        string // For Prometheus; nothing is counted without.
	// Issuer, Resource and MCP are the public identifiers; left out they follow
	// from the addresses. That of the MCP server is its endpoint, and ends in /mcp.
	Issuer, Resource, MCP string
	ControlToken          string // Left out: a random one.
	ResourceSecret        string // Of the client task-api; left out: the demo's.
	MCPSecret             string // Of the client task-mcp; left out: the demo's.
	Policy                realm.Policy
	Faults                []string     // Of the root realm.
	Variants              []string     // Switched on in the root realm.
	Chaos                 *fault.Chaos // Of the root realm; nil for none.
	// Store and ScenarioStore are where the root realm and those of scenarios
	// remember: memory, sqlite:PATH or postgres://…; left out: memory.
	Store, ScenarioStore string
	StoreExists          bool   // Refuses a Store that is not there yet.
	StoreKey             string // Encrypts signing keys, see sql.Options.
	// TLS is that of the public listeners; nil for none. RootCAs are whom the
	// resource server believes that a server is the issuer; nil is the system's.
	TLS     *tls.Config
	RootCAs *x509.CertPool
	// TrustedProxies are believed where a request came from.
	TrustedProxies []netip.Prefix
	// Bare leaves the demo's clients, user and tasks out, and refuses a store
	// that has them.
	Bare bool
	Log  *slog.Logger
	// Audit is where the events go that matter for security, as lines of JSON, and
	// AuditKept how long the store keeps them; left out: nowhere, and not at all.
	Audit     io.Writer
	AuditKept time.Duration
	// AuditRequired refuses decisions while none of the two keeps their events.
	AuditRequired bool
	// Drain is how long the servers say that they are not ready before they refuse
	// requests and stop; 0 stops them at once.
	Drain time.Duration
	// Wrap is put around a role's handler, for tests of the examiner.
	Wrap func(role string, next http.Handler) http.Handler
}

// Fixture is a running reference system.
type Fixture struct {
	Issuer, Resource, MCP    string
	ControlURL, ControlToken string
	MetricsURL               string
	Realms                   *realm.Realms

	servers   []*http.Server
	listening map[string]string // URLs by role.
	stores    []store.Stores
	metrics   *metrics.Metrics // nil where nobody asked for them.
	drain     time.Duration
	drained   drain
	stop      context.CancelFunc // Ends what runs in the background.
	failed    chan error
}

// The listeners that are no role of OAuth, and that this machine alone reaches.
const (
	controlRole = "control"
	metricsRole = "metrics"
)

// Start starts what config names. The servers answer when it returns.
func Start(config Config) (*Fixture, error) {
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	config.Log = realm.Logger(config.Log)
	background, stop := context.WithCancel(context.Background())
	f := &Fixture{ControlToken: config.ControlToken, drain: config.Drain, stop: stop, failed: make(chan error, 5), listening: map[string]string{}}
	if config.Metrics != "" {
		f.metrics = metrics.New()
	}
	if f.ControlToken == "" {
		f.ControlToken = token.NewSecret()
	}
	if err := f.start(config); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	go keepUp(background, f.Realms.Root(), config)
	return f, nil
}

func (f *Fixture) start(config Config) error {
	listeners, err := listen(config.AuthServer, config.ResourceServer, config.MCPServer, config.Control, config.Metrics)
	if err != nil {
		return err
	}
	f.Issuer = identifier(config.Issuer, config.AuthServer, listeners[0], config.TLS != nil)
	f.Resource = identifier(config.Resource, config.ResourceServer, listeners[1], config.TLS != nil)
	f.MCP = config.MCP
	if base := identifier("", config.MCPServer, listeners[2], config.TLS != nil); f.MCP == "" && base != "" {
		f.MCP = base + realm.MCPEndpoint
	}
	f.ControlURL = identifier("", config.Control, listeners[3], false)
	f.MetricsURL = identifier("", config.Metrics, listeners[4], false)
	if err := f.makeRealms(config); err != nil {
		return err
	}
	issuers, err := authserver.New(f.Realms, config.Log)
	if err != nil {
		return err
	}
	resources, err := resourceserver.New(f.Realms, config.RootCAs, config.Log)
	if err != nil {
		return err
	}
	tools, err := mcpserver.NewHTTP(f.Realms, config.RootCAs, config.Log)
	if err != nil {
		return err
	}
	plane, err := control.New(f.Realms, f.ControlToken, config.Log)
	if err != nil {
		return err
	}
	f.serve(listeners[0], wire.AuthorizationServer, f.counted(wire.AuthorizationServer, issuers), config)
	f.serve(listeners[1], wire.ResourceServer, f.counted(wire.ResourceServer, resources), config)
	f.serve(listeners[2], wire.MCPServer, f.counted(wire.MCPServer, tools), config)
	f.serve(listeners[3], controlRole, plane, config)
	f.serve(listeners[4], metricsRole, f.metrics.Handler(), config)
	return nil
}

func (f *Fixture) makeRealms(config Config) error {
	alter, err := alterations(config)
	if err != nil {
		return err
	}
	if !config.Bare {
		config.ResourceSecret = cmp.Or(config.ResourceSecret, realm.DemoResourceSecret)
		config.MCPSecret = cmp.Or(config.MCPSecret, realm.DemoMCPSecret)
	}
	root, scenarios, err := f.openStores(config)
	if err != nil {
		return err
	}
	f.Realms, err = realm.New(realm.Options{
		Issuer: f.Issuer, Resource: f.Resource, Policy: config.Policy, ResourceSecret: config.ResourceSecret,
		MCP: f.MCP, MCPSecret: config.MCPSecret, Bare: config.Bare,
		Stores: root, ScenarioStores: scenarios, Audit: f.auditLog(config),
	})
	if err != nil {
		return err
	}
	alter(f.Realms.Root())
	return nil
}

// alterations are what a configuration breaks on purpose, which nothing does where it
// is bare.
func alterations(config Config) (func(*realm.Realm), error) {
	if config.Bare {
		if len(config.Faults)+len(config.Variants) > 0 || config.Chaos != nil || config.Control != "" {
			return nil, errors.New("a server without the demo data runs in production: it has no faults, no variants, no chaos and no control plane")
		}
		return func(*realm.Realm) {}, nil
	}
	faults, err := fault.NewSet(config.Faults)
	if err != nil {
		return nil, err
	}
	variants, err := variant.NewSet(config.Variants)
	return func(root *realm.Realm) {
		variant.Vary(root, variants)
		fault.Break(root, faults)
		if config.Chaos != nil {
			config.Chaos.Log = config.Log
			root.Alter(realm.Chaos, config.Chaos.Alter())
		}
	}, err
}

func listen(addresses ...string) ([]net.Listener, error) {
	listeners := make([]net.Listener, len(addresses))
	for i, address := range addresses {
		if address == "" {
			continue
		}
		listener, err := net.Listen("tcp", address)
		if err != nil {
			for _, opened := range listeners[:i] {
				if opened != nil {
					opened.Close()
				}
			}
			return nil, fmt.Errorf("cannot listen on %s: %w; is another server running there? choose another port", address, err)
		}
		listeners[i] = listener
	}
	return listeners, nil
}

// identifier is the public URL of a listener: what was configured, else
// localhost where the address is its well-known name, else the address.
func identifier(configured, address string, listener net.Listener, secure bool) string {
	if configured != "" || listener == nil {
		return configured
	}
	scheme := "http"
	if secure {
		scheme = "https"
	}
	if host, _, err := net.SplitHostPort(address); err == nil && host == "localhost" {
		return fmt.Sprintf("%s://localhost:%d", scheme, listener.Addr().(*net.TCPAddr).Port)
	}
	return scheme + "://" + listener.Addr().String()
}

func (f *Fixture) serve(listener net.Listener, role string, handler http.Handler, config Config) {
	if listener == nil {
		return
	}
	if config.Wrap != nil {
		handler = config.Wrap(role, handler)
	}
	if isOurs := role == controlRole || role == metricsRole; isOurs || !config.Bare {
		handler = f.local(listener, handler)
	}
	server := wire.Server(f.drained.handler(wire.Proxied(config.TrustedProxies, handler)), config.Log)
	f.servers = append(f.servers, server)
	f.listening[role] = identifier("", "", listener, config.TLS != nil && role != controlRole && role != metricsRole)
	serve := server.Serve
	if config.TLS != nil && role != controlRole && role != metricsRole {
		server.TLSConfig = config.TLS
		serve = func(l net.Listener) error { return server.ServeTLS(l, "", "") }
	}
	go func() {
		if err := serve(listener); !errors.Is(err, http.ErrServerClosed) {
			f.failed <- fmt.Errorf("the %s stopped: %w", role, err)
		}
	}()
}

// Addresses are the URLs at which the roles listen, whatever their public ones.
func (f *Fixture) Addresses() map[string]string { return maps.Clone(f.listening) }

// local keeps pages of other hosts away from what listens on this machine alone,
// and has public secrets or answers to everybody on it. A hardened server has
// neither, and may have a proxy before it that sends its Host.
func (f *Fixture) local(listener net.Listener, handler http.Handler) http.Handler {
	if address, ok := listener.Addr().(*net.TCPAddr); !ok || !address.IP.IsLoopback() {
		return handler
	}
	var names []string
	for _, identifier := range []string{f.Issuer, f.Resource, f.MCP} {
		if parsed, err := url.Parse(identifier); err == nil {
			names = append(names, parsed.Hostname())
		}
	}
	return wire.Local(names, handler)
}

// Wait returns when ctx ends, or with the reason why a server stopped.
func (f *Fixture) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-f.failed:
		return err
	}
}

// Close stops the servers at once, and then what they remember with.
func (f *Fixture) Close() error {
	f.stop()
	var errs []error
	for _, server := range f.servers {
		errs = append(errs, server.Close())
	}
	return errors.Join(append(errs, f.flush(), f.closeStores())...)
}

// Shutdown says that the servers are not ready any more, as long as was
// configured, refuses requests for a moment, and then lets running ones end, for
// at most three seconds.
func (f *Fixture) Shutdown() error {
	f.Realms.Root().Stop()
	f.drained.stop(f.drain)
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	errs := make([]error, len(f.servers))
	var group sync.WaitGroup
	for i, server := range f.servers {
		group.Go(func() { errs[i] = server.Shutdown(ctx) })
	}
	group.Wait()
	err := errors.Join(errs...)
	if errors.Is(err, context.DeadlineExceeded) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
