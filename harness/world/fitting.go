package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
)

// another is the client of the target file that is not the first one.
const another = "second"

// fitting is a client of the target file that fits what a scenario asks for,
// which table names: the one of that name, else another one of its kind.
func (w *World) fitting(name string, confidential bool, request control.ClientRequest, table Table) (*Client, error) {
	var unfit error
	for _, key := range w.alike(name) {
		client := w.Run.Known(key)
		if client == nil || client.Confidential() != confidential || name == another && w.Client != nil && w.Client.ID == client.ID {
			continue
		}
		lacks := slices.IndexFunc(table, func(row Row) bool { return !client.fits(row, request) })
		if lacks < 0 {
			return client, nil
		}
		if unfit == nil {
			unfit = unlike(key, table[lacks])
		}
	}
	if unfit == nil {
		wanted := w.wanted(name, confidential)
		unfit = check.Unnamed("clients."+wanted, fmt.Sprintf("the target has no such client; add clients.%s to the target file", wanted))
	}
	return nil, unfit
}

// unlike says what the clients of the target file are not.
func unlike(key string, row Row) error {
	switch row.Name {
	case withoutGrant:
		return check.Unnamed("clients."+key+".grant_types", "no client of the target file says in its grant_types that it is not registered for "+row.Value)
	case selfRegistered:
		return &check.NotApplicable{Reason: "the clients that are known beforehand did not register themselves", Lacks: "registration"}
	}
	reason := fmt.Sprintf("no such client of the target file, as clients.%s, is registered with the %s %q that the scenario needs", key, row.Name, row.Value)
	return check.Unnamed("clients."+key+"."+row.Name, reason)
}

// alike are the names under which the target file may have a client, the one
// that is meant first.
func (w *World) alike(name string) []string {
	further := w.Run.Target.NamesLike
	switch name {
	case "confidential":
		return append([]string{name, another}, further("confidential-")...)
	case "public":
		return append([]string{name}, further("public-")...)
	case another:
		return append([]string{name, "confidential", "public"}, further("public-")...)
	}
	return []string{name}
}

// wanted is the name of the client that would help.
func (w *World) wanted(name string, confidential bool) string {
	if name == another && !confidential && w.Run.Known("public") == nil {
		return "public"
	}
	return name
}

// fits tells whether a member of the client's registration is what is asked
// for. Grant types that the file does not name are believed.
func (c *Client) fits(row Row, request control.ClientRequest) bool {
	switch row.Name {
	case "token_endpoint_auth_signing_alg":
		return c.Key != nil && c.Key.Algorithm == row.Value
	case "token_endpoint_auth_method":
		return c.Method == string(*request.TokenEndpointAuthMethod)
	case "grant_types":
		return len(c.GrantTypes) == 0 || holds(c.GrantTypes, *request.GrantTypes)
	case withoutGrant:
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
	case selfRegistered, "application_type":
		return c.registered
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
