package world

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/useragent"
)

// Decide makes the resource owner approve or deny. With a control plane nobody
// is asked. Without one a person does it on the pages of the server, or it is
// left to the server, which may approve at once: whether it does is tried, so
// that a denial is not taken for a mistake of the server later.
func (w *World) Decide(ctx context.Context, decision useragent.Decision) error {
	if w.control != nil {
		return w.Change(ctx, control.RealmRequest{ResourceOwner: new(control.RealmRequestResourceOwner(decision))})
	}
	if err := w.seat(ctx, useragent.Person{Decision: decision}); err != nil && decision != useragent.Approves {
		return err
	}
	if decision != useragent.Approves || w.Client == nil {
		return nil
	}
	script := w.Script.WithoutLast()
	script.Action = Action{Phrase: "a plain authorization request", Do: func(ctx context.Context, w *World, table Table) error {
		_ = w.seat(ctx, useragent.Person{Decision: decision})
		return w.Authorize(ctx, table)
	}}
	return w.Control(ctx, script)
}

// Ask has a person before the browser, who does what person says.
func (w *World) Ask(ctx context.Context, person useragent.Person) error {
	if w.control != nil {
		if err := w.Change(ctx, control.RealmRequest{ResourceOwner: new(control.Asks)}); err != nil {
			return err
		}
	}
	return w.seat(ctx, person)
}

// seat puts a person before the browser. Who decides signs in as well.
func (w *World) seat(ctx context.Context, person useragent.Person) error {
	username, password := w.owner()
	if w.Browser.Window != nil {
		return w.seatInPerson(person, username)
	}
	if password == "" {
		return w.Run.nobodySignsIn(ctx)
	}
	if person.Decision == useragent.Denies {
		if err := w.needsFresh(); err != nil {
			return err
		}
	}
	person.Username = username
	if person.Decision != useragent.Undecided && person.Password == "" {
		person.Password = password
	}
	w.Log.Plant(password)
	w.Browser.Person = &person
	return nil
}

// owner is who can sign in at the target.
func (w *World) owner() (username, password string) {
	if w.control != nil {
		return w.Realm.User.Username, w.Realm.User.Password
	}
	return w.Run.Target.ResourceOwner.Username, w.Run.Target.ResourceOwner.Password
}

// browser is a browser of the resource owner of the target.
func (r *Run) browser(log *exchange.Log) *useragent.Browser {
	b := useragent.New(log)
	owner := r.Target.ResourceOwner
	b.Hosts, b.Window = owner.Hosts, r.Window
	if r.Reach != nil {
		b.Trusts = r.Reach.Trusts
	}
	for _, step := range owner.Steps {
		b.Steps = append(b.Steps, useragent.Step(step))
	}
	return b
}

// seatInPerson leaves it to a real person to sign in and to decide. What pages
// show on the way stays in that person's browser.
func (w *World) seatInPerson(person useragent.Person, username string) error {
	if person.Decision == useragent.Undecided || person.Password != "" || person.InPart {
		return check.Unnamed("resource_owner.browser", "a person signs in at the target in a browser of their own, whose pages cannot be seen; resource_owner.browser: forms lets the examiner fill them in")
	}
	person.Username = username
	w.Browser.Person = &person
	return nil
}

// asksAnew tells whether the client wants the person to be asked though they
// approved before: a realm knows no approval of before, another server may. Who
// approves in a browser of their own is not bothered again.
func (w *World) asksAnew() bool {
	if w.Browser.Window != nil && w.Browser.Person != nil && w.Browser.Person.Decision == useragent.Approves {
		return false
	}
	return w.control == nil && w.Browser.Person != nil && !w.Browser.Approved && w.Run.Capabilities["prompt"]
}

// needsFresh is not applicable where an approval of before could answer in the
// place of the person.
func (w *World) needsFresh() error {
	if w.control == nil && !w.Run.Capabilities["prompt"] && !w.Run.Capabilities["consent_every_time"] {
		return check.Unnamed("capabilities.prompt", "the authorization server may remember an approval of before; add capabilities.prompt to the target file, if it asks again for prompt=consent, or capabilities.consent_every_time, if it always asks")
	}
	return nil
}

// HasSignedIn leaves the browser with a session, and the person with the page
// that comes next.
func (w *World) HasSignedIn(ctx context.Context) error {
	if err := errors.Join(w.Ask(ctx, useragent.Person{}), w.needsFresh()); err != nil {
		return err
	}
	_, w.Browser.Person.Password = w.owner()
	if err := w.Authorize(ctx, nil); err != nil {
		return err
	}
	w.Browser.Person.Password = ""
	if w.Last.Returned == nil && !w.Browser.AsksToConsent(w.Last.Exchange) {
		return errors.New("the resource owner could not sign in: " + check.Describe(w.Last.Exchange))
	}
	return nil
}

// HasApproved leaves the browser with a session, and the client with a code;
// table deviates from a valid authorization request.
func (w *World) HasApproved(ctx context.Context, table Table) error {
	if err := w.Ask(ctx, useragent.Person{Decision: useragent.Approves}); err != nil {
		return err
	}
	if err := w.ObtainCode(ctx, table); err != nil {
		return err
	}
	w.Browser.Person, w.Browser.Approved = &useragent.Person{Username: w.Browser.Person.Username}, true
	return nil
}

// Guess signs in with wrong passwords, so often; as somebody whom nobody knows
// where unknown says so. Whoever was before the browser is there again after it.
func (w *World) Guess(ctx context.Context, times int, unknown bool) error {
	before := w.Browser.Person
	defer func() { w.Browser.Person = before }()
	if err := w.Ask(ctx, useragent.Person{Password: proof.Random()}); err != nil {
		return err
	}
	if unknown {
		w.Browser.Person.Username = proof.Random()
	}
	for range times {
		if err := w.Authorize(ctx, nil); err != nil && !IsLimited(err) { // As it should be.
			return err
		}
	}
	return nil
}

// SubmitApproval presses the button that approves on the page that the browser
// shows, departing from that in what table says: "(session)" takes a form that
// was made for another session, "Origin" has another site send such a form, and
// "(sent)" sends it a second time.
func (w *World) SubmitApproval(ctx context.Context, table Table) error {
	page, target := w.Browser.Shown, w.Browser.ReturnsTo
	origin, forged := table.Get("Origin")
	if _, another := table.Get("(session)"); another || forged {
		var err error
		if page, err = w.pageOfAnotherSession(ctx); err != nil {
			return err
		}
	}
	if page == nil {
		return errors.New("the browser shows no page yet")
	}
	visit := w.Browser.Decide(page, useragent.Approves)
	if visit == nil {
		return nil // The server asked nobody: what it granted is judged.
	}
	visit.Origin = origin
	if _, sent := table.Get("(sent)"); sent {
		if err := w.visit(ctx, *visit, target); err != nil {
			return err
		}
	}
	return w.visit(ctx, *visit, target)
}

// pageOfAnotherSession is the page that asks for consent in another browser:
// all that a forger can see of it.
func (w *World) pageOfAnotherSession(ctx context.Context) (*exchange.Exchange, error) {
	forger := w.Fork()
	forger.Browser = w.Browser.Another()
	if err := forger.HasSignedIn(ctx); err != nil {
		return nil, err
	}
	return forger.Browser.Shown, nil
}

// SignOut ends the session of the browser: on the page of the fixture's account,
// elsewhere at the end_session_endpoint, where the person confirms it (OpenID
// Connect RP-Initiated Logout section 2,
// https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout).
func (w *World) SignOut(ctx context.Context) error {
	if w.control != nil {
		return w.OnAccount(ctx, "/sign-out", false)
	}
	address, err := w.Endpoint("end_session_endpoint")
	if err != nil {
		return err
	}
	if err := w.visit(ctx, useragent.Visit{Address: withQuery(address, encode(Parameters{{"client_id", w.Client.ID}}))}, ""); err != nil {
		return err
	}
	if confirmed := w.Browser.Decide(w.Browser.Shown, useragent.Approves); confirmed != nil {
		return w.visit(ctx, *confirmed, "")
	}
	return nil
}

// OnAccount opens a page of the fixture's account and sends its first form,
// with what can be ticked there if the person ticks it; nobody can find out
// where another server has such pages.
func (w *World) OnAccount(ctx context.Context, path string, ticks bool) error {
	if w.control == nil {
		return &check.NotApplicable{Reason: "where a server shows people their account is in no metadata"}
	}
	code := w.Grant.Code
	defer func() { w.Grant.Code = code }() // What was obtained before stays.
	if err := w.visit(ctx, useragent.Visit{Address: w.Realm.Issuer + path}, ""); err != nil {
		return err
	}
	for _, form := range w.Browser.Shown.Forms() {
		if form.Method == http.MethodPost {
			values := url.Values{}
			for _, input := range form.Inputs {
				if input.Type != "checkbox" || ticks {
					values.Set(input.Name, input.Value)
				}
			}
			return w.visit(ctx, useragent.Visit{Address: form.Action.String(), Form: []byte(values.Encode())}, "")
		}
	}
	return check.Fail("a page without a form: "+w.Browser.Shown.Text(), "a page with a form")
}
