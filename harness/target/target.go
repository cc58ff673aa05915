// Package target owns what is examined: where it is, what it offers, which
// failures of it are known, and the files in which people write that down. It
// does not examine anything.
package target

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Target is a system under examination: the contents of a target file.
type Target struct {
	Name                string              `yaml:"name"`
	AuthorizationServer AuthorizationServer `yaml:"authorization_server"`
	ResourceServer      ResourceServer      `yaml:"resource_server"`
	MCPServer           MCPServer           `yaml:"mcp_server"`
	MCPClient           MCPClient           `yaml:"mcp_client,omitempty"`
	Clients             map[string]Client   `yaml:"clients"` // By what they are for: see ClientNames.
	ResourceOwner       ResourceOwner       `yaml:"resource_owner,omitempty"`
	Profiles            []string            `yaml:"profiles"`
	Capabilities        map[string]bool     `yaml:"capabilities"` // Correct what the metadata says.
	Baseline            string              `yaml:"baseline"`     // A file, relative to this one.
	Limits              Limits              `yaml:"limits,omitempty"`
	Examiner            Examiner            `yaml:"examiner,omitempty"`
	// Reach are further origins that the servers may lead the examiner to, though
	// they are without TLS, on this machine or in a private network.
	Reach   []string `yaml:"reach,omitempty"`
	Control Control  `yaml:"control,omitempty"`

	// Flags are those of the command line that chose the target.
	Flags []string `yaml:"-"`
	// Environment is what was taken from the environment, by name.
	Environment map[string]string `yaml:"-"`
	// Files are what was taken from files, by name.
	Files map[string]string `yaml:"-"`
}

// HasServers tells whether servers are under examination, and not a client alone.
func (t Target) HasServers() bool {
	return t.AuthorizationServer.Issuer != "" || t.ResourceServer.URL != "" || t.MCPServer.URL != ""
}

// AuthorizationServer is where tokens come from.
type AuthorizationServer struct {
	Issuer   string         `yaml:"issuer"`
	Metadata map[string]any `yaml:"metadata"` // Members that add to those discovered, or correct them.
	// InitialAccessToken admits to the registration of clients; only as ${NAME}
	// of the environment.
	InitialAccessToken string `yaml:"initial_access_token"`
	// AssertionAudience is what client assertions name: issuer or token_endpoint; left
	// out, both are tried.
	AssertionAudience string `yaml:"assertion_audience,omitempty"`
}

// The audiences of client assertions (RFC 7523 section 3,
// https://www.rfc-editor.org/rfc/rfc7523#section-3).
const (
	AudienceIssuer        = "issuer"
	AudienceTokenEndpoint = "token_endpoint"
)

// ResourceServer is a protected resource.
type ResourceServer struct {
	URL    string  `yaml:"url,omitempty"`    // The resource identifier.
	Second string  `yaml:"second,omitempty"` // That of another resource for which tokens are issued.
	Probes []Probe `yaml:"probes"`
}

// Probe is a harmless request to a protected resource that succeeds with a
// scope.
type Probe struct {
	Method string `yaml:"method"`
	Path   string `yaml:"path"`
	Scope  string `yaml:"scope"`
}

// MCPServer is an MCP server over HTTP.
type MCPServer struct {
	URL   string `yaml:"url"`
	Tools []Tool `yaml:"tools"`
}

// Tool is a harmless call of a tool that succeeds with a scope.
type Tool struct {
	Name      string         `yaml:"name"`
	Arguments map[string]any `yaml:"arguments"`
	Scope     string         `yaml:"scope"`
}

// MCPClient is a client of MCP servers to be examined: a program that is started
// with the URL of an MCP server. That one and the others are the embedded ones,
// whichever servers the target names.
type MCPClient struct {
	Command      []string      `yaml:"command"`       // The URL is appended.
	RedirectURIs []string      `yaml:"redirect_uris"` // Where it takes answers; left out: http://127.0.0.1/callback, at any port.
	Timeout      time.Duration `yaml:"timeout"`       // How long it may run each time; 0: twenty seconds.
}

// Client is a client that is registered with the authorization server.
type Client struct {
	ID           string   `yaml:"client_id"`
	Secret       string   `yaml:"client_secret"` // Only as ${NAME} of the environment.
	PrivateKey   string   `yaml:"private_key"`   // PEM or JWK: as ${NAME} of the environment, or the name of a file.
	AuthMethod   string   `yaml:"token_endpoint_auth_method"`
	GrantTypes   []string `yaml:"grant_types"`
	RedirectURIs []string `yaml:"redirect_uris"`
	Scope        string   `yaml:"scope"`
	Serves       []string `yaml:"serves,omitempty"` // The protected resources for which it introspects; left out: resource_server.url.
}

// ClientNames are the clients that a target file can have. Beside confidential
// and public there can be further ones of their kind, which are registered
// otherwise: their names go on after a hyphen, such as public-ipv6.
var ClientNames = []string{"confidential", "second", "public", "resource", "exchanging"}

// IsClientName tells whether a client can have this name.
func IsClientName(name string) bool {
	kind, further, _ := strings.Cut(name, "-")
	return slices.Contains(ClientNames, name) || (kind == "confidential" || kind == "public") && further != ""
}

// NamesLike are the names of the clients of the file that begin like this, in
// order.
func (t Target) NamesLike(beginning string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(t.Clients)), func(name string) bool { return !strings.HasPrefix(name, beginning) })
}

// ResourceOwner is the person whose data it is.
type ResourceOwner struct {
	Username string `yaml:"username"`
	Password string `yaml:"password"` // Only as ${NAME} of the environment.
	Browser  string `yaml:"browser"`  // forms or manual.
	// Hosts are further ones, with their port, on which people sign in; Steps what
	// they do on pages that are not recognized by themselves.
	Hosts []string `yaml:"hosts"`
	Steps []Step   `yaml:"steps"`
}

// Step is what the resource owner does on a page of the authorization server.
type Step struct {
	Page string            `yaml:"page"` // A text that it shows, or its path, which begins with a slash.
	Fill map[string]string `yaml:"fill"` // Fields by name; (username) and (password) are those of the resource owner.
	// Press is what the button says, its name or its value; where the page asks
	// for consent it is Approve or Deny.
	Press   string `yaml:"press"`
	Approve string `yaml:"approve"`
	Deny    string `yaml:"deny"`
}

// Limits keep a run kind to its target.
type Limits struct {
	RequestsPerSecond int           `yaml:"requests_per_second"` // 0: no limit.
	Timeout           time.Duration `yaml:"timeout"`             // Of one request; 0: ten seconds.
}

// Examiner is where the target reaches the examiner, which publishes there what
// servers fetch of clients: metadata documents, keys and pages.
type Examiner struct {
	URL    string `yaml:"url"`    // As the target knows it, such as that of a tunnel.
	Listen string `yaml:"listen"` // Host and port to listen at.
}

// Control is where a fixture is arranged; a target without one can neither
// mint tokens nor move time.
type Control struct {
	URL   string `yaml:"url"`
	Token string `yaml:"token"` // Only as ${NAME} of the environment.
}

// AnySecret is the key of a secret that the target has for its authorization
// server; "" for none.
func (t Target) AnySecret() string {
	switch {
	case t.ResourceOwner.Password != "":
		return "resource_owner.password"
	case t.AuthorizationServer.InitialAccessToken != "":
		return "authorization_server.initial_access_token"
	}
	for _, name := range slices.Sorted(maps.Keys(t.Clients)) {
		if t.Clients[name].Secret != "" {
			return "clients." + name + ".client_secret"
		}
	}
	return ""
}
