package world

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/target"
)

// Known is a client of the target file; nil where it has none of this name.
func (r *Run) Known(name string) *Client {
	known, ok := r.Target.Clients[name]
	if !ok {
		return nil
	}
	return clientOf(known)
}

// clientOf: that the private key can be read was checked as the run began.
func clientOf(known target.Client) *Client {
	client := &Client{
		ID: known.ID, Secret: known.Secret, GrantTypes: known.GrantTypes,
		RedirectURIs: known.RedirectURIs, Scope: known.Scope, Serves: known.Serves, Method: "none", Known: true,
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

// CheckKeys finds a private key of the target file that cannot be used.
func (r *Run) CheckKeys() error {
	var problems []error
	for name, client := range r.Target.Clients {
		if !HasUsableKey(client) {
			problems = append(problems, fmt.Errorf("clients.%s.private_key: %w", name, proof.ErrKey))
		}
	}
	return errors.Join(problems...)
}

// HasUsableKey tells whether a client of the target file can sign with its
// private key, if it has one.
func HasUsableKey(client target.Client) bool {
	if client.PrivateKey == "" {
		return true
	}
	key, err := proof.ParseKey(client.PrivateKey)
	return err == nil && key.Asymmetric()
}
