package interview

import (
	"context"
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/target"
)

// callback is a redirect URI on which nobody needs to listen.
const callback = "http://127.0.0.1:8765/callback"

// clients asks for those that are registered, unless they register themselves.
func (i *interview) clients(ctx context.Context) error {
	if i.target.AuthorizationServer.Issuer == "" {
		return nil
	}
	if endpoint, _ := i.found["registration_endpoint"].(string); endpoint != "" {
		dynamic, err := i.confirm("The server registers clients dynamically. Use that?")
		if err == nil && dynamic {
			err = i.admission(ctx, endpoint)
		}
		if err != nil || dynamic {
			return err
		}
	}
	i.target.Clients = map[string]target.Client{}
	confidential, err := i.ask("client_id of a client with a secret", "", anything)
	if err != nil {
		return err
	}
	if confidential != "" {
		if err := i.client("confidential", confidential); err != nil {
			return err
		}
	}
	public, err := i.ask("client_id of a client without a secret", "", anything)
	if err != nil || public == "" {
		return err
	}
	return i.client("public", public)
}

// impossible is the registration of a client that nobody registers.
const impossible = `{"client_name": "grantproof", "redirect_uris": ["#"], "token_endpoint_auth_method": "none of those that there are"}`

// admission asks for an initial access token where registration wants one: then
// even an impossible client is told to show it.
func (i *interview) admission(ctx context.Context, endpoint string) error {
	log := &exchange.Log{Client: i.run().HTTP}
	answer, err := log.Send(ctx, exchange.Request{Endpoint: exchange.Registration, Method: http.MethodPost, URL: endpoint, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(impossible)})
	if err != nil || answer.Status != http.StatusUnauthorized && answer.Status != http.StatusForbidden {
		return nil // That it does not answer is found by the doctor.
	}
	variable, err := i.ask("  environment variable that holds the initial access token", "INITIAL_ACCESS_TOKEN", isVariable)
	i.target.AuthorizationServer.InitialAccessToken = reference(variable)
	return err
}

// client asks for what is registered of one.
func (i *interview) client(name, id string) error {
	client := target.Client{ID: id}
	var err error
	if name == "confidential" {
		variable, err := i.ask("  environment variable that holds its secret", "CLIENT_SECRET", isVariable)
		if err != nil {
			return err
		}
		client.Secret = reference(variable)
		client.AuthMethod = i.authenticationMethod()
	}
	grants, err := i.ask("  its grant types", i.grantsOf(name), anything)
	if err != nil {
		return err
	}
	client.GrantTypes = strings.Fields(grants)
	if client.Scope, err = i.ask("  its scope", i.scopes(), anything); err != nil {
		return err
	}
	if strings.Contains(grants, "authorization_code") {
		uris, err := i.ask("  its redirect URI", callback, isURL)
		if err != nil {
			return err
		}
		client.RedirectURIs = []string{uris}
	}
	i.target.Clients[name] = client
	return nil
}

// grantsOf are the grants that a client of this kind may have.
func (i *interview) grantsOf(name string) string {
	var grants []string
	for _, grant := range []string{"authorization_code", "refresh_token", "client_credentials"} {
		if i.offers(grant) && (grant != "client_credentials" || name == "confidential") {
			grants = append(grants, grant)
		}
	}
	return strings.Join(grants, " ")
}

// authenticationMethod is the first that the server supports where that is not
// the usual one.
func (i *interview) authenticationMethod() string {
	basic, listed := i.has("token_endpoint_auth_methods_supported", "client_secret_basic")
	post, _ := i.has("token_endpoint_auth_methods_supported", "client_secret_post")
	if listed && !basic && post {
		return "client_secret_post"
	}
	return ""
}

// owner asks who signs in.
func (i *interview) owner(context.Context) error {
	if _, asks := i.found["authorization_endpoint"]; !asks {
		return nil
	}
	username, err := i.ask("User name of a person who may sign in (none: the server approves without asking)", "", anything)
	if err != nil || username == "" {
		return err
	}
	variable, err := i.ask("  environment variable that holds the password", "PASSWORD", isVariable)
	i.target.ResourceOwner = target.ResourceOwner{Username: username, Password: reference(variable), Browser: "forms"}
	return err
}

// resource asks for an API and a request to it.
func (i *interview) resource(ctx context.Context) error {
	if i.target.ResourceServer.URL == "" && i.target.MCPServer.URL == "" {
		address, err := i.ask("URL of an API that accepts its tokens", "", orNothing(isURL))
		if err != nil {
			return err
		}
		i.target.ResourceServer.URL = address
	}
	if i.target.ResourceServer.URL == "" {
		return nil
	}
	path, err := i.ask("Path of the API that answers GET with a token", i.pathOf(ctx), orNothing(isPath))
	if err != nil || path == "" {
		return err
	}
	scope, err := i.ask("  the scope that it needs", first(i.scopes()), anything)
	i.target.ResourceServer.Probes = []target.Probe{{Method: http.MethodGet, Path: path, Scope: scope}}
	return err
}

// pathOf is the root of the API, if that wants a token.
func (i *interview) pathOf(ctx context.Context) string {
	log := &exchange.Log{Client: i.run().HTTP}
	answer, err := log.Send(ctx, exchange.Request{Endpoint: exchange.Resource, Method: http.MethodGet, URL: i.target.ResourceServer.URL + "/", Header: http.Header{}})
	if err == nil && answer.Status == http.StatusUnauthorized {
		return "/"
	}
	return ""
}

// tools asks for a tool of an MCP server.
func (i *interview) tools(context.Context) error {
	if i.target.MCPServer.URL == "" {
		return nil
	}
	name, err := i.ask("Name of a harmless tool without required arguments", "", anything)
	if err != nil || name == "" {
		return err
	}
	scope, err := i.ask("  the scope that it needs", first(i.scopes()), anything)
	i.target.MCPServer.Tools = []target.Tool{{Name: name, Arguments: map[string]any{}, Scope: scope}}
	return err
}

func first(words string) string {
	word, _, _ := strings.Cut(words, " ")
	return word
}
