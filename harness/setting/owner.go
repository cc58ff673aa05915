package setting

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
)

// Decide implements world.Setting: a person does it on the pages of the server,
// or it is left to the server, which may approve at once. Whether it does is
// tried, so that a denial is not taken for a mistake of the server later.
func (*foreign) Decide(ctx context.Context, w *world.World, decision useragent.Decision) error {
	person := useragent.Person{Decision: decision}
	if err := acts.Seat(ctx, w, person); err != nil && decision != useragent.Approves {
		return err
	}
	if decision != useragent.Approves || w.Client == nil {
		return nil
	}
	script := w.Script.WithoutLast()
	script.Action = world.Action{Phrase: "a plain authorization request", Do: func(ctx context.Context, w *world.World, table world.Table) error {
		_ = acts.Seat(ctx, w, person)
		return acts.Authorize(ctx, w, table)
	}}
	return w.Control(ctx, script)
}

// Approve implements world.Setting. A server may approve at once, so that a target
// file without a resource owner is no error here.
func (*foreign) Approve(ctx context.Context, w *world.World) error {
	_ = acts.Seat(ctx, w, useragent.Person{Decision: useragent.Approves})
	return nil
}

// Consent implements world.Setting.
func (*foreign) Consent(run *world.Run) world.Consent {
	switch {
	case run.Capabilities["prompt"]:
		return world.AsksForPrompt
	case run.Capabilities["consent_every_time"]:
		return world.AsksAlways
	}
	return world.MayRemember
}

// SignOut implements world.Setting: at the end_session_endpoint, where the person
// confirms it (OpenID Connect RP-Initiated Logout section 2,
// https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout). A server may
// refuse a request without id_token_hint, or ask in a way that is not recognized.
func (f *foreign) SignOut(ctx context.Context, w *world.World) error {
	before := len(w.Log.All())
	if err := f.endSession(ctx, w); err != nil {
		return err
	}
	if answer := w.Last.Exchange; answer.Status >= http.StatusBadRequest {
		return &check.Inconclusive{Reason: "the sign-out was refused: " + check.Describe(answer)}
	}
	forgets := func(e *exchange.Exchange) bool { return e.DeletesCookie() }
	world.Put(w, &acts.SignOut{Seen: slices.ContainsFunc(w.Log.All()[before:], forgets)})
	return nil
}

func (*foreign) endSession(ctx context.Context, w *world.World) error {
	address, err := w.Endpoint("end_session_endpoint")
	if err != nil {
		return err
	}
	query := url.Values{"client_id": {w.Client.ID}}.Encode()
	if err := acts.Visit(ctx, w, useragent.Visit{Address: acts.WithQuery(address, query)}, ""); err != nil {
		return err
	}
	if confirmed := w.Browser.Decide(w.Browser.Shown, useragent.Approves); confirmed != nil {
		return acts.Visit(ctx, w, *confirmed, "")
	}
	return nil
}

// Account implements world.Setting: no metadata names the pages.
func (*foreign) Account(*world.World, string) (string, error) {
	return "", &check.NotApplicable{Reason: "where a server shows people their account is in no metadata"}
}

// Arrived implements world.Setting: the target file may lack what it takes to go
// on.
func (f *foreign) Arrived(w *world.World, arrival useragent.Arrival) error {
	w.Last.Stuck = arrival.Stuck
	asks := arrival.Last != nil && arrival.Last.Status == http.StatusOK && arrival.Last.IsHTML()
	switch {
	case w.Browser.Person != nil || arrival.Returned != nil || !asks:
	case w.Run.Target.ResourceOwner.Password != "" || w.Browser.Window != nil:
		return &check.NotApplicable{Reason: "the authorization server asks a person before it answers this request, which the scenario sends with nobody before the browser", Lacks: "an answer without a person"}
	default:
		return check.Unnamed("resource_owner", "the authorization server asks a person; tell the target file who that is: resource_owner, with username, password and browser: forms")
	}
	return f.Limited(arrival.Last)
}
