package authserver

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// ShowConsent is the page on which a person decides.
func (s *Server) ShowConsent(ctx context.Context, request authserver.ShowConsentRequestObject) (authserver.ShowConsentResponseObject, error) {
	return s.onPage(ctx, func() (response, error) { return s.consentPage(ctx, value(request.Params.Request)) })
}

// Decide allows or denies it.
func (s *Server) Decide(ctx context.Context, request authserver.DecideRequestObject) (authserver.DecideResponseObject, error) {
	return s.onPage(ctx, func() (response, error) { return s.decide(ctx, *request.Body) })
}

// decidable is a request about which the person of this session may decide.
type decidable struct {
	interaction
	to    destination
	asked asked
	who   Person
}

// decidable finds the request that waits for this session.
func (s *Server) decidable(ctx context.Context, id string) (decidable, error) {
	r := realm.From(ctx)
	i, err := waiting(ctx, id)
	if err != nil {
		return decidable{}, err
	}
	who, err := s.person(ctx)
	if err != nil {
		return decidable{}, err
	}
	// Nobody decides about a request that another session began (RFC 6749
	// section 10.12, https://www.rfc-editor.org/rfc/rfc6749#section-10.12).
	if who.ID == "" || !s.ofSession(ctx, &i.Session) {
		return decidable{}, notOurs()
	}
	to, err := destinationOf(ctx, i.Request)
	if err != nil {
		return decidable{}, err
	}
	asked, refused := i.judged(r, to.client)
	if refused != nil {
		return decidable{}, refused
	}
	return decidable{i, to, asked, who}, nil
}

func (s *Server) consentPage(ctx context.Context, id string) (response, error) {
	d, err := s.decidable(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.askConsent(ctx, d, pages.Consent{Actions: inWords(d.asked.scope, d.asked.scope)})
}

// askConsent completes the page with what it says of the request.
func (s *Server) askConsent(ctx context.Context, d decidable, asks pages.Consent) (response, error) {
	view, err := ConsentPage.In(realm.From(ctx))(ctx, d.to.client, d.to.redirectURI)
	if err != nil {
		return nil, err
	}
	view.Actions, view.NothingAllowed = asks.Actions, asks.NothingAllowed
	view.Username, view.Lasting = d.who.Username, lasting(d.to.client, d.asked.scope)
	view.Request, view.CSRF = d.id, s.csrf(ctx)
	return d.to.page(view), nil
}

// ConsentPage is what the page for consent says of a client and of where the person
// goes next (RFC 6749 section 10.2,
// https://www.rfc-editor.org/rfc/rfc6749#section-10.2).
var ConsentPage = rule.New(func(ctx context.Context, client store.Client, redirectURI string) (pages.Consent, error) {
	about, err := about(ctx, client)
	return pages.Consent{
		About: about, Returns: returns(redirectURI), App: !strings.Contains(redirectURI, "://"),
		Local: localOnly(client), Unencrypted: unencrypted(redirectURI),
	}, err
})

// decisions are the answers of the form.
var decisions = map[string]realm.Decision{"approve": realm.Approves, "deny": realm.Denies}

func (s *Server) decide(ctx context.Context, form authserver.ConsentForm) (response, error) {
	if !s.ofSession(ctx, form.Csrf) {
		return nil, notOurs()
	}
	d, err := s.decidable(ctx, value(form.Request))
	if err != nil {
		return nil, err
	}
	decision, decided := decisions[value(form.Decision)]
	if !decided {
		return nil, wire.InvalidRequest("The form does not say whether you allow or deny it.")
	}
	allowed := allowedOf(d.asked.scope, wire.FromContext(ctx).Parameters["scope"])
	if decision == realm.Approves && nothingIn(d.asked.scope, allowed) {
		return s.askConsent(ctx, d, pages.Consent{NothingAllowed: true, Actions: inWords(d.asked.scope, nil)})
	}
	if err := d.finish(ctx); err != nil {
		return nil, err
	}
	audit.About(ctx).ClientID, audit.About(ctx).UserID = d.to.client.ID, d.who.ID
	if refused := Denial.In(realm.From(ctx))(decision); refused != nil {
		realm.From(ctx).Audit.Tell(ctx, audit.ConsentDenied, "")
		return leave(d.to, refused), nil
	}
	return d.allow(ctx, allowed)
}

// allow grants what the person allowed.
func (d decidable) allow(ctx context.Context, allowed token.Scope) (response, error) {
	if err := d.remember(ctx, allowed); err != nil {
		return nil, err
	}
	realm.From(ctx).Audit.Tell(ctx, audit.ConsentGiven, "")
	granted := d.asked
	granted.scope = ScopeAllowed.In(realm.From(ctx))(d.asked.scope, allowed)
	granted.once = d.asked.scope.Has(offlineAccess) && !granted.scope.Has(offlineAccess)
	return d.to.granted(ctx, d.interaction, granted, d.who)
}

// ScopeAllowed is the scope that is granted: of what was asked for, what the person
// allowed (RFC 6749 section 3.3,
// https://www.rfc-editor.org/rfc/rfc6749#section-3.3).
var ScopeAllowed = rule.New(func(asked, allowed token.Scope) token.Scope { return allowed.Within(asked) })

// remember keeps the consent, so that the person need not be asked again. What
// was asked for and not allowed now counts no longer.
func (d decidable) remember(ctx context.Context, allowed token.Scope) error {
	r := realm.From(ctx)
	before, err := r.Store().Consent(ctx, d.who.ID, d.to.client.ID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if before.Shown != seen(d.to) {
		before.Scope = nil // That was for another one.
	}
	kept := slices.DeleteFunc(slices.Clone(before.Scope), d.asked.scope.Has)
	scope := append(kept, allowed...)
	slices.Sort(scope)
	return r.Store().PutConsent(ctx, store.Consent{
		UserID: d.who.ID, ClientID: d.to.client.ID, Scope: slices.Compact(scope), GivenAt: r.Clock.Now(), Shown: seen(d.to),
	})
}

// seen is what the person saw of a client that can change what is seen: its name
// and where it leads. A consent is for that, and not for what the client makes of
// its registration or document later (RFC 6749 section 10.2,
// https://www.rfc-editor.org/rfc/rfc6749#section-10.2).
func seen(to destination) string {
	if !to.client.SelfRegistered {
		return ""
	}
	return to.client.Name + " at " + cmp.Or(hostname(to.redirectURI), origin(to.redirectURI))
}

// leave returns an error to the client, at once or by the person's own decision.
// This holds for prompt=none as well: any site can link here with it, and the page
// asks neither for a password nor for consent.
func leave(to destination, refused *wire.Error) response {
	back := to.refused(refused)
	if RedirectTrusted.In(to.realm)(to.client, to.redirectURI) {
		return back
	}
	view := pages.Goodbye{Heading: "Nothing was shared", Returns: returns(to.redirectURI), Reason: reasonOf(refused)}
	switch back := back.(type) {
	case redirect:
		view.Address = back.location
	case shown:
		form, _ := back.View.(pages.FormPost)
		view.Address, view.Fields = form.Action, form.Fields
	}
	return to.page(view)
}

// RedirectTrusted tells whether an error takes the browser to the client at once: to
// one that this server vouches for, and to the person's own computer (RFC 9700
// section 4.11.2, https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2).
var RedirectTrusted = rule.New(func(client store.Client, redirectURI string) bool {
	return !client.SelfRegistered || local(redirectURI)
})

// reasonOf says to a person why they leave with an error.
func reasonOf(refused *wire.Error) string {
	switch refused.Code {
	case "access_denied":
		return "You denied the application access to your account."
	case "login_required":
		return "The application asked whether you are signed in here, and you are not."
	case "consent_required":
		return "The application asked for access that you have not allowed yet."
	}
	return "The application made a mistake: " + refused.Description + "."
}

// localOnly tells whether a client returns to the person's own computer only
// (MCP authorization, Localhost Redirect URI Risks,
// https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/security-considerations#localhost-redirect-uri-risks).
func localOnly(client store.Client) bool {
	return !slices.ContainsFunc(client.RedirectURIs, func(uri string) bool { return !local(uri) })
}

// unencrypted tells whether others can read on the way what is sent to a
// redirect URI (RFC 6749 section 3.1.2.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2.1).
func unencrypted(redirectURI string) bool {
	return strings.HasPrefix(redirectURI, "http://") && !local(redirectURI)
}
