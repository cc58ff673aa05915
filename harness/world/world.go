package world

import (
	"context"
	"net/url"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/useragent"
)

// World is the state of one scenario.
type World struct {
	Run    *Run
	Log    *exchange.Log
	Script Script
	Realm  *Realm
	Client *Client // Who acts.
	Grant  Grant   // What the client has obtained.
	Last   Result  // What the last When brought about.
	MCP    *MCPSession
	// Tools is the MCP server as a protected resource, where the scenario is
	// about it: tokens are for it then.
	Tools *ToolServer
	// Examined is a client of MCP servers, where the scenario is about one.
	Examined *ExaminedClient
	answers  []control.Answer // Of the servers, otherwise than they would.
	other    *control.Realm   // Of another authorization server.
	silent   *silentServer
	// Document describes the client, where its client_id is a URL.
	Document *Document
	// Picture is the logo of a client, where it has one.
	Picture *Picture
	Down    string // The server that is not running, if any.
	// Browser is that of the resource owner.
	Browser *useragent.Browser
	agent   Agent

	Registration Registration          // Of a client that registered itself.
	InitialToken string                // The initial access token, where one is demanded.
	registered   map[string]registered // By registration_client_uri.

	published *publishedKeys               // Of the client, if it has a jwks_uri.
	control   *control.ClientWithResponses // nil for a target without a control plane.
}

// Grant is what a client holds in the course of a flow.
type Grant struct {
	Code, RedirectURI      string
	Verifier, State, Scope string
	Nonce                  string // Of the authentication request.
	Resource               string // That every request names, if they do.
	IDToken                string
	EarlierIDToken         string // The one before.
	Asked                  string // The scope of the authorization request.
	Consented              string // The scope that the resource owner granted.
	Earlier                string // The verifier of the authorization request before.
	AccessToken            string
	Lifetime               time.Duration // Of the access token, as the server says; 0: it does not.
	holder                 *Client       // Whom the access token was issued to.
	Assertion              string        // The one that was sent last.
	RefreshToken           string
	UsedRefreshToken       string // The one before, which brought the newest.
	Received               Received
}

// Result is what an action brought about.
type Result struct {
	Kind     Kind
	Exchange *exchange.Exchange
	Returned url.Values // Of an authorization request; nil: not redirected.
	// Stuck is what the target file lacks for the resource owner to go on, and
	// Witnessed tells that a real person saw that the browser stays.
	Stuck     string
	Witnessed bool
	Text      string // What an agent or a tool said.
	Tool      *mcp.CallToolResult
	Tools     []*mcp.Tool
	Problem   error // Why an agent or a tool failed.
	Repeat    func(context.Context) (Result, error)
	All       []*exchange.Exchange // Of requests sent at once.
	Trials    []Trial              // Of values that metadata lists.
	Codes     []string             // Obtained one after the other.
	Refresh   *RefreshProfile      // Of what agents do to refresh tokens.
}

// Kind says what a Result is about.
type Kind int

// The kinds of results.
const (
	Nothing Kind = iota
	TokenResponse
	AuthorizationResponse
	IntrospectionResponse
	RevocationResponse
	ResourceResponse
	MetadataResponse
	ToolResult
	AgentResult
	Tried
	RegistrationResponse
	MCPResponse
)

// New returns the world of a scenario that has not begun.
func (r *Run) New() *World {
	log := &exchange.Log{Client: r.HTTP}
	w := &World{Run: r, Log: log, Browser: r.browser(log), registered: map[string]registered{}, InitialToken: r.Target.AuthorizationServer.InitialAccessToken}
	w.Log.Secret(w.InitialToken)
	if r.Target.Control.URL != "" {
		w.control = r.controlled(w.Log)
	}
	return w
}

// Close deletes what the scenario made, even where the run was interrupted.
func (w *World) Close(ctx context.Context) {
	ctx = context.WithoutCancel(ctx)
	if w.Document != nil {
		w.Document.close()
	}
	if w.Picture != nil {
		w.Picture.close()
	}
	if w.MCP != nil {
		w.MCP.close()
	}
	w.Examined.close()
	w.closeOthers(ctx)
	w.published.close()
	if w.Realm != nil && w.control != nil {
		_, _ = w.control.DeleteRealmWithResponse(ctx, w.Realm.ID)
	}
	if w.control == nil {
		w.EndRegistrations(ctx)
	}
}

// Realm is the isolated issuer of the scenario.
type Realm struct {
	control.Realm
	Documented bool
	Ahead      int64    // Seconds that were let pass.
	Further    []string // The protected resources beside the first.
	// Publisher is the key of whose software statements the server trusts; nil
	// where it trusts nobody's.
	Publisher *proof.Key
}
