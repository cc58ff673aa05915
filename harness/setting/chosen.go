package setting

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

// chosen is a client of the target file that acts for what a scenario wants. Until it
// has acted, another one that fits as well can take its place.
type chosen struct {
	client *world.Client
	wanted world.Wanted
	before int // How many exchanges the scenario had.
}

func choose(w *world.World, wanted world.Wanted) {
	world.Put(w, &chosen{w.Client, wanted, len(w.Log.All())})
}

// instead is another client of the target file that fits what the scenario wants and
// is registered for a grant; nil where there is none, or the first one has acted.
func instead(w *world.World, grant string) *world.Client {
	c := world.Part[chosen](w)
	if c == nil || c.client != w.Client || c.wanted.Name == world.Second || slices.ContainsFunc(w.Log.All()[c.before:], isAct) {
		return nil
	}
	others, _ := candidates(w, c.wanted)
	for _, other := range others {
		if lacksFor(w, other, grant) == nil {
			return other
		}
	}
	return nil
}

// isAct tells what a client does from what is asked of the metadata.
func isAct(e *exchange.Exchange) bool {
	return e.Endpoint != exchange.Metadata && e.Endpoint != exchange.Registration && e.Endpoint != exchange.ClientConfiguration
}

// lacksFor tells what a client of the target file has not that it needs to be asked
// for a grant; nil for nothing. What the file leaves out is believed.
func lacksFor(w *world.World, client *world.Client, grant string) error {
	switch {
	case len(client.GrantTypes) > 0 && !slices.Contains(client.GrantTypes, grant):
		return lacksGrant(w.Run, grant)
	case grant == "authorization_code" && len(client.RedirectURIs) == 0:
		return check.Unnamed("clients.redirect_uris", "the client of the target file has no redirect_uris; add those that it is registered with")
	}
	if tools := w.Run.Target.MCPServer.Tools; world.Part[acts.ToolServer](w) != nil && len(tools) > 0 {
		return lacksScope(client, tools[0].Scope)
	}
	return nil
}

// lacksScope tells that a client is not registered for the scope that a call needs.
func lacksScope(client *world.Client, needed string) error {
	lacked := strings.Join(lackedScopes(client, needed), " ")
	if lacked == "" {
		return nil
	}
	return check.Unnamed("clients.scope", fmt.Sprintf("no client of the target file has the scope %q; add it to the scope of the client %s, if it is registered for it", lacked, client.ID))
}

// lackedScopes are those of needed that the client of the target file has not.
func lackedScopes(client *world.Client, needed string) []string {
	has := strings.Fields(client.Scope)
	if !client.Known || len(has) == 0 {
		return nil
	}
	return slices.DeleteFunc(strings.Fields(needed), func(scope string) bool { return slices.Contains(has, scope) })
}
