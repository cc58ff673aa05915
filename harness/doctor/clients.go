package doctor

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// clients has each client of the target file authenticate. With a control plane
// they are not used.
func (e *examination) clients(ctx context.Context) {
	if e.run.Target.Control.URL != "" {
		return
	}
	for _, name := range e.run.Target.NamesLike("") {
		f := e.authenticate(ctx, name, e.run.Known(name))
		e.found(f)
		if f.Status == Error {
			e.strangers = append(e.strangers, name)
		}
	}
}

// may tells whether a client of the file can be registered for a grant: what the
// file leaves out is believed.
func (e *examination) may(client *world.Client, grant string) bool {
	if !e.run.Capabilities[grant] || grant == "client_credentials" && !client.Confidential() {
		return false
	}
	return len(client.GrantTypes) == 0 || slices.Contains(client.GrantTypes, grant)
}

// authenticate sends a request that does no harm and needs the client to be who
// it says.
func (e *examination) authenticate(ctx context.Context, name string, client *world.Client) Finding {
	key := "clients." + name
	f := Finding{Name: key + " authenticates", Status: OK, Key: key}
	tried, answer, err := e.ask(ctx, name, client)
	f.Tried = tried + ", as " + client.ID + " by " + client.Method
	if err != nil {
		f.Status, f.CameBack, f.Change = Warning, err.Error(), "this client was not checked; see the error"
		return f
	}
	f.CameBack = check.Describe(answer)
	switch code := check.ErrorCode(answer); {
	case isStranger(answer):
		f.Status = Error
		f.Key, f.Change = e.otherwise(ctx, name, client)
	case code == "unauthorized_client":
		f.Status, f.Key, f.Change = Error, key+".grant_types", "the client is not registered for this grant; list the grants that it is registered for, such as grant_types: [authorization_code]"
	case code == "invalid_scope":
		f.Status, f.Key, f.Change = Error, key+".scope", fmt.Sprintf("the client is not allowed the scope %q; write the scope that it is registered for", client.Scope)
	case code == "unsupported_grant_type":
		f.Status, f.Key, f.Change = Warning, "capabilities", "the server does not support this grant; if that is intended, write capabilities: {client_credentials: false}"
	case answer.Status/100 == 2, code == "invalid_grant", name == "exchanging" && code != "", name == "resource" && code != "":
	case answer.Status == http.StatusTooManyRequests:
		f.Status, f.Change = Warning, "the server limits the rate of requests; set limits.requests_per_second"
	case answer.IsHTML():
		f.Status, f.Key, f.CameBack, f.Change = Error, "authorization_server", f.CameBack+" and a page of HTML", "check the token endpoint, and whether a proxy or a sign-in page answers in its place"
	default:
		f.Status, f.Change = Warning, "expected invalid_grant or a token; this answer does not show whether the client authenticates"
	}
	return f
}

// isStranger tells that the server does not take the client for who it is: with
// invalid_client, or, as some do, with another code and status 401.
func isStranger(answer *exchange.Exchange) bool {
	code := check.ErrorCode(answer)
	return code == "invalid_client" || code != "invalid_grant" && answer.Status == http.StatusUnauthorized
}

// ask sends the harmless request: client credentials where the client may have
// them; for the client of the protected resource, an introspection; else a code
// or token that nobody issued.
func (e *examination) ask(ctx context.Context, name string, client *world.Client) (tried string, answer *exchange.Exchange, err error) {
	w, err := e.world(ctx, client)
	if err != nil {
		return "", nil, err
	}
	_, introspects := e.run.Metadata["introspection_endpoint"]
	switch {
	case name == "resource" && introspects:
		w.Grant.AccessToken = proof.Random()
		tried, err = "introspection of an unknown token", acts.Introspect(ctx, w, client, nil)
	case name == "exchanging":
		tried = "token exchange of an unknown token"
		err = acts.RequestToken(ctx, w, world.Table{
			{Name: "grant_type", Value: "urn:ietf:params:oauth:grant-type:token-exchange"}, {Name: "subject_token", Value: proof.Random()},
			{Name: "subject_token_type", Value: "urn:ietf:params:oauth:token-type:access_token"},
		})
	case e.may(client, "client_credentials"):
		tried, err = "a token request with client credentials", acts.RequestToken(ctx, w, nil)
	default:
		w.Grant = world.Grant{Code: proof.Random(), RedirectURI: client.RedirectURI(), Verifier: proof.Verifier()}
		tried, err = "a token request with an unknown code", acts.RedeemCode(ctx, w, nil)
	}
	return tried, w.Last.Exchange, err
}

// otherwise says what to change for a client that is not taken for who it is:
// another way to authenticate, where that works, else its secret.
func (e *examination) otherwise(ctx context.Context, name string, client *world.Client) (key, change string) {
	key = "clients." + name
	for _, method := range []string{"client_secret_basic", "client_secret_post"} {
		if client.Secret == "" || method == client.Method {
			continue
		}
		other := *client
		other.Method = method
		_, answer, err := e.ask(ctx, name, &other)
		if err == nil && !isStranger(answer) && answer.Status < 500 {
			return key + ".token_endpoint_auth_method", "the client is registered for another method; write token_endpoint_auth_method: " + method
		}
	}
	switch {
	case client.Secret != "":
		return key + ".client_secret", fmt.Sprintf("check that %q is a client of this server, that %s is its secret, and that it is registered for %s; for another method, write its token_endpoint_auth_method", client.ID, e.variable(client.Secret), client.Method)
	case client.Key != nil:
		return key + ".private_key", fmt.Sprintf("check that %q is a client of this server, registered for private_key_jwt with the public half of this key", client.ID)
	}
	return key + ".client_id", fmt.Sprintf("check that %q is a public client of this server (token_endpoint_auth_method none); a client with a secret belongs to clients.confidential", client.ID)
}

// variable is the name of the environment variable that a secret came from.
func (e *examination) variable(secret string) string {
	for name, value := range e.run.Target.Environment {
		if value == secret && secret != "" {
			return "${" + name + "}"
		}
	}
	return "the value"
}

// acting are the clients that can act for a run, the likeliest first: the one that
// registered itself, as a run has them do, then those of the file that are no others'
// helpers. One that does not authenticate is blamed once, and not for the rest.
func (e *examination) acting(ctx context.Context) []actor {
	var all []actor
	if e.run.Target.Control.URL != "" {
		w, err := e.world(ctx, nil)
		if err == nil && acts.RegisterClient(ctx, w, true, nil) == nil {
			all = append(all, actor{"client", w.Client, w})
		}
		return all
	}
	if e.registered != nil {
		all = append(all, actor{theRegistered, e.registered, nil})
	}
	t := e.run.Target
	for _, name := range slices.Concat([]string{"confidential", "public", "second"}, t.NamesLike("confidential-"), t.NamesLike("public-")) {
		if client := e.run.Known(name); client != nil && !slices.Contains(e.strangers, name) {
			all = append(all, actor{"clients." + name, client, nil})
		}
	}
	return all
}

// theRegistered is the name of the client that registered itself.
const theRegistered = "the registered client"

// actor is a client that acts, with the world in which it has to, if there is
// one alone.
type actor struct {
	name   string
	client *world.Client
	only   *world.World
}

func (e *examination) worldOf(ctx context.Context, a actor) (*world.World, error) {
	if a.only != nil {
		return a.only, nil
	}
	return e.world(ctx, a.client)
}

// key is that of a client of the target file; else that of all.
func (a actor) key(member string) string {
	if strings.HasPrefix(a.name, "clients.") {
		return a.name + "." + member
	}
	return "clients"
}
