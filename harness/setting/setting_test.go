package setting

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
)

// arrangements are what a scenario can have arranged: what a control plane is
// asked for it, and what another target lacks.
var arrangements = map[string]struct {
	arrange func(context.Context, *world.World) error
	asks    string // The beginning of the last request to the control plane.
	lacks   string
}{
	"a realm": {
		func(ctx context.Context, w *world.World) error {
			_, err := w.Run.Setting.MakeRealm(ctx, w, control.RealmRequest{Policy: new(control.Documented)})
			return err
		},
		`POST /realms {"faults":["a-fault"],"policy":"documented"}`, "make a realm",
	},
	"another policy": {
		func(ctx context.Context, w *world.World) error {
			return w.Change(ctx, control.RealmRequest{StoreDown: new(true)})
		},
		`PATCH /realms/r {"store_down":true}`, "change its policy",
	},
	"a policy that another target may have": {
		func(ctx context.Context, w *world.World) error {
			return w.Demand(ctx, control.RealmRequest{SignedMetadata: new(true)})
		},
		`PATCH /realms/r {"signed_metadata":true}`, "",
	},
	"a second protected resource": {
		acts.AddResource,
		`PATCH /realms/r {"resources":["https://api.test/r/second"]}`, "resource_server.second",
	},
	"a confidential client": {
		func(ctx context.Context, w *world.World) error { return acts.RegisterClient(ctx, w, true, nil) },
		`POST /realms/r/clients {"client_name":"Examined application","grant_types":["authorization_code","client_credentials"]`, "clients.confidential",
	},
	"a client that serves a resource": {
		func(ctx context.Context, w *world.World) error { return acts.RegisterServing(ctx, w, true, nil) },
		`POST /realms/r/clients {"client_name":"Examined application","grant_types":["urn:ietf:params:oauth:grant-type:token-exchange"],"redirect_uris":["http://127.0.0.1:8765/callback"],"serves":["https://api.test/r/second"]`,
		"clients.exchanging",
	},
	"a client that serves the same resource": {
		func(ctx context.Context, w *world.World) error {
			w.Realm.Further = []string{"https://api.test/same"}
			return acts.RegisterServingToo(ctx, w, true, nil)
		},
		`POST /realms/r/clients {"client_name":"Examined application","grant_types":["urn:ietf:params:oauth:grant-type:token-exchange"],"redirect_uris":["http://127.0.0.1:8765/callback"],"serves":["https://api.test/same"]`,
		"make another client that serves the same resource",
	},
	"an initial access token": {
		acts.DemandInitialToken,
		`PATCH /realms/r {"initial_access_token":"`, "authorization_server.initial_access_token",
	},
	"an approval": {
		func(ctx context.Context, w *world.World) error { return w.Run.Setting.Approve(ctx, w) },
		`PATCH /realms/r {"resource_owner":"approves"}`, "",
	},
	"a denial": {
		func(ctx context.Context, w *world.World) error { return acts.Decide(ctx, w, useragent.Denies) },
		`PATCH /realms/r {"resource_owner":"denies"}`, "resource_owner",
	},
	"a minted token": {
		func(ctx context.Context, w *world.World) error {
			none := map[string]any{}
			_, err := w.Mint(ctx, control.MintRequest{Claims: &none, Header: &none, OmittedClaims: &[]string{"exp"}})
			return err
		},
		`POST /realms/r/tokens {"claims":{},"header":{},"omitted_claims":["exp"]}`, "make tokens",
	},
	"a hint": {
		func(ctx context.Context, w *world.World) error {
			_, err := w.Run.Setting.Hint(ctx, w, control.MintRequest{Claims: &map[string]any{"sub": "another"}, Header: &map[string]any{"typ": "JWT"}})
			return err
		},
		`POST /realms/r/tokens {"claims":{"sub":"another"},"header":{"typ":"JWT"}}`, "make tokens",
	},
	"another signing key": {
		func(ctx context.Context, w *world.World) error { return w.ChangeSigningKey(ctx) },
		`POST /realms/r/keys`, "change its signing key",
	},
	"a minute": {
		func(ctx context.Context, w *world.World) error { return w.Pass(ctx, 60) },
		`POST /realms/r/clock {"seconds":60}`, "60 seconds",
	},
	"an expired token": {
		func(ctx context.Context, w *world.World) error { return w.Run.Setting.Expire(ctx, w) },
		`POST /realms/r/clock {"seconds":3601}`, "expires_in",
	},
	"the traffic": {
		func(ctx context.Context, w *world.World) error {
			requests, lines, err := w.Traffic(ctx)
			if err == nil && (len(requests) != 1 || len(lines) != 1) {
				err = errors.New("another number of requests, or of lines")
			}
			return err
		},
		`GET /realms/r/traffic`, "see what the servers received",
	},
}

// A control plane is asked for what a scenario wants, and a realm that it makes
// is deleted at the end.
func TestControlled(t *testing.T) {
	for name, test := range arrangements {
		t.Run(name, func(t *testing.T) {
			plane := new(plane)
			w := plane.scenario()
			if err := w.Ensure(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := test.arrange(t.Context(), w); err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(plane.last(), test.asks) {
				t.Errorf("it was asked for\n%s, want\n%s", plane.last(), test.asks)
			}
			w.Close(t.Context())
			if plane.last() != "DELETE /realms/r" {
				t.Errorf("at the end it was asked for %s", plane.last())
			}
		})
	}
}

// What a control plane refuses is no finding about the target.
func TestControlPlaneRefuses(t *testing.T) {
	for name, test := range arrangements {
		t.Run(name, func(t *testing.T) {
			plane := new(plane)
			w := plane.scenario()
			if err := w.Ensure(t.Context()); err != nil {
				t.Fatal(err)
			}
			plane.refuses = true
			err := test.arrange(t.Context(), w)
			if err == nil || !strings.Contains(err.Error(), "the control plane refused") || !strings.Contains(err.Error(), "invalid_request") {
				t.Errorf("%v", err)
			}
		})
	}
}

// What another target lacks is said, by the key of its file or by what takes a
// control plane.
func TestForeign(t *testing.T) {
	for name, test := range arrangements {
		t.Run(name, func(t *testing.T) {
			w := foreignScenario(target.Target{ResourceServer: target.ResourceServer{URL: "https://api.test"}})
			if err := w.Ensure(t.Context()); err != nil {
				t.Fatal(err)
			}
			err := test.arrange(t.Context(), w)
			unfit := new(check.NotApplicable)
			switch found := errors.As(err, &unfit); {
			case test.lacks == "" && err != nil:
				t.Error(err)
			case test.lacks != "" && (!found || unfit.Lacks != test.lacks):
				t.Errorf("it lacks %q (%v), want %q", unfit.Lacks, err, test.lacks)
			}
		})
	}
}

// unreachable is a network without a server.
type unreachable struct{}

// RoundTrip implements http.RoundTripper.
func (unreachable) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("nobody answers")
}

func foreignScenario(t target.Target) *world.World {
	run := &world.Run{Target: t, Setting: Of(t), HTTP: &http.Client{Transport: unreachable{}}}
	return run.New()
}

// Time passes at a target by waiting for it, which a slow run does within reason.
func TestForeignTime(t *testing.T) {
	w := foreignScenario(target.Target{})
	w.Run.Slow = true
	var until time.Time
	w.Run.Waiting = func(at time.Time) { until = at }
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Pass(ctx, 60); !errors.Is(err, context.Canceled) || time.Until(until) <= 0 {
		t.Errorf("waited until %v: %v", until, err)
	}
	unfit := new(check.NotApplicable)
	if err := w.Pass(ctx, 86400); !errors.As(err, &unfit) || !strings.Contains(unfit.Reason, "waits for 900 at most") {
		t.Errorf("waited for a day: %v", err)
	}
	if err := w.Pass(t.Context(), 0); err != nil {
		t.Errorf("no time passes: %v", err)
	}
}
