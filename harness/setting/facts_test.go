package setting

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
)

// lacked is what an error says that a target lacks; empty for no error.
func lacked(err error) string {
	if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
		return unfit.Lacks
	}
	return ""
}

// A client of the target file is asked only for what it is registered to do; one
// of a realm, or that registered itself, was made for what the scenario means.
func TestMayUse(t *testing.T) {
	const code, own = "authorization_code", "client_credentials"
	offers := map[string]bool{code: true, own: true}
	for name, test := range map[string]struct {
		client       world.Client
		grant        string
		capabilities map[string]bool
		lacks        string
	}{
		"nothing said":                {world.Client{}, own, offers, ""},
		"one that it has":             {world.Client{GrantTypes: []string{own}}, own, offers, ""},
		"one that it lacks":           {world.Client{GrantTypes: []string{code}}, own, offers, "clients.grant_types"},
		"one that is not offered":     {world.Client{GrantTypes: []string{code}}, own, nil, own},
		"one that it lacks by intent": {world.Client{GrantTypes: []string{code}, Without: own}, own, offers, ""},
		"registered by itself":        {world.Client{GrantTypes: []string{code}, Registered: true}, own, offers, ""},
		"without a redirect URI":      {world.Client{}, code, offers, "clients.redirect_uris"},
	} {
		t.Run(name, func(t *testing.T) {
			w := foreignScenario(target.Target{Clients: map[string]target.Client{"confidential": {ID: "a"}}})
			w.Run.Capabilities, w.Client = test.capabilities, &test.client
			if got := lacked(w.Run.Setting.MayUse(w, test.grant)); got != test.lacks {
				t.Errorf("it lacks %q, want %q", got, test.lacks)
			}
			if err := (controlled{}).MayUse(w, test.grant); err != nil {
				t.Errorf("in a realm: %v", err)
			}
		})
	}
}

// A client gets tokens for itself where the server offers it to this one.
func TestClientCredentials(t *testing.T) {
	for name, test := range map[string]struct {
		offered bool
		client  *world.Client
		want    bool
	}{
		"any client":                 {true, nil, true},
		"not offered":                {false, nil, false},
		"a client that may":          {true, &world.Client{GrantTypes: []string{"client_credentials"}}, true},
		"a client that says nothing": {true, &world.Client{}, true},
		"a client of users":          {true, &world.Client{GrantTypes: []string{"authorization_code"}}, false},
	} {
		w := foreignScenario(target.Target{})
		w.Run.Capabilities = map[string]bool{"client_credentials": test.offered}
		if got := w.Run.Setting.ClientCredentials(w, test.client); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
		if !(controlled{}).ClientCredentials(w, test.client) {
			t.Errorf("%s: not in a realm", name)
		}
	}
}

// The protected resource introspects as itself, else as the holder of the token,
// else as another client of the file.
func TestResourceClient(t *testing.T) {
	holder := &world.Client{ID: "holder", Secret: "x"}
	for name, test := range map[string]struct {
		clients map[string]target.Client
		holder  *world.Client
		id      string
		own     bool
	}{
		"its own":    {map[string]target.Client{"resource": {ID: "api"}, "confidential": {ID: "a"}}, holder, "api", true},
		"the holder": {map[string]target.Client{"confidential": {ID: "a"}}, holder, "holder", false},
		"another":    {map[string]target.Client{"confidential": {ID: "a"}}, &world.Client{ID: "public"}, "a", false},
		"none":       {nil, nil, "", false},
	} {
		w := foreignScenario(target.Target{Clients: test.clients})
		w.Grant.Holder = test.holder
		client, own := w.Run.Setting.ResourceClient(w)
		if client == nil {
			client = new(world.Client)
		}
		if client.ID != test.id || own != test.own {
			t.Errorf("%s: %q, its own: %v", name, client.ID, own)
		}
	}
	plane := new(plane)
	w := plane.scenario()
	if err := w.Ensure(t.Context()); err != nil {
		t.Fatal(err)
	}
	if client, own := w.Run.Setting.ResourceClient(w); client.ID != "api" || !own {
		t.Errorf("in a realm: %q, its own: %v", client.ID, own)
	}
}

// A new realm remembers no approval; another server says what it does, or may.
func TestConsent(t *testing.T) {
	for name, want := range map[string]world.Consent{"prompt": world.AsksForPrompt, "consent_every_time": world.AsksAlways, "metadata": world.MayRemember} {
		run := &world.Run{Capabilities: map[string]bool{name: true}}
		if got := new(foreign).Consent(run); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		if got := (controlled{}).Consent(run); got != world.AsksAlways {
			t.Errorf("%s: in a realm %v", name, got)
		}
	}
}

// A limit of another server says nothing about the request; that of a realm is
// what the scenario is about.
func TestLimited(t *testing.T) {
	for status, want := range map[int]bool{http.StatusOK: false, http.StatusTooManyRequests: true} {
		answer := &exchange.Exchange{Status: status}
		if got := acts.IsLimited(new(foreign).Limited(answer)); got != want {
			t.Errorf("status %d: limited %v", status, got)
		}
		if err := (controlled{}).Limited(answer); err != nil {
			t.Errorf("status %d: in a realm %v", status, err)
		}
	}
	if err := new(foreign).Limited(nil); err != nil {
		t.Errorf("no answer: %v", err)
	}
}

// A page of another server that asks a person needs one.
func TestArrived(t *testing.T) {
	page := &exchange.Exchange{Status: http.StatusOK, Answer: http.Header{"Content-Type": {"text/html"}}, Content: []byte("<form></form>")}
	for name, test := range map[string]struct {
		arrival useragent.Arrival
		person  *useragent.Person
		lacks   string
		owner   target.ResourceOwner
	}{
		"a page":                                {useragent.Arrival{Last: page, Stuck: "a step is missing"}, nil, "resource_owner", target.ResourceOwner{}},
		"a page that asks who is named already": {useragent.Arrival{Last: page}, nil, "an answer without a person", target.ResourceOwner{Username: "ann", Password: "x"}},
		"a page before a person":                {useragent.Arrival{Last: page}, new(useragent.Person), "", target.ResourceOwner{}},
		"back at the client":                    {useragent.Arrival{Last: page, Returned: url.Values{}}, nil, "", target.ResourceOwner{}},
		"nowhere":                               {useragent.Arrival{}, nil, "", target.ResourceOwner{}},
		"at a limit":                            {useragent.Arrival{Last: &exchange.Exchange{Status: http.StatusTooManyRequests}}, nil, "more requests", target.ResourceOwner{}},
	} {
		w := foreignScenario(target.Target{ResourceOwner: test.owner})
		w.Browser.Person = test.person
		if got := lacked(w.Run.Setting.Arrived(w, test.arrival)); got != test.lacks || w.Last.Stuck != test.arrival.Stuck {
			t.Errorf("%s: it lacks %q and is stuck for %q", name, got, w.Last.Stuck)
		}
		w.Last = world.Result{}
		if err := (controlled{}).Arrived(w, test.arrival); err != nil || w.Last.Stuck != "" {
			t.Errorf("%s: in a realm %v, stuck for %q", name, err, w.Last.Stuck)
		}
	}
}

// The pages of an account are where a realm has them; a browser signs out there,
// else at the endpoint that the metadata names.
func TestAccount(t *testing.T) {
	w := foreignScenario(target.Target{})
	if _, err := w.Run.Setting.Account(w, "/account"); err == nil {
		t.Error("somebody found out where the account is")
	}
	if got := lacked(w.Run.Setting.SignOut(t.Context(), w)); got != "end_session_endpoint" {
		t.Errorf("it lacks %q", got)
	}
	w.Realm = &world.Realm{Realm: control.Realm{Issuer: "https://as.test/r"}}
	if address, err := (controlled{}).Account(w, "/account"); address != "https://as.test/r/account" || err != nil {
		t.Errorf("in a realm at %s, %v", address, err)
	}
}

// A hint that a stranger signs needs no control plane.
func TestForeignHint(t *testing.T) {
	w := foreignScenario(target.Target{AuthorizationServer: target.AuthorizationServer{Issuer: "https://as.test"}})
	if err := w.Ensure(t.Context()); err != nil {
		t.Fatal(err)
	}
	hint, err := w.Run.Setting.Hint(t.Context(), w, control.MintRequest{Claims: &map[string]any{"sub": "u"}, SignedBy: new(control.Stranger)})
	if err != nil {
		t.Fatal(err)
	}
	read, err := proof.Parse(hint)
	if err != nil || read.Claims["iss"] != "https://as.test" || read.Claims["sub"] != "u" {
		t.Errorf("the hint is %v, %v", read, err)
	}
}

// A realm of ours speaks every revision; that of another target is its resource
// owner and its scopes, and outlives the scenario.
func TestRealm(t *testing.T) {
	if got := (controlled{}).Revisions(t.Context(), nil); !slices.Equal(got, []string{acts.Stateful, acts.Stateless}) {
		t.Errorf("a realm speaks %v", got)
	}
	w := foreignScenario(target.Target{
		AuthorizationServer: target.AuthorizationServer{Issuer: "https://as.test", InitialAccessToken: "an-initial-access-token"},
		ResourceOwner:       target.ResourceOwner{Username: "owner", Password: "the-password-of-the-owner"},
	})
	w.Run.Metadata = map[string]any{"scopes_supported": []any{"openid", "read", "write"}}
	if err := w.Ensure(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := w.Realm
	if r.Issuer != "https://as.test" || r.User.Username != "owner" || r.Scope != "read write" || r.InitialToken != "an-initial-access-token" || r.Ledger != &w.Run.Ledger {
		t.Errorf("the realm is %+v", r)
	}
}
