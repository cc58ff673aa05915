package authserver

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// codeLifetime: a code goes straight from the browser to the client; RFC 6749
// section 4.1.2 allows ten minutes at most
// (https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2).
const codeLifetime = time.Minute

// Authorize implements the authorization endpoint (RFC 6749 section 3.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-3.1).
func (s *Server) Authorize(ctx context.Context, request authserver.AuthorizeRequestObject) (authserver.AuthorizeResponseObject, error) {
	if realm.From(ctx).Faults().Has(fault.AuthorizationByGetRefused) {
		return page{wire.InvalidRequest("authorization requests are sent by POST")}, nil
	}
	return answer(ctx, authserver.AuthorizationRequest(request.Params))
}

// AuthorizeByPost is the same by form post, or the documented direct approval.
func (s *Server) AuthorizeByPost(ctx context.Context, request authserver.AuthorizeByPostRequestObject) (authserver.AuthorizeByPostResponseObject, error) {
	if request.JSONBody != nil {
		return approve(ctx, *request.JSONBody)
	}
	if realm.From(ctx).Faults().Has(fault.OpenIDByGetOnly) {
		return page{wire.InvalidRequest("authentication requests are sent by GET")}, nil
	}
	return answer(ctx, *request.FormdataBody)
}

// refuseAuthorization answers what the guard found wrong: to the client where
// it and its redirect URI are known, else to the person.
func (s *Server) refuseAuthorization(w http.ResponseWriter, r *http.Request, refused *wire.Error) {
	if r.Header.Get("Content-Type") == wire.JSON {
		wire.WriteError(w, refused)
		return
	}
	parameters := wire.FromContext(r.Context()).Parameters
	request := authserver.AuthorizationRequest{
		ClientID: parameter(parameters, "client_id"), RedirectURI: parameter(parameters, "redirect_uri"),
		State: parameter(parameters, "state"),
	}
	destination, err := destinationOf(r.Context(), request)
	if err != nil {
		writePage(w, refused)
		return
	}
	destination.refused(refused).write(w)
}

func parameter(parameters url.Values, name string) *string {
	if !parameters.Has(name) {
		return nil
	}
	return new(parameters.Get(name))
}

// answer judges an authorization request and returns to the client, or shows
// the person a page where there is no client to return to.
func answer(ctx context.Context, request authserver.AuthorizationRequest) (authorizationResponse, error) {
	destination, err := destinationOf(ctx, request)
	if refused := new(wire.Error); errors.As(err, &refused) {
		return page{refused}, nil
	}
	if err != nil {
		return nil, err
	}
	code, err := authorizeFor(ctx, destination, request)
	if refused := new(wire.Error); errors.As(err, &refused) {
		return destination.refused(refused), nil
	}
	if err != nil {
		return nil, err
	}
	return destination.with(url.Values{"code": {code}}), nil
}

// authorizeFor returns a code, or why there is none.
func authorizeFor(ctx context.Context, to destination, request authserver.AuthorizationRequest) (string, error) {
	r := realm.From(ctx)
	if refused := judgeRequest(ctx, r, to.client, request); refused != nil {
		return "", refused
	}
	scope, refused := scopeToGrant(to.client, request.Scope, r.Faults())
	if refused != nil {
		return "", refused
	}
	resources, refused := resourcesToGrant(ctx)
	if refused != nil {
		return "", refused
	}
	switch decision := r.Policy().ResourceOwner; {
	case decision == realm.Approves, decision == realm.Denies && r.Faults().Has(fault.DenialIgnored):
	case decision == realm.Denies:
		return "", accessDenied("the resource owner denied the request")
	default:
		return "", accessDenied("nobody can be asked: this server has no resource owner signed in")
	}
	return newCode(ctx, store.Grant{ClientID: to.client.ID, UserID: r.User.ID, Scope: scope, Resources: resources}, store.Code{
		Challenge: value(request.CodeChallenge), Nonce: value(request.Nonce), RedirectURI: to.redirectURI, RedirectURIGiven: request.RedirectURI != nil,
	}, codeLifetime)
}

func judgeRequest(ctx context.Context, r *realm.Realm, client store.Client, request authserver.AuthorizationRequest) *wire.Error {
	faults := r.Faults()
	if refused := requestObject(request); refused != nil && !faults.Has(fault.RequestObjectIgnored) {
		return refused
	}
	if faults.Has(fault.UnknownHintsRefused) && hasUnknownHint(ctx) {
		return wire.InvalidRequest("this server cannot meet that wish")
	}
	if request.Nonce == nil && faults.Has(fault.NonceRequired) {
		return wire.InvalidRequest("nonce is missing")
	}
	if request.ResponseType == nil {
		return wire.InvalidRequest("response_type is missing")
	}
	if *request.ResponseType != "code" && !faults.Has(fault.UnknownResponseTypeAccepted) {
		return unsupportedResponseType()
	}
	if !mayUse(client, "authorization_code", faults) {
		return unauthorizedClient("this client is not registered for the grant authorization_code")
	}
	return challenge(request.CodeChallenge, request.CodeChallengeMethod, !client.Demo, faults)
}

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

// hasUnknownHint finds what a sound server ignores.
func hasUnknownHint(ctx context.Context) bool {
	for _, name := range []string{"display", "ui_locales", "claims_locales", "acr_values", "claims"} {
		if wire.FromContext(ctx).Parameters.Has(name) {
			return true
		}
	}
	return false
}

// numbered is what a server counts whose codes can be guessed.
var numbered atomic.Int64

// newCode remembers the grant and returns a code for it, which lives for
// lifetime.
func newCode(ctx context.Context, grant store.Grant, code store.Code, lifetime time.Duration) (string, error) {
	r := realm.From(ctx)
	now := r.Clock.Now()
	if grant.AuthTime.IsZero() {
		grant.AuthTime = now
	}
	grant.ID, grant.CreatedAt, grant.ExpiresAt = token.NewID(), now, now.Add(r.Policy().RefreshAbsolute())
	if err := r.Store().PutGrant(ctx, grant); err != nil {
		return "", err
	}
	secret := token.NewSecret()
	if r.Faults().Has(fault.CodeGuessable) {
		secret = fmt.Sprintf("code-%08d", numbered.Add(1))
	}
	if r.Faults().Has(fault.ChallengeInCode) {
		secret += "." + code.Challenge
	}
	code.Hash, code.GrantID, code.ExpiresAt = token.HashOf(secret), grant.ID, now.Add(lifetime)
	return secret, r.Store().PutCode(ctx, code)
}
