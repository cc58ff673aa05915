package setting

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// fitting is a client of the target file that fits what a scenario wants: the one
// of that name, else another one of its kind.
func fitting(w *world.World, wanted world.Wanted) (*world.Client, error) {
	clients, unfit := candidates(w, wanted)
	if len(clients) > 0 {
		return clients[0], nil
	}
	if unfit == nil {
		name := helpful(w.Run, wanted)
		unfit = check.Unnamed("clients."+name, fmt.Sprintf("the target has no such client; add clients.%s to the target file", name))
	}
	return nil, unfit
}

// candidates are the clients of the target file that fit what a scenario wants, the
// one that is meant first; of several, those with the scope of the first probe come
// before. The error says what the first of the others is not.
func candidates(w *world.World, wanted world.Wanted) (fit []*world.Client, unfit error) {
	for _, key := range alike(w.Run, wanted.Name) {
		client := w.Run.Known(key)
		if client == nil || client.Confidential() != wanted.Confidential || wanted.Name == world.Second && w.Client != nil && w.Client.ID == client.ID {
			continue
		}
		lacks := slices.IndexFunc(wanted.Table, func(row world.Row) bool { return !fits(client, row, wanted.Request) })
		if lacks < 0 {
			fit = append(fit, client)
		} else if unfit == nil {
			unfit = unlike(key, wanted.Table[lacks])
		}
	}
	if probes := w.Run.Target.ResourceServer.Probes; len(probes) > 0 {
		has := func(client *world.Client) int { return len(lackedScopes(client, probes[0].Scope)) }
		slices.SortStableFunc(fit, func(a, b *world.Client) int { return min(1, has(a)) - min(1, has(b)) })
	}
	return fit, unfit
}

// unlike says what the clients of the target file are not.
func unlike(key string, row world.Row) error {
	switch row.Name {
	case acts.WithoutGrant:
		return check.Unnamed("clients."+key+".grant_types", "no client of the target file says in its grant_types that it is not registered for "+row.Value)
	case acts.RegisteredByItself:
		return &check.NotApplicable{Reason: "the clients that are known beforehand did not register themselves", Lacks: "registration"}
	}
	reason := fmt.Sprintf("no such client of the target file, as clients.%s, is registered with the %s %q that the scenario needs", key, row.Name, row.Value)
	return check.Unnamed("clients."+key+"."+row.Name, reason)
}

// alike are the names under which the target file may have a client, the one
// that is meant first.
func alike(run *world.Run, name string) []string {
	further := run.Target.NamesLike
	switch name {
	case world.Confidential:
		return append([]string{name, world.Second}, further("confidential-")...)
	case world.Public:
		return append([]string{name}, further("public-")...)
	case world.Second:
		return append([]string{name, world.Confidential, world.Public}, further("public-")...)
	}
	return []string{name}
}

// helpful is the name of the client that would help.
func helpful(run *world.Run, wanted world.Wanted) string {
	if wanted.Name == world.Second && !wanted.Confidential && run.Known(world.Public) == nil {
		return world.Public
	}
	return wanted.Name
}

// fits tells whether a member of the client's registration is what is asked
// for. Grant types that the file does not name are believed.
func fits(c *world.Client, row world.Row, request control.ClientRequest) bool {
	switch row.Name {
	case "token_endpoint_auth_signing_alg":
		return c.Key != nil && c.Key.Algorithm == row.Value
	case "token_endpoint_auth_method":
		return c.Method == string(*request.TokenEndpointAuthMethod)
	case "grant_types":
		return len(c.GrantTypes) == 0 || holds(c.GrantTypes, *request.GrantTypes)
	case acts.WithoutGrant:
		return len(c.GrantTypes) > 0 && !slices.Contains(c.GrantTypes, row.Value)
	case "redirect_uris":
		return sameMembers(c.RedirectURIs, *request.RedirectUris)
	case "scope":
		return sameMembers(strings.Fields(c.Scope), strings.Fields(*request.Scope))
	case "client_secret":
		return c.Secret == row.Value && c.Method == string(*request.TokenEndpointAuthMethod)
	case "client_name":
		return c.Title == *request.ClientName
	case "jwks_uri":
		return c.Key != nil && request.JwksURI != nil
	case acts.RegisteredByItself, "application_type":
		return c.Registered
	}
	return false
}

// holds tells whether all of some are among many.
func holds(many, some []string) bool {
	return !slices.ContainsFunc(some, func(one string) bool { return !slices.Contains(many, one) })
}

func sameMembers(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
