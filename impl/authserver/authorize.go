package authserver

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// codeLifetime: a code goes straight from the browser to the client; RFC 6749
// section 4.1.2 allows ten minutes at most
// (https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2).
const codeLifetime = time.Minute

// onceLifetime is that of a grant whose access token is the only one.
const onceLifetime = realm.AccessTokenLifetime + codeLifetime

// Authorize implements the authorization endpoint (RFC 6749 section 3.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-3.1).
func (s *Server) Authorize(ctx context.Context, request authserver.AuthorizeRequestObject) (authserver.AuthorizeResponseObject, error) {
	return s.proceed(ctx, received(ctx, authserver.AuthorizationRequest(request.Params)))
}

// AuthorizeByPost is the same by form post, or the documented direct approval.
func (s *Server) AuthorizeByPost(ctx context.Context, request authserver.AuthorizeByPostRequestObject) (authserver.AuthorizeByPostResponseObject, error) {
	if request.JSONBody != nil {
		return approve(ctx, *request.JSONBody)
	}
	return s.proceed(ctx, received(ctx, *request.FormdataBody))
}

// received is a request as it came, with all its resources, of which the
// generated code keeps one.
func received(ctx context.Context, request authserver.AuthorizationRequest) interaction {
	if resources := wire.FromContext(ctx).Parameters["resource"]; len(resources) > 0 {
		request.Resource = &resources
	}
	return interaction{Request: request}
}

// refuseAuthorization answers what the guard found wrong: to the client where
// it and its redirect URI are known, else to the person.
func (s *Server) refuseAuthorization(w http.ResponseWriter, r *http.Request, refused *wire.Error) {
	if r.Header.Get("Content-Type") == wire.JSON {
		wire.WriteError(w, refused)
		return
	}
	parameters := wire.FromContext(r.Context()).Parameters
	answer, err := s.proceed(r.Context(), interaction{Refused: refused, Request: authserver.AuthorizationRequest{
		ClientID: parameter(parameters, "client_id"), RedirectURI: parameter(parameters, "redirect_uri"),
		State: parameter(parameters, "state"), Prompt: parameter(parameters, "prompt"), ResponseMode: parameter(parameters, "response_mode"),
	}})
	if err == nil {
		err = answer.VisitAuthorizeResponse(w)
	}
	if err != nil {
		s.fail(w, r, err)
	}
}

func parameter(parameters url.Values, name string) *string {
	if !parameters.Has(name) {
		return nil
	}
	return new(parameters.Get(name))
}

// asked is what a sound authorization request asks for.
type asked struct {
	scope     token.Scope
	resources []string
	prompt    prompt
	expected  string // The id of the user who is expected; "" for anybody.
	once      bool   // The person allows no access while they are away.
}

// judged returns what a request asks for, and what is wrong with it.
func (i interaction) judged(r *realm.Realm, client store.Client) (asked, *wire.Error) {
	prompt, refused := promptOf(i.Request)
	if i.Refused != nil {
		refused = i.Refused
	}
	if refused == nil {
		refused = AuthorizationRequest.In(r)(r, client, i.Request)
	}
	if refused != nil {
		return asked{prompt: prompt}, refused
	}
	scope, refused := scopeToGrant(r, client, i.Request.Scope)
	if refused != nil {
		return asked{prompt: prompt}, refused
	}
	resources, refused := ResourcesToGrant.In(r)(r, requestedResources(i.Request))
	if refused != nil {
		return asked{prompt: prompt}, refused
	}
	expected, refused := ExpectedUser.In(r)(r, i.Request.IDTokenHint)
	return asked{scope: scope, resources: resources, prompt: prompt, expected: expected}, refused
}

// proceed takes an authorization request as far as it gets: back to the
// client, or to a page on which the person signs in, consents, or reads what
// is wrong.
func (s *Server) proceed(ctx context.Context, i interaction) (response, error) {
	if refused := i.fit(); refused != nil {
		return mistake(ctx, refused), nil
	}
	to, err := destinationOf(ctx, i.Request)
	if refused := new(wire.Error); errors.As(err, &refused) {
		return mistake(ctx, refused), nil
	}
	if err != nil {
		return nil, err
	}
	r := realm.From(ctx)
	asked, refused := i.judged(r, to.client)
	decision := r.Policy().ResourceOwner
	switch {
	case decision == realm.Asks:
		return s.ask(ctx, i, to, asked, refused)
	case refused != nil:
		return to.refused(refused), nil
	}
	if refused := Denial.In(r)(decision); refused != nil {
		return to.refused(refused), nil
	}
	return to.granted(ctx, i, asked, Person{r.User, r.Clock.Now()})
}

// ask looks what the person has to do, and goes on where that is nothing.
func (s *Server) ask(ctx context.Context, i interaction, to destination, a asked, refused *wire.Error) (response, error) {
	r := realm.From(ctx)
	who, err := s.person(ctx)
	if err != nil {
		return nil, err
	}
	silent := a.prompt.silent()
	if refused != nil && RefusedBeforeSignIn.In(r)(silent) {
		return leave(to, refused), nil
	}
	unexpected := a.expected != "" && who.ID != a.expected
	if a.prompt.mustSignIn(who, i.SignedIn, r) || unexpected && !i.SignedIn {
		if silent {
			return leave(to, loginRequired()), nil
		}
		return i.turnTo(ctx, signInPath)
	}
	if refused == nil && unexpected {
		refused = notExpected()
	}
	if refused != nil {
		return leave(to, refused), nil
	}
	consent, err := mustConsent(ctx, who, to, a)
	switch {
	case err != nil:
		return nil, err
	case consent && silent:
		return leave(to, consentRequired()), nil
	case consent:
		i.Session = s.csrf(ctx)
		return i.turnTo(ctx, consentPath)
	}
	return to.granted(ctx, i, a, who)
}

// RefusedBeforeSignIn tells whether a request is refused before the person is known.
// The person is known before the browser is sent on to a client, so that this server
// is no tool for phishing (RFC 9700 section 4.11.2,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2). The exception is the silent
// request of a client that is vouched for.
var RefusedBeforeSignIn = rule.New(func(silent bool) bool { return silent })

// Denial is the error of a request that the resource owner denied (RFC 6749 section
// 4.1.2.1, https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1).
var Denial = rule.New(func(decision realm.Decision) *wire.Error {
	if decision != realm.Denies {
		return nil
	}
	return &wire.Error{Code: "access_denied", Description: "the resource owner denied the request"}
})

// granted returns to the client with a code.
func (d destination) granted(ctx context.Context, i interaction, a asked, who Person) (response, error) {
	grant := store.Grant{ClientID: d.client.ID, UserID: who.ID, Scope: a.scope, Resources: a.resources, AuthTime: who.SignedIn}
	if a.once {
		grant.ExpiresAt = realm.From(ctx).Clock.Now().Add(onceLifetime)
	}
	code, err := newCode(ctx, grant, store.Code{
		Challenge: boundChallenge(realm.From(ctx), i.Request), Nonce: value(i.Request.Nonce), RedirectURI: d.redirectURI, RedirectURIGiven: i.Request.RedirectURI != nil,
	}, codeLifetime)
	if err != nil {
		return nil, err
	}
	if err := used(ctx, realm.From(ctx), d.client, true); err != nil {
		return nil, err
	}
	return d.with(url.Values{"code": {code}}), nil
}

// AuthorizationRequest judges what a request asks for, but its scope and resources
// (RFC 6749 section 4.1.2.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1).
var AuthorizationRequest = rule.New(func(r *realm.Realm, client store.Client, request authserver.AuthorizationRequest) *wire.Error {
	if refused := requestObject(request); refused != nil {
		return refused
	}
	if request.ResponseType == nil {
		return wire.InvalidRequest("response_type is missing")
	}
	if *request.ResponseType != "code" {
		return unsupportedResponseType()
	}
	if !GrantRegistered.In(r)(client, "authorization_code") {
		return unauthorizedClient("this client is not registered for the grant authorization_code")
	}
	return challenge(r, client, request)
})

// requestObject: nobody reads one here, and so nobody may believe that it was
// read (OpenID Connect Core section 3.1.2.6,
// https://openid.net/specs/openid-connect-core-1_0.html#AuthError).
func requestObject(request authserver.AuthorizationRequest) *wire.Error {
	switch {
	case request.Request != nil:
		return &wire.Error{Code: "request_not_supported", Description: "this server takes no request objects"}
	case request.RequestURI != nil:
		return &wire.Error{Code: "request_uri_not_supported", Description: "this server takes no request objects"}
	}
	return nil
}

// newCode remembers the grant and returns a code for it, which lives for
// lifetime.
func newCode(ctx context.Context, grant store.Grant, code store.Code, lifetime time.Duration) (string, error) {
	r := realm.From(ctx)
	now := r.Clock.Now()
	if grant.AuthTime.IsZero() {
		grant.AuthTime = now
	}
	if grant.ExpiresAt.IsZero() {
		grant.ExpiresAt = now.Add(r.Policy().RefreshAbsolute())
	}
	grant.ID, grant.CreatedAt = token.NewID(), now
	if err := r.Store().PutGrant(ctx, grant); err != nil {
		return "", err
	}
	secret := NewAuthorizationCode.In(r)(code)
	code.Hash, code.GrantID, code.ExpiresAt = token.HashOf(secret), grant.ID, now.Add(lifetime)
	if err := r.Store().PutCode(ctx, code); err != nil {
		return "", err
	}
	isAbout(ctx, grant)
	audit.About(ctx).ClientID = grant.ClientID
	r.Audit.Tell(ctx, audit.CodeIssued, "")
	return secret, nil
}

// NewAuthorizationCode makes the text of a code, which nobody can guess (RFC 6749
// section 10.10, https://www.rfc-editor.org/rfc/rfc6749#section-10.10), and which
// tells nothing of what the server remembers for it (RFC 7636 section 4.4,
// https://www.rfc-editor.org/rfc/rfc7636#section-4.4).
var NewAuthorizationCode = rule.New(func(store.Code) string { return token.NewSecret() })
