package world

import (
	"context"
	"net/url"
	"reflect"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/useragent"
)

// World is the state of one scenario: what all scenarios have in common, and a
// part for each noun that this one is about.
type World struct {
	Run     *Run
	Log     *exchange.Log
	Script  Script
	Realm   *Realm
	Client  *Client            // Who acts.
	Grant   Grant              // What the client has obtained.
	Last    Result             // What the last When brought about.
	Browser *useragent.Browser // Of the resource owner.

	parts   map[reflect.Type]any
	endings *endings
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
	Holder                 *Client       // Whom the access token was issued to.
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
	return &World{Run: r, Log: log, Browser: r.browser(log), endings: new(endings)}
}
