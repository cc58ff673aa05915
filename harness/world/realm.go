package world

import (
	"context"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
)

// Realm is the issuer of the scenario, which another setting may share with
// other scenarios.
type Realm struct {
	control.Realm
	Ahead   int64    // Seconds that were let pass.
	Further []string // The protected resources beside the first.
	// InitialToken is the initial access token, where registration demands one.
	InitialToken string
	// Publisher is the key that signs the software statements which the server
	// trusts; nil where it trusts none.
	Publisher *proof.Key
	// Scope is what a client asks for where the scenario names none.
	Scope string
	// Ledger lists the clients that register themselves, where they outlive the
	// realm; nil where they end with it.
	Ledger *Ledger

	Registered map[string]SelfRegistered // By registration_client_uri.
}

// Ensure gives the scenario its realm, if it has none yet.
func (w *World) Ensure(ctx context.Context) error {
	if w.Realm != nil {
		return nil
	}
	realm, err := w.Run.Setting.Realm(ctx, w)
	return w.enter(realm, err)
}

// BeginDocumented makes a realm of the documented policy for the scenario.
func (w *World) BeginDocumented(ctx context.Context) error {
	realm, err := w.Run.Setting.MakeRealm(ctx, w, control.RealmRequest{Policy: new(control.Documented)})
	return w.enter(realm, err)
}

func (w *World) enter(realm *Realm, err error) error {
	if err != nil {
		return err
	}
	realm.InitialToken = w.Run.Target.AuthorizationServer.InitialAccessToken
	w.Log.Secret(realm.InitialToken)
	w.Realm = realm
	return nil
}

// Endpoint is the URL of an endpoint by its member of the metadata. A realm has
// the endpoints of the target below its own issuer; one that is elsewhere stays
// there.
func (w *World) Endpoint(member string) (string, error) {
	address, ok := w.Run.Metadata[member].(string)
	if !ok || address == "" {
		return "", &check.NotApplicable{Reason: "the metadata names no " + member, Lacks: member}
	}
	if path, below := strings.CutPrefix(address, w.Run.Target.AuthorizationServer.Issuer); below && w.Realm != nil {
		return w.Realm.Issuer + path, nil
	}
	return address, nil
}

// Change changes the policy or the faults of the realm.
func (w *World) Change(ctx context.Context, policy control.RealmRequest) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	return w.Run.Setting.Change(ctx, w, policy)
}

// Demand changes the policy of the realm, where it is not so already.
func (w *World) Demand(ctx context.Context, policy control.RealmRequest) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	return w.Run.Setting.Demand(ctx, w, policy)
}

// ChangeSigningKey makes the authorization server sign with another key.
func (w *World) ChangeSigningKey(ctx context.Context) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	return w.Run.Setting.RotateKeys(ctx, w)
}

// Mint makes an access token that departs from a valid one.
func (w *World) Mint(ctx context.Context, request control.MintRequest) (string, error) {
	if err := w.Ensure(ctx); err != nil {
		return "", err
	}
	return w.Run.Setting.Mint(ctx, w, request)
}

// Pass lets seconds pass at the servers.
func (w *World) Pass(ctx context.Context, seconds int64) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	return w.Run.Setting.Pass(ctx, w, time.Duration(seconds)*time.Second)
}

// Traffic is what the realm's servers received, and what they logged.
func (w *World) Traffic(ctx context.Context) ([]control.Request, []string, error) {
	if w.Realm == nil {
		return nil, nil, nil
	}
	return w.Run.Setting.Traffic(ctx, w, w.Realm.ID)
}

// Observed is every exchange of the scenario, and what the servers logged as
// one more.
func (w *World) Observed(ctx context.Context) []*exchange.Exchange {
	observed := w.Log.All()
	if _, lines, err := w.Traffic(ctx); err == nil && len(lines) > 0 {
		observed = append(observed, w.Log.Logged(lines))
	}
	return observed
}
