// Package oauthclient is the OAuth client that the MCP server and the agent
// share. It owns how a client finds its authorization server, gets a token,
// keeps and renews it, shows it to one protected resource and to nobody else,
// and says in a sentence what went wrong. A Client has credentials for one
// protected resource; a Handler authorizes any MCP client at an MCP server, which
// says itself where tokens for it are to be had.
//
// It does not know what the protected resource is for: operations and their
// meaning belong to the roles that call it.
package oauthclient

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"time"
)

// timeout is the longest that one exchange with the protected resource may
// take, with the renewal of the token that it may need.
const timeout = 30 * time.Second

// Config says who the client is and which two servers it talks to.
type Config struct {
	AuthServer     string // The issuer identifier of the authorization server.
	ResourceServer string // The identifier of the protected resource.
	ClientID       string
	ClientSecret   string
	Scope          string // Left out: what the server grants by default.
	// Resource is for which protected resource tokens are to be (RFC 8707); left
	// out, the authorization server decides.
	Resource string
	// SubjectToken is the access token of the user for whom the client acts: it is
	// exchanged for one that the protected resource takes (RFC 8693). Left out,
	// the client acts for itself.
	SubjectToken string
	HTTPClient   *http.Client // Left out: one with a timeout.
	Now          func() time.Time
	Wait         Wait         // Before a busy server is asked again; left out: in real time.
	Logger       *slog.Logger // Left out: nothing is logged.
}

// Client calls one protected resource with tokens of one authorization server.
// It is safe for concurrent use.
type Client struct {
	issuer   Server
	resource Server
	id       string
	http     *http.Client
	tokens   *tokens
}

// New checks the configuration; it sends nothing.
func New(config Config) (*Client, error) {
	if err := config.check(); err != nil {
		return nil, err
	}
	config = config.withDefaults()
	c := &Client{
		issuer:   authServer(config.AuthServer),
		resource: resourceServer(config.ResourceServer),
		id:       config.ClientID,
	}
	c.tokens = &tokens{now: config.Now, log: config.Logger, grant: newGrant(config, c.issuer)}
	c.http = c.authorized(*config.HTTPClient)
	return c, nil
}

func (c Config) withDefaults() Config {
	if c.HTTPClient == nil {
		c.HTTPClient = &http.Client{}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Wait == nil {
		c.Wait = waitInRealTime
	}
	bounded := *c.HTTPClient
	bounded.Transport = patiently(bounded.Transport, c.Wait, c.Now)
	bounded.Timeout = cmp.Or(bounded.Timeout, timeout)
	c.HTTPClient = &bounded
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return c
}

// HTTP returns the client that shows the token to the protected resource. Its
// responses are as the resource sent them; see Do for those in plain words.
func (c *Client) HTTP() *http.Client { return c.http }

// Grant is what the client holds, without the token.
type Grant struct {
	Issuer    string    `json:"issuer"`
	ClientID  string    `json:"client_id"`
	Scope     string    `json:"scope"`
	ExpiresAt time.Time `json:"expires_at"`
}

// Authenticate gets a token, unless there is one already, and says what it is
// good for.
func (c *Client) Authenticate(ctx context.Context) (Grant, error) {
	current, err := c.tokens.get(ctx, "")
	if err != nil {
		return Grant{}, err
	}
	return Grant{Issuer: c.issuer.URL, ClientID: c.id, Scope: current.scope, ExpiresAt: current.expiresAt.UTC()}, nil
}
