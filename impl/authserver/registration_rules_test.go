package authserver

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// Names are seen as they are, grants fit the credentials, and scopes are known.
func TestJudgedMetadata(t *testing.T) {
	own := store.Client{AuthMethod: "client_secret_basic", GrantTypes: []string{"authorization_code"}}
	serving := store.Client{AuthMethod: "client_secret_basic", GrantTypes: []string{tokenExchange}, Serves: []string{"https://api.example.com"}}
	with := func(client store.Client, change func(*store.Client)) store.Client {
		change(&client)
		return client
	}
	for name, test := range map[string]struct {
		client   store.Client
		metadata oauth.ClientMetadata
		says     string // Of the refusal; empty where it is accepted.
	}{
		"the least":                       {client: own},
		"a name":                          {client: with(own, func(c *store.Client) { c.Name = "Notes" })},
		"a name with a control character": {client: with(own, func(c *store.Client) { c.Name = "a\x1bb" }), says: "client_name"},
		"a translated name of that kind":  {client: with(own, func(c *store.Client) { c.Localized = map[string]string{"client_name#de": "a\x1bb"} }), says: "client_name"},
		"a page with such a character":    {client: with(own, func(c *store.Client) { c.Localized = map[string]string{"client_uri#de": "a\x1bb"} })},
		"an unknown method":               {client: with(own, func(c *store.Client) { c.AuthMethod = "tls_client_auth" }), says: "token_endpoint_auth_method"},
		"an unknown grant":                {client: with(own, func(c *store.Client) { c.GrantTypes = []string{"implicit"} }), says: "grant_types"},
		"no grant":                        {client: with(own, func(c *store.Client) { c.GrantTypes = nil }), says: "without a grant"},
		"a machine":                       {client: with(own, func(c *store.Client) { c.GrantTypes = []string{"client_credentials"} })},
		"a machine without credentials": {client: with(own, func(c *store.Client) {
			c.AuthMethod, c.GrantTypes = "none", []string{"client_credentials"}
		}), says: "without credentials"},
		"an exchange":                        {client: serving},
		"an exchange that serves nothing":    {client: with(serving, func(c *store.Client) { c.Serves = nil }), says: "exchanged"},
		"an exchange without credentials":    {client: with(serving, func(c *store.Client) { c.AuthMethod = "none" }), says: "exchanged"},
		"a response type that goes with it":  {client: own, metadata: oauth.ClientMetadata{ResponseTypes: &[]string{"code"}}},
		"a response type that does not":      {client: own, metadata: oauth.ClientMetadata{ResponseTypes: &[]string{"token"}}, says: "response_types"},
		"a known scope":                      {client: own, metadata: oauth.ClientMetadata{Scope: new("tasks:read")}},
		"an unknown scope":                   {client: own, metadata: oauth.ClientMetadata{Scope: new("tasks:read admin")}, says: "scope"},
		"a scope that is no list of them":    {client: own, metadata: oauth.ClientMetadata{Scope: new("tasks:read  tasks:write")}, says: "scope"},
		"a scope with a forbidden character": {client: own, metadata: oauth.ClientMetadata{Scope: new(`tasks"read`)}, says: "scope"},
	} {
		var refusals []string
		for _, judge := range []func(*store.Client, oauth.ClientMetadata) *wire.Error{judgeNames, judgeAuthMethod, judgeTypes, judgeScope} {
			if refused := judge(&test.client, test.metadata); refused != nil {
				refusals = append(refusals, refused.Description)
			}
		}
		if said := strings.Join(refusals, "; "); (said == "") != (test.says == "") || !strings.Contains(said, test.says) {
			t.Errorf("%s: %q", name, said)
		}
	}
}

// A client that names no scope is registered for all that a client gets unasked.
func TestScopeOfRegistration(t *testing.T) {
	for sent, want := range map[string][]string{"": realm.Scopes, "tasks:read": {"tasks:read"}} {
		var client store.Client
		if refused := judgeScope(&client, oauth.ClientMetadata{Scope: &sent}); refused != nil || !slices.Equal(client.Scope, want) {
			t.Errorf("%q: %v, %v", sent, client.Scope, refused)
		}
	}
}
