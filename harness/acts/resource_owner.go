package acts

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the resource owner and the browser before which it sits.
var (
	_ = phrases(Given, []step{
		{says: `the resource owner (approves|denies|signs in and approves|signs in and denies|signs in and approves a part|signs in with a wrong password)`, signsIn: always, do: decides},
		{says: `the resource owner has (not signed in|signed in|signed out|signed out and ended all access|ended the client's access)`, do: hasDone},
		{says: `the resource owner has approved the client`, with: words.AuthorizationRequest, signsIn: always, do: tabled(HasApproved)},
		{says: `the resource owner reads "([^"]*)"`, do: reads},
		{says: `somebody has guessed (\d+) passwords of the resource owner`, do: hasGuessed},
	})
	_ = phrases(When, []step{
		{says: `the resource owner approves the request`, with: words.Approval, signsIn: always, do: tabled(SubmitApproval)},
	})
)

// decides has the resource owner decide without being asked, or as a person before
// the browser.
func decides(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	switch args[0] {
	case "signs in and approves":
		return Ask(ctx, w, useragent.Person{Decision: useragent.Approves})
	case "signs in and denies":
		return Ask(ctx, w, useragent.Person{Decision: useragent.Denies})
	case "signs in and approves a part":
		return Ask(ctx, w, useragent.Person{Decision: useragent.Approves, InPart: true})
	case "signs in with a wrong password":
		return Ask(ctx, w, useragent.Person{Password: proof.Random(), Decision: useragent.Approves})
	}
	return Decide(ctx, w, useragent.Decision(args[0]))
}

func hasDone(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	switch args[0] {
	case "signed in":
		return HasSignedIn(ctx, w)
	case "signed out":
		return w.Run.Setting.SignOut(ctx, w)
	case "signed out and ended all access":
		return OnAccount(ctx, w, "/sign-out", true)
	case "ended the client's access":
		return OnAccount(ctx, w, "/account/grants", false)
	}
	return Ask(ctx, w, useragent.Person{}) // A person before the browser who only looks.
}

func reads(_ context.Context, w *world.World, args []string, _ world.Table) error {
	w.Browser.Languages = args[0]
	return nil
}

func hasGuessed(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	return Guess(ctx, w, times, false)
}

// Decide makes the resource owner approve or deny.
func Decide(ctx context.Context, w *world.World, decision useragent.Decision) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	return w.Run.Setting.Decide(ctx, w, decision)
}

// approve makes the resource owner approve, unless somebody sits there already.
func approve(ctx context.Context, w *world.World) error {
	if w.Browser.Person != nil {
		return nil
	}
	return w.Run.Setting.Approve(ctx, w)
}

// Ask has a person before the browser, who does what person says.
func Ask(ctx context.Context, w *world.World, person useragent.Person) error {
	if err := w.Demand(ctx, control.RealmRequest{ResourceOwner: new(control.Asks)}); err != nil {
		return err
	}
	return Seat(ctx, w, person)
}

// Seat puts a person before the browser. Who decides signs in as well.
func Seat(ctx context.Context, w *world.World, person useragent.Person) error {
	person.Username = w.Realm.User.Username
	if w.Browser.Window != nil {
		return seatInPerson(w, person)
	}
	if w.Realm.User.Password == "" {
		return nobodySignsIn(ctx, w.Run)
	}
	if person.Decision == useragent.Denies {
		if err := needsFresh(w.Run); err != nil {
			return err
		}
	}
	if person.Decision != useragent.Undecided && person.Password == "" {
		person.Password = w.Realm.User.Password
	}
	w.Log.Plant(w.Realm.User.Password)
	w.Browser.Person = &person
	return nil
}

// seatInPerson leaves it to a real person to sign in and to decide. What pages
// show on the way stays in that person's browser.
func seatInPerson(w *world.World, person useragent.Person) error {
	if person.Decision == useragent.Undecided || person.Password != "" || person.InPart {
		return check.Unnamed("resource_owner.browser", "a person signs in at the target in a browser of their own, whose pages cannot be seen; resource_owner.browser: forms lets the examiner fill them in")
	}
	w.Browser.Person = &person
	return nil
}

// asksAnew tells whether the client wants the person to be asked though they
// approved before: a realm knows no approval of before, another server may. Who
// approves in a browser of their own is not bothered again.
func asksAnew(w *world.World) bool {
	if w.Browser.Window != nil && w.Browser.Person != nil && w.Browser.Person.Decision == useragent.Approves {
		return false
	}
	return w.Browser.Person != nil && !w.Browser.Approved && w.Run.Setting.Consent(w.Run) == world.AsksForPrompt
}

// needsFresh is not applicable where an approval of before could answer in the
// place of the person.
func needsFresh(r *world.Run) error {
	if r.Setting.Consent(r) == world.MayRemember {
		return check.Unnamed("capabilities.prompt", "the authorization server may remember an approval of before; add capabilities.prompt to the target file, if it asks again for prompt=consent, or capabilities.consent_every_time, if it always asks")
	}
	return nil
}

// HasSignedIn leaves the browser with a session, and the person with the page
// that comes next.
func HasSignedIn(ctx context.Context, w *world.World) error {
	if err := errors.Join(Ask(ctx, w, useragent.Person{}), needsFresh(w.Run)); err != nil {
		return err
	}
	w.Browser.Person.Password = w.Realm.User.Password
	if err := Authorize(ctx, w, nil); err != nil {
		return err
	}
	if w.Last.Returned.Get("code") != "" && !w.Client.Registered {
		return askedNobody()
	}
	// The password stays: a server need not remember who signed in.
	if w.Last.Returned == nil && !w.Browser.AsksToConsent(w.Last.Exchange) {
		return errors.New("the resource owner could not sign in: " + check.Describe(w.Last.Exchange))
	}
	return nil
}

// HasApproved leaves the browser with a session, and the client with a code;
// table deviates from a valid authorization request.
func HasApproved(ctx context.Context, w *world.World, table world.Table) error {
	if err := Ask(ctx, w, useragent.Person{Decision: useragent.Approves}); err != nil {
		return err
	}
	if err := ObtainCode(ctx, w, table); err != nil {
		return err
	}
	w.Browser.Person, w.Browser.Approved = &useragent.Person{Username: w.Browser.Person.Username}, true
	return nil
}

// Guess signs in with wrong passwords, so often; as somebody whom nobody knows
// where unknown says so. Whoever was before the browser is there again after it.
func Guess(ctx context.Context, w *world.World, times int, unknown bool) error {
	before := w.Browser.Person
	defer func() { w.Browser.Person = before }()
	if err := Ask(ctx, w, useragent.Person{Password: proof.Random()}); err != nil {
		return err
	}
	if unknown {
		w.Browser.Person.Username = proof.Random()
	}
	for range times {
		if err := Authorize(ctx, w, nil); err != nil && !IsLimited(err) { // As it should be.
			return err
		}
	}
	return nil
}

// SubmitApproval presses the button that approves on the page that the browser
// shows, departing from that in what table says: a page of another site sends a form
// that was made for another session, with "Origin" or without one ("(session)").
func SubmitApproval(ctx context.Context, w *world.World, table world.Table) error {
	page, target := w.Browser.Shown, w.Browser.ReturnsTo
	origin, forged := table.Get("Origin")
	_, another := table.Get("(session)")
	if forged = forged || another; forged {
		var err error
		if page, err = pageOfAnotherSession(ctx, w); err != nil {
			return err
		}
		if err := tryWithoutCookies(ctx, w, target); err != nil {
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
	visit.Origin, visit.Foreign = origin, forged
	if !forged { // Nothing of a forgery is confirmed on the page that follows.
		w.Browser.Person.Decision = useragent.Approves
	}
	return Visit(ctx, w, *visit, target)
}

// OnAccount opens a page of the resource owner's account and sends its first
// form, with what can be ticked there if the person ticks it.
func OnAccount(ctx context.Context, w *world.World, path string, ticks bool) error {
	address, err := w.Run.Setting.Account(w, path)
	if err != nil {
		return err
	}
	code := w.Grant.Code
	defer func() { w.Grant.Code = code }() // What was obtained before stays.
	if err := Visit(ctx, w, useragent.Visit{Address: address}, ""); err != nil {
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
			return Visit(ctx, w, useragent.Visit{Address: form.Action.String(), Form: []byte(values.Encode())}, "")
		}
	}
	if path == "/sign-out" && w.Browser.Shown.Status == http.StatusOK {
		if !ticks {
			return nil // It was enough to open it.
		}
		return &check.NotApplicable{Reason: "the sign-out page does not offer to end all access", Lacks: "end_of_access_at_sign_out"}
	}
	return check.Fail("a page without a form: "+w.Browser.Shown.Text(), "a page with a form")
}

// nobodySignsIn tells why, where the target file names no resource owner.
func nobodySignsIn(ctx context.Context, r *world.Run) error {
	if r.Remember("approves at once", func() bool { return approvesAtOnce(ctx, r) }) {
		return &check.NotApplicable{Reason: "the authorization server approves at once and asks nobody to sign in", Lacks: "sign-in"}
	}
	return check.Unnamed("resource_owner", "nobody can sign in at the target; add resource_owner to the target file, with username, password and browser: forms")
}

func approvesAtOnce(ctx context.Context, r *world.Run) bool {
	fresh := r.New()
	defer fresh.Close(ctx)
	return RegisterAny(ctx, fresh) == nil && Authorize(ctx, fresh, nil) == nil && fresh.Grant.Code != ""
}
