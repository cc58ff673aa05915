package authserver

import (
	"context"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// IntrospectToken implements RFC 7662 section 2
// (https://www.rfc-editor.org/rfc/rfc7662#section-2).
func (s *Server) IntrospectToken(ctx context.Context, request authserver.IntrospectTokenRequestObject) (authserver.IntrospectTokenResponseObject, error) {
	body := request.FormdataBody
	if body == nil {
		body = request.JSONBody
	}
	response, err := introspect(ctx, *body)
	if err != nil {
		realm.From(ctx).Audit.Tell(ctx, audit.AskingRefused, audit.Reason(err))
		return nil, err
	}
	return authserver.IntrospectToken200JSONResponse{
		Body:    response,
		Headers: authserver.IntrospectToken200ResponseHeaders{CacheControl: "no-store"},
	}, nil
}

func introspect(ctx context.Context, request authserver.IntrospectionRequest) (oauth.IntrospectionResponse, error) {
	r := realm.From(ctx)
	inactive := oauth.IntrospectionResponse{Active: false}
	caller, err := authenticate(ctx, request.ClientID, request.ClientSecret)
	if r.Faults().Has(faultname.IntrospectionOpenToAll) {
		caller, err = anyResource(r), nil
	}
	if err != nil && r.Faults().Has(faultname.AssertionNotCheckedAtIntrospection) {
		caller, err = claimed(ctx, r)
	}
	if err != nil && r.Faults().Has(faultname.AnyBearerIntrospects) {
		if _, refused := bearerOf(ctx, r); refused == nil {
			caller, err = anyResource(r), nil
		}
	}
	if err != nil {
		return inactive, err
	}
	// The endpoint is protected against token scanning: whoever asks proves
	// who it is (RFC 7662 section 2.1, https://www.rfc-editor.org/rfc/rfc7662#section-2.1).
	if !caller.Confidential() {
		return inactive, invalidClient("a public client cannot introspect")
	}
	if request.Token == nil && r.Faults().Has(faultname.MissingTokenInactive) || request.TokenTypeHint != nil && r.Faults().Has(faultname.HintBelieved) {
		return inactive, nil
	}
	if request.Token == nil {
		return inactive, wire.InvalidRequest("token is missing")
	}
	access, err := r.Keys.Own(*request.Token, clockFor(r))
	if err != nil {
		return introspectRefreshToken(ctx, r, caller, *request.Token)
	}
	// A token that is unknown, expired or none of the caller's business is
	// inactive and nothing more (RFC 7662 section 2.2,
	// https://www.rfc-editor.org/rfc/rfc7662#section-2.2).
	if !concerns(r, caller, access) {
		r.Audit.Tell(ctx, audit.AskingRefused, "token_of_others")
		return inactive, nil
	}
	if over, err := ended(ctx, r, access); over || err != nil {
		return inactive, err
	}
	return describe(ctx, r, access), nil
}

// clockFor is the realm's time, or one at which nothing has expired yet.
func clockFor(r *realm.Realm) func() time.Time {
	if r.Faults().Has(faultname.ExpiredTokenActive) {
		return func() time.Time { return time.Unix(0, 0) }
	}
	if r.Faults().Has(faultname.ExpiredTokenActiveForHour) {
		return func() time.Time { return r.Clock.Now().Add(-time.Hour) }
	}
	if r.Faults().Has(faultname.EarlyTokenActive) {
		return func() time.Time { return r.Clock.Now().Add(2 * time.Minute) }
	}
	return r.Clock.Now
}

// anyResource is whom a faulty server takes everybody for.
func anyResource(r *realm.Realm) store.Client {
	return store.Client{ID: r.ResourceClient.ID, Secret: &token.Hash{}, Serves: []string{r.Resource}}
}

// concerns: a protected resource learns about tokens meant for it, a client
// about its own.
func concerns(r *realm.Realm, caller store.Client, access token.Access) bool {
	if r.Faults().Has(faultname.ForeignTokenDisclosed) {
		return true
	}
	forResource := caller.ServesAny(access.Audience) || len(caller.Serves) > 0 && r.Faults().Has(faultname.OtherAudienceActive)
	own := caller.ID == access.ClientID
	return forResource && !r.Faults().Has(faultname.ResourceTokenInactive) || own && !r.Faults().Has(faultname.OwnTokenInactive)
}

func describe(ctx context.Context, r *realm.Realm, access token.Access) oauth.IntrospectionResponse {
	response := oauth.IntrospectionResponse{
		Active: true, TokenType: new("Bearer"),
		ClientID: &access.ClientID, Sub: &access.Subject, Iss: &access.Issuer,
		Aud: new(strings.Join(access.Audience, " ")), Scope: new(access.Scope.String()), Jti: &access.ID,
		Iat: new(access.IssuedAt.Unix()), Exp: new(access.Expires.Unix()),
		// It says the same as the claim (RFC 8693 section 4.1,
		// https://www.rfc-editor.org/rfc/rfc8693#section-4.1).
		Act: access.Actor.Shown(),
	}
	if user, err := r.Store().User(ctx, access.Subject); err == nil {
		response.Username = &user.Username
	}
	return response
}
