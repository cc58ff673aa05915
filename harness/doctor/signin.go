package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
)

// redirects sends an authorization request for each redirect URI of the target
// file, before which nobody sits: a server that does not know the URI says so at
// once.
func (e *examination) redirects(ctx context.Context) {
	if e.run.Target.Control.URL != "" {
		return
	}
	for _, a := range e.acting(ctx) {
		if !e.may(a.client, "authorization_code") || a.client == e.registered {
			continue
		}
		if len(a.client.RedirectURIs) == 0 {
			e.found(Finding{Name: a.name + " redirect URI", Status: Warning, Key: a.key("redirect_uris"), Tried: "to find redirect_uris", CameBack: "none",
				Change: "add the redirect URIs that the client is registered with, or grant_types without authorization_code"})
		}
		for _, uri := range a.client.RedirectURIs {
			e.found(e.redirect(ctx, a, uri))
		}
	}
}

func (e *examination) redirect(ctx context.Context, a actor, uri string) Finding {
	f := Finding{Name: a.name + " redirect URI", Status: OK, Key: a.key("redirect_uris"), Tried: "an authorization request of " + a.client.ID + " with " + uri}
	w, err := e.world(ctx, a.client)
	if err == nil {
		err = acts.Authorize(ctx, w, world.Table{{Name: "redirect_uri", Value: uri}})
	}
	page := w.Last.Exchange
	if unfit := new(check.NotApplicable); err != nil && !errors.As(err, &unfit) || page == nil {
		f.Status, f.CameBack, f.Change = Error, reasonOf(err), "give authorization_endpoint in authorization_server.metadata, or grant_types without authorization_code"
		return f
	}
	switch refused := w.Last.Returned.Get("error"); {
	case refused != "" && !isAboutPerson(refused):
		f.Status, f.CameBack = Error, returned(w)
		f.Key, f.Change = e.refusal(a, refused)
	case w.Last.Returned != nil:
		f.CameBack = "the browser, at " + uri
	case page.Status >= 400:
		f.Status, f.CameBack = Error, check.Describe(page)+saying(page.Text())
		f.Change = fmt.Sprintf("register exactly %s for the client %s, or write the registered URI", uri, a.client.ID)
	case page.Status >= 300:
		f.CameBack = "a redirect to a sign-in page: " + page.Answer.Get("Location")
	default:
		f.CameBack = "a page for a person"
	}
	return f
}

// reasonOf is what an error says, without what it means for a scenario.
func reasonOf(err error) string {
	if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
		return unfit.Reason
	}
	return err.Error()
}

// isAboutPerson tells errors that say that nobody is signed in, or wants to
// approve (OpenID Connect Core section 3.1.2.6,
// https://openid.net/specs/openid-connect-core-1_0.html#AuthError).
func isAboutPerson(code string) bool {
	return strings.HasSuffix(code, "_required") || code == "access_denied"
}

// refusal is what to change where the server sends an error to the client.
func (e *examination) refusal(a actor, code string) (key, change string) {
	switch code {
	case "invalid_scope":
		return a.key("scope"), fmt.Sprintf("the client may not have the scope %q; write what it is registered for", a.client.Scope)
	case "unauthorized_client", "unsupported_response_type":
		return a.key("grant_types"), "the client is not registered for authorization codes; write its grant_types without authorization_code, or register it for them"
	case "invalid_target":
		return "mcp_server.url", "the authorization server does not know this resource; make it known there, by exactly this URL"
	}
	return "resource_owner", "let the person of resource_owner be one who may approve this client"
}

// signIn obtains a code as a run does, and says what keeps it from that: with the
// client that registered itself, and with the first one of the file.
func (e *examination) signIn(ctx context.Context) {
	var tried []actor
	for _, a := range e.acting(ctx) {
		first := !slices.ContainsFunc(tried, func(before actor) bool { return (before.client == e.registered) == (a.client == e.registered) })
		if !first || !e.may(a.client, "authorization_code") || a.client.RedirectURI() == "" {
			continue
		}
		f := e.signInAs(ctx, a)
		if len(tried) > 0 {
			f.Name += " of " + a.name
		}
		tried = append(tried, a)
		e.found(f)
		if f.Key == "resource_owner.password" || f.Status == Skipped || f.Status == Warning {
			return // Another client would only try the same again.
		}
	}
	if len(tried) == 0 {
		e.skipped("sign-in", "no client got as far as an authorization request")
	}
}

func (e *examination) signInAs(ctx context.Context, a actor) Finding {
	owner := e.run.Target.ResourceOwner
	f := Finding{Name: "sign-in", Status: OK, Key: "resource_owner", Tried: "an authorization request of " + a.client.ID}
	if owner.Browser == "manual" {
		return Finding{Name: f.Name, Status: Skipped, CameBack: "a person signs in with a browser during the run"}
	}
	w, err := e.worldOf(ctx, a)
	if err != nil {
		f.Status, f.CameBack, f.Change = Error, err.Error(), "fix the items above first"
		return f
	}
	asked := acts.Ask(ctx, w, useragent.Person{Decision: useragent.Approves})
	if asked == nil {
		f.Tried += fmt.Sprintf(", with %s signing in", cmp.Or(owner.Username, "a user of the control plane"))
	}
	err = acts.Authorize(ctx, w, nil)
	unfit := new(check.NotApplicable)
	switch {
	case w.Grant.Code != "":
		e.signsIn = append(e.signsIn, a.client)
		f.CameBack = "an authorization code"
		if asked != nil {
			f.CameBack += ", issued without asking for approval"
		}
	case errors.As(err, &unfit) && w.Last.Exchange == nil:
		f.Status, f.CameBack, f.Change = Error, unfit.Reason, "correct the target file"
	case errors.As(err, &unfit) && asked == nil:
		f.Status, f.CameBack, f.Change = Error, unfit.Reason, "see the reason; the file names the resource owner, and a run would end here as well"
	case errors.As(err, &unfit):
		f.Status, f.CameBack = Warning, "a page that waits for a person"
		f.Change = "add resource_owner: {username, password: \"${NAME}\", browser: forms}, or browser: manual to sign in yourself; without it, scenarios that need an approval do not run"
	case err != nil:
		f.Status, f.CameBack, f.Change = Error, err.Error(), "check whether the authorization server redirects the browser in a loop, or to a host that does not answer"
	default:
		e.stuck(&f, a, w)
	}
	if f.Status == Error && a.client == e.registered && w.Last.Stuck == "" {
		e.blameRegistration(&f)
	}
	return f
}

// blameRegistration: clients register themselves, and then get no code. Most
// scenarios would end there, whatever the clients of the file can do.
func (e *examination) blameRegistration(f *Finding) {
	f.Key, f.Change = "capabilities", "a run uses clients that register themselves, and this one gets no code: let the server take them as they are"
	if len(e.run.Target.Clients) > 0 {
		f.Change += ", or write capabilities: {registration: false}, so that the run uses the clients of the target file"
	} else {
		f.Change += ", or write capabilities: {registration: false} and name clients, such as clients: {public: {client_id: …, redirect_uris: [\"http://127.0.0.1:8765/callback\"]}}"
	}
}

// stuck tells why no code came: who could not go on, or what the server refused.
func (e *examination) stuck(f *Finding, a actor, w *world.World) {
	f.Status = Error
	page := w.Last.Exchange
	switch {
	case w.Last.Returned != nil:
		f.CameBack = returned(w)
		f.Key, f.Change = e.refusal(a, w.Last.Returned.Get("error"))
	case w.Last.Stuck != "":
		f.CameBack, f.Change, _ = strings.Cut(w.Last.Stuck, "; ")
		for _, key := range []string{"resource_owner.steps", "resource_owner.hosts"} {
			if strings.Contains(w.Last.Stuck, key) {
				f.Key = key
			}
		}
		if f.Change == "" {
			f.Key, f.Change = "resource_owner.password", fmt.Sprintf("is %s the password of %q?", e.variable(e.run.Target.ResourceOwner.Password), e.run.Target.ResourceOwner.Username)
		}
	case page.Status/100 == 3:
		f.CameBack, f.Change = "a redirect to another host: "+page.Answer.Get("Location"), "if people sign in there, add this host to resource_owner.hosts, with resource_owner.username and password"
	default:
		f.CameBack = check.Describe(page) + saying(page.Text())
		f.Change = "read the log of the server, because its page shows no readable error; describe a page with a form by resource_owner.steps"
		if page.Status == http.StatusForbidden || page.Status == http.StatusUnauthorized {
			f.Change = "check that the person of resource_owner may sign in"
		}
	}
}

func returned(w *world.World) string {
	said := "the browser, with error=" + w.Last.Returned.Get("error")
	if described := w.Last.Returned.Get("error_description"); described != "" {
		said += " (" + described + ")"
	}
	return said
}

// saying is the beginning of what a page says, for a person to recognize it.
func saying(text string) string {
	letters := []rune(text)
	if len(letters) == 0 {
		return ""
	}
	if len(letters) > 120 {
		letters = append(letters[:120], '…')
	}
	return fmt.Sprintf(", saying %q", string(letters))
}
