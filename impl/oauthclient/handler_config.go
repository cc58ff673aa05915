package oauthclient

import (
	"cmp"
	"context"
	"crypto"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/outbound"
)

// The grants of HandlerConfig.Grant.
const (
	GrantAuthorizationCode = "authorization_code" // For a person, who is asked.
	GrantClientCredentials = "client_credentials" // For nobody but the client.
)

const (
	// patience is how long a person may take to answer.
	patience = 5 * time.Minute
	// impatience is how long a server may take for one answer.
	impatience = 15 * time.Second
	// anyPort is where a client on this machine is answered: each time at another
	// port (RFC 8252 section 7.3, https://www.rfc-editor.org/rfc/rfc8252#section-7.3).
	anyPort = "http://127.0.0.1/callback"
)

// HandlerConfig says which MCP server a Handler is for and who the client is: by
// Credentials where there are some for the authorization server, else by
// MetadataURL where that supports it, else by Registration. At least one of the
// three is needed, and nothing else.
type HandlerConfig struct {
	Server string // The URL of the MCP server.
	Grant  string // GrantAuthorizationCode or GrantClientCredentials; left out: the first.

	// Credentials are those of registrations made beforehand.
	Credentials []Credentials
	// MetadataURL is the client ID metadata document, which is the client_id
	// where a server supports such.
	MetadataURL string
	// Registration is what the client says of itself where it registers itself;
	// members that are left out are those of a program on a person's machine. Nil:
	// the client registers nowhere.
	Registration *oauth.ClientMetadata
	// Key is for private_key_jwt, where the document or the registration says so.
	Key *Key
	// RedirectURI is on the loopback interface. One without a port is completed by
	// a free one; left out: http://127.0.0.1/callback.
	RedirectURI string

	// Browser shows a person the authorization URL; left out: the system's.
	Browser func(ctx context.Context, authorizationURL string) error
	// Patience is how long the person may take; left out: five minutes.
	Patience time.Duration
	// Store keeps registrations and tokens; left out: in memory.
	Store Store
	// HTTPClient talks to the servers that the MCP server names; left out: one
	// that reaches public addresses alone, and this machine while the MCP server
	// is on it. Redirects are never followed.
	HTTPClient *http.Client
	Now        func() time.Time
	Wait       Wait         // Before a busy server is asked again; left out: in real time.
	Logger     *slog.Logger // Left out: nothing is logged.
}

// Credentials are those of a client that somebody registered beforehand.
type Credentials struct {
	// Issuer is the authorization server that knows the client; no other gets to
	// see any of this. Left out: the one that the MCP server names first.
	Issuer       string
	ClientID     string
	ClientSecret string
	Key          *Key // For private_key_jwt.
	// AuthMethod is a token_endpoint_auth_method; left out: what fits what there
	// is and what the server supports.
	AuthMethod string
}

// Key signs the assertions with which a client authenticates.
type Key struct {
	Signer    crypto.Signer
	Algorithm string // Left out: what fits the key, such as ES256.
	ID        string // The kid; left out: none.
}

func (c HandlerConfig) check() (*url.URL, error) {
	server, err := url.Parse(c.Server)
	if err == nil {
		server.Host = strings.ToLower(server.Host)
	}
	switch {
	case err != nil || !isHTTP(server):
		return nil, fmt.Errorf("the MCP server %q is no URL: give one that starts with https://", quotable(c.Server, nil))
	case server.User != nil || strings.Contains(c.Server, "#"):
		return nil, fmt.Errorf("the URL of the MCP server has a user or a fragment: give one without")
	case server.Scheme == "http" && !outbound.IsLoopback(server.Hostname()):
		return nil, fmt.Errorf("the MCP server %s would get its token in the clear: give a URL that starts with https://", bare(server))
	case c.Grant != GrantAuthorizationCode && c.Grant != GrantClientCredentials:
		return nil, fmt.Errorf("there is no grant %q here: choose %s or %s", c.Grant, GrantAuthorizationCode, GrantClientCredentials)
	case c.MetadataURL != "" && !isDocumentURL(c.MetadataURL):
		return nil, fmt.Errorf("the client metadata document %q is at no https URL with a path: publish it at one", quotable(c.MetadataURL, nil))
	}
	for _, each := range c.Credentials {
		if each.ClientID == "" {
			return nil, fmt.Errorf("credentials for %q have no client_id: give that of a registered client", each.Issuer)
		}
	}
	if _, err := loopbackAddress(c.RedirectURI); err != nil {
		return nil, err
	}
	return server, nil
}

// isDocumentURL: https, with a path and without anything that makes two URLs of
// one document
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/client-registration#client-id-metadata-documents).
func isDocumentURL(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && strings.Trim(u.Path, "/") != "" && !strings.Contains(address, "#") &&
		!slices.ContainsFunc(strings.Split(u.EscapedPath(), "/"), func(segment string) bool { return segment == "." || segment == ".." })
}

func (c HandlerConfig) withDefaults() HandlerConfig {
	if c.Grant == "" {
		c.Grant = GrantAuthorizationCode
	}
	if c.RedirectURI == "" {
		c.RedirectURI = anyPort
	}
	if c.Browser == nil {
		c.Browser = OpenBrowser
	}
	if c.Patience == 0 {
		c.Patience = patience
	}
	if c.Store == nil {
		c.Store = NewMemoryStore()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Wait == nil {
		c.Wait = waitInRealTime
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return c
}

// client returns one that follows no redirect and waits for no answer forever.
func (c HandlerConfig) client(local bool) *http.Client {
	var direct http.Client
	switch {
	case c.HTTPClient != nil:
		direct = *c.HTTPClient
	case local:
		direct = *outbound.NewClient(outbound.PublicAndLoopback, impatience)
	default:
		direct = *outbound.NewClient(outbound.Public, impatience)
	}
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	direct.Transport = patiently(direct.Transport, c.Wait, c.Now)
	direct.Timeout = cmp.Or(direct.Timeout, impatience)
	return &direct
}
