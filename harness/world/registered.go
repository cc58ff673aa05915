package world

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/target"
)

// registered is a client of the target file that fits what a scenario asks
// for, which table names.
func (r *Run) registered(name string, confidential bool, request control.ClientRequest, table Table) (*Client, error) {
	known, ok := r.Target.Clients[name]
	if !ok || (known.Secret != "" || known.PrivateKey != "") != confidential {
		return nil, &check.NotApplicable{Reason: fmt.Sprintf("the target has no such client; add clients.%s to the target file", name)}
	}
	client := clientOf(known)
	for _, row := range table {
		if !client.fits(row, request) {
			return nil, &check.NotApplicable{Reason: fmt.Sprintf("the client clients.%s of the target file is not registered with the %s that the scenario needs", name, row.Name)}
		}
	}
	return client, nil
}

// clientOf: that the private key can be read was checked as the run began.
func clientOf(known target.Client) *Client {
	client := &Client{
		ID: known.ID, Secret: known.Secret, GrantTypes: known.GrantTypes,
		RedirectURIs: known.RedirectURIs, Scope: known.Scope, Method: "none",
	}
	if key, err := proof.ParseKey(known.PrivateKey); known.PrivateKey != "" && err == nil {
		client.Key, client.Method = &key, "private_key_jwt"
	}
	if known.Secret != "" {
		client.Method = "client_secret_basic"
	}
	client.Method = cmp.Or(known.AuthMethod, client.Method)
	return client
}

// checkKeys finds a private key of the target file that cannot be used.
func (r *Run) checkKeys() error {
	var problems []error
	for name, client := range r.Target.Clients {
		if client.PrivateKey == "" {
			continue
		}
		if key, err := proof.ParseKey(client.PrivateKey); err != nil || !key.Asymmetric() {
			problems = append(problems, fmt.Errorf("clients.%s.private_key: %w", name, proof.ErrKey))
		}
	}
	return errors.Join(problems...)
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
		return len(c.GrantTypes) == 0 || sameMembers(c.GrantTypes, *request.GrantTypes)
	case "redirect_uris":
		return sameMembers(c.RedirectURIs, *request.RedirectUris)
	case "scope":
		return sameMembers(strings.Fields(c.Scope), strings.Fields(*request.Scope))
	}
	return false
}

func sameMembers(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// resourceClient introspects for the protected resource of the target.
func (r *Run) resourceClient() *Client {
	known, ok := r.Target.Clients["resource"]
	if !ok {
		known = r.Target.Clients["confidential"]
	}
	client := clientOf(known)
	client.Name = protectedResource
	return client
}

// registeredFor keeps a mistake of the target file from being taken for one of
// the server: a client is asked only for what it is registered to do. Where
// there is a control plane, the scenario registers what it means.
func (w *World) registeredFor(grant string) error {
	switch {
	case w.control != nil:
		return nil
	case len(w.Client.GrantTypes) > 0 && !slices.Contains(w.Client.GrantTypes, grant):
		return &check.NotApplicable{Reason: fmt.Sprintf("the client of the target file has not the grant type %s; add it to its grant_types, if it is registered for it", grant)}
	case grant == "authorization_code" && len(w.Client.RedirectURIs) == 0:
		return &check.NotApplicable{Reason: "the client of the target file has no redirect_uris; add those that it is registered with"}
	}
	return nil
}
