package world

import "time"

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
	For                    string        // The resource that the request for the access token named.
	Lifetime               time.Duration // Of the access token, as the server says; 0: it does not.
	Holder                 *Client       // Whom the access token was issued to.
	Assertion              string        // The one that was sent last.
	RefreshToken           string
	UsedRefreshToken       string // The one before, which brought the newest.
	Received               Received
}

// Received is what a client holds that others have sent it.
type Received struct {
	Token       string  // The one that it can exchange.
	Application *Client // Whom the first token of a chain was issued to.
	Refresh     string  // The refresh token of that.
	Scope       string
	ActorToken  string // Of an agent, for itself; empty without one.
	Agent       string // The client_id of the agent.
	Before      string // The client_id of the client that exchanged the token before.
}
