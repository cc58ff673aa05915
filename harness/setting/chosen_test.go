package setting

import (
	"testing"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

const code, own = "authorization_code", "client_credentials"

// forEach has a target with a client for each grant.
func forEach() target.Target {
	uris := []string{"http://127.0.0.1:8765/callback"}
	return target.Target{Clients: map[string]target.Client{
		"confidential":         {ID: "web", Secret: "x", GrantTypes: []string{code}, RedirectURIs: uris, Scope: "read"},
		"confidential-machine": {ID: "machine", Secret: "x", GrantTypes: []string{own}, Scope: "read tools"},
		"public":               {ID: "app", GrantTypes: []string{code}},
		"public-with-uri":      {ID: "app-with-uri", GrantTypes: []string{code}, RedirectURIs: uris},
	}}
}

// A client for each grant: the one that has the grant is taken, as long as none has
// acted.
func TestConfigurationClientPerGrant(t *testing.T) {
	for name, test := range map[string]struct {
		confidential bool
		table        world.Table
		grant, want  string
		acted        bool
	}{
		"by the approval of a person": {true, nil, code, "web", false},
		"for itself":                  {true, nil, own, "machine", false},
		"once it has acted":           {true, nil, own, "", true},
		"a public one for itself":     {false, nil, own, "", false},
		"a public one with an URI":    {false, nil, code, "app-with-uri", false},
		"a scope that only one has":   {true, world.Table{{Name: "scope", Value: "read"}}, own, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			w := foreignScenario(forEach())
			w.Run.Capabilities = map[string]bool{code: true, own: true}
			if err := acts.RegisterClient(t.Context(), w, test.confidential, test.table); err != nil {
				t.Fatal(err)
			}
			if test.acted {
				_, _ = w.Log.Send(t.Context(), exchange.Request{Endpoint: exchange.Token, URL: "http://127.0.0.1:1"})
			}
			err := w.Run.Setting.MayUse(w, test.grant)
			if (err == nil) != (test.want != "") || err == nil && w.Client.ID != test.want {
				t.Errorf("%s acts, %v; want %q", w.Client.ID, err, test.want)
			}
			if test.want == "" && lacked(err) != "clients.grant_types" {
				t.Errorf("it lacks %q", lacked(err))
			}
		})
	}
}

// Where only the file's machine gets a token without a person, it gets it.
func TestConfigurationMachineForAnyToken(t *testing.T) {
	for name, test := range map[string]struct {
		offers map[string]bool
		want   bool
	}{
		"both grants":           {map[string]bool{code: true, own: true}, false},
		"client credentials":    {map[string]bool{own: true}, true},
		"authorization codes":   {map[string]bool{code: true}, false},
		"neither of the grants": {nil, false},
	} {
		w := foreignScenario(forEach())
		w.Run.Capabilities = test.offers
		if err := acts.RegisterClient(t.Context(), w, true, nil); err != nil {
			t.Fatal(err)
		}
		if got := w.Run.Setting.ClientCredentials(w, w.Client); got != test.want {
			t.Errorf("%s: for itself: %v", name, got)
		}
	}
}

// A scope is asked of a client that has it, and of no other.
func TestConfigurationScopesThatClientsLack(t *testing.T) {
	for scope, want := range map[string]string{"read": "web", "tools": "machine", "read tools": "machine", "": "web", "fly": ""} {
		examined := forEach()
		examined.MCPServer = target.MCPServer{URL: "http://127.0.0.1:1/mcp", Tools: []target.Tool{{Name: "t", Scope: scope}}}
		for name, client := range examined.Clients {
			client.GrantTypes = nil
			examined.Clients[name] = client
		}
		w := foreignScenario(examined)
		w.Run.Capabilities = map[string]bool{own: true}
		if err := acts.RegisterClient(t.Context(), w, true, nil); err != nil {
			t.Fatal(err)
		}
		world.Put(w, new(acts.ToolServer))
		err := w.Run.Setting.MayUse(w, own)
		if want == "" && lacked(err) != "clients.scope" || want != "" && (err != nil || w.Client.ID != want) {
			t.Errorf("%q: %s acts, %v", scope, w.Client.ID, err)
		}
	}
	// The scope of the first probe is known beforehand.
	examined := forEach()
	examined.ResourceServer.Probes = []target.Probe{{Method: "GET", Path: "/", Scope: "tools"}}
	w := foreignScenario(examined)
	if err := acts.RegisterClient(t.Context(), w, true, nil); err != nil || w.Client.ID != "machine" {
		t.Errorf("%v, %v", w.Client, err)
	}
}
