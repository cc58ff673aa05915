package world

import (
	"github.com/grantproof/grantproof/harness/proof"
)

// Client is a client of the authorization server.
type Client struct {
	Name         string // Where it is not simply the client.
	ID, Secret   string
	Method       string // token_endpoint_auth_method
	GrantTypes   []string
	RedirectURIs []string
	Scope        string
	Serves       []string   // The protected resources for which it introspects, if the target file names them.
	Key          *proof.Key // Of a client that is registered for private_key_jwt.
	EarlierKey   *proof.Key // The one before, which was withdrawn.
	Title        string     // What people call it; "" where nobody said.
	Registered   bool       // Dynamically, by itself.
	Known        bool       // It is in the target file, and may have been used before.
	Without      string     // The grant type for which it is known not to be registered.
}

// Confidential tells whether the client can prove who it is.
func (c *Client) Confidential() bool { return c.Secret != "" || c.Key != nil }

// RedirectURI is the first registered one.
func (c *Client) RedirectURI() string {
	if len(c.RedirectURIs) == 0 {
		return ""
	}
	return c.RedirectURIs[0]
}

// DefaultRedirectURI is a loopback address on which nobody needs to listen:
// the user agent stops when it is sent there.
const DefaultRedirectURI = "http://127.0.0.1:8765/callback"

// The names that clients have in the target file.
const (
	Confidential = "confidential"
	Public       = "public"
	Second       = "second"     // Not the first one.
	Exchanging   = "exchanging" // It exchanges the tokens that it receives.
)
