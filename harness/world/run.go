// Package world owns the state of one scenario: the realm, the parties, what
// was obtained so far, the last answer, and how all of it came about, so that
// it can be built anew without what deviates; and what all scenarios of a run share.
//
// It does not know what scenarios do (acts) and does not judge (check).
package world

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/reach"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/useragent"
)

// Run is what all scenarios of one run share.
type Run struct {
	Target       target.Target
	Metadata     map[string]any // Of the authorization server of the target.
	Capabilities map[string]bool
	HTTP         *http.Client
	Reach        *reach.Reach // Where servers may lead HTTP; nil where all servers are our own.
	Altered
	// Window is where a real person signs in; nil where nobody is there.
	Window  useragent.Window
	Parties Parties // nil where only servers are examined.
	Clients *Run    // Where a client is examined, if that is among other servers.
	Slow    bool    // Real time is waited for, where no clock can be moved.
	Waiting func(until time.Time)
	Slowed  func(reason string) // Told once that fewer requests go at once, and why.
	Setting Setting
	Ledger  Ledger // The clients that registered themselves and outlive a realm.

	controls   sync.Map // key → *played
	openIDOnly bool     // Of the metadata there is the OpenID configuration alone.
	known      sync.Map // What Remember found: name → func() bool
	endings    endings
	absence    absence
	documents  documents
}

// Parties starts the client side of the system in process.
type Parties interface {
	// Agent returns an agent for a realm.
	Agent(realm string, credentials Credentials) (Agent, error)
	// MCPServer returns a connection to an MCP server for a realm.
	MCPServer(ctx context.Context, realm string, credentials Credentials) (mcp.Transport, error)
	// MCPClient returns a client of MCP servers for a realm.
	MCPClient(realm string, setup ClientSetup) (MCPClient, error)
	// ClientDocument serves the client ID metadata document of such a client.
	ClientDocument(realm string, setup ClientSetup) (http.Handler, error)
}

// MCPClient is a client that is examined.
type MCPClient interface {
	// Connect connects and lists the tools, authorizing itself as it must.
	Connect(ctx context.Context) error
	// Call calls a tool, once it is connected.
	Call(ctx context.Context, tool string) error
	Close()
}

// ClientSetup is how a client of MCP servers is configured.
type ClientSetup struct {
	Server    string
	Revision  string // Of the protocol; left out: which one is left to the client.
	ForItself bool   // It acts for nobody but itself.
	// Of a registration made beforehand, if there is one.
	Issuer, ClientID, ClientSecret string
	Key                            *proof.Key // In the place of the secret.
	MetadataURL                    string     // Of the client's metadata document, if it has one.
	// Open shows a person the authorization URL, and returns where the browser is
	// sent to at the client.
	Open func(ctx context.Context, address string) (returned string, err error)
	// Shown is the page that the client answers the browser with.
	Shown func(page string)
}

// Agent is an AI agent that can be told what to do.
type Agent interface {
	Run(ctx context.Context, action string, arguments map[string]string) (string, error)
}

// Credentials are what the agent and the MCP server are configured with.
// Empty server URLs mean those of the realm.
type Credentials struct {
	ClientID, ClientSecret, Scope string
	AuthServer, ResourceServer    string
}

// NewHTTPClient returns the client that examines: bounded in time, keeping
// connections, and following no redirect by itself.
func NewHTTPClient(timeout time.Duration) *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	transport.Proxy = nil
	return &http.Client{
		Timeout:   timeout,
		Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
}

// Remember finds something out about the target once in a run.
func (r *Run) Remember(name string, find func() bool) bool {
	known, _ := r.known.LoadOrStore(name, sync.OnceValue(find))
	return known.(func() bool)()
}

// Altered is what a target with a control plane does otherwise than a sound reference
// system, in every realm.
type Altered struct {
	Faults   []string // What it breaks.
	Variants []string // What it does otherwise, and lawfully.
}

// Nothing tells whether it does everything as the reference does.
func (a Altered) Nothing() bool { return len(a.Faults)+len(a.Variants) == 0 }
