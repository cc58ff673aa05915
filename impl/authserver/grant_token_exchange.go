package authserver

import (
	"context"
	"errors"
	"slices"

	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// tokenExchange is the grant type of RFC 8693
// (https://www.rfc-editor.org/rfc/rfc8693#section-2.1).
const tokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange"

// The types of tokens (RFC 8693 section 3,
// https://www.rfc-editor.org/rfc/rfc8693#section-3).
const (
	accessTokenType = "urn:ietf:params:oauth:token-type:access_token"
	jwtType         = "urn:ietf:params:oauth:token-type:jwt"
	idTokenType     = "urn:ietf:params:oauth:token-type:id_token"
)

// exchangeable are the types of what is exchanged and issued: every access
// token of this server is a JWT too.
var exchangeable = []string{accessTokenType, jwtType}

// exchanged is what a token owes to the one that it was exchanged for.
type exchanged struct {
	subject   token.Access
	actor     *token.Actor
	tokenType string // issued_token_type
}

// exchangeToken is the grant of RFC 8693 (https://www.rfc-editor.org/rfc/rfc8693):
// a client that serves a protected resource turns a token that it received
// there into one for another resource, and acts with it for the same subject.
// The new token always names who acts, so that nobody impersonates (section
// 1.1). It comes of the same grant and ends with that; whoever revokes the old
// token alone does not end it (section 2.1).
func exchangeToken(ctx context.Context, client store.Client, request oauthRequest) (granted, error) {
	r := realm.From(ctx)
	if refused := judgeExchange(client, request, r.Faults()); refused != nil {
		return granted{}, refused
	}
	issued, refused := typeToIssue(request.RequestedTokenType, r.Faults())
	if refused != nil {
		return granted{}, refused
	}
	subject, err := subjectToken(ctx, r, client, *request.SubjectToken)
	if err != nil {
		return granted{}, err
	}
	actor, err := actorFor(ctx, r, client, request, subject)
	if err != nil {
		return granted{}, err
	}
	scope, refused := scopeToExchange(client, subject, request.Scope, r.Faults())
	if refused != nil {
		return granted{}, refused
	}
	resources, err := targets(ctx, r)
	if err != nil {
		return granted{}, err
	}
	if r.Faults().Has(faultname.SubjectTokenUsedUp) {
		_ = r.Store().Mark(ctx, revoked(subject), subject.Expires)
	}
	return granted{subject: subject.Subject, scope: scope, resources: resources, exchanged: &exchanged{subject, actor, issued}}, nil
}

// judgeExchange holds the parameters against section 2.1
// (https://www.rfc-editor.org/rfc/rfc8693#section-2.1).
func judgeExchange(client store.Client, request oauthRequest, faults faultname.Set) *wire.Error {
	switch {
	// Where a client need not prove who it is, whoever finds a token turns it into
	// others.
	case !client.Confidential() && !faults.Has(faultname.PublicClientExchanges):
		return unauthorizedClient("a public client cannot exchange tokens")
	case request.SubjectToken == nil && faults.Has(faultname.MissingSubjectTokenMisreported):
		return invalidGrant("subject_token is missing")
	case request.SubjectToken == nil:
		return wire.InvalidRequest("subject_token is missing")
	case request.SubjectTokenType == nil && !faults.Has(faultname.SubjectTokenTypeOptional):
		return wire.InvalidRequest("subject_token_type is missing")
	// An actor token has its type with it, and without one there is no type.
	case (request.ActorToken == nil) != (request.ActorTokenType == nil) && !faults.Has(faultname.ActorTokenTypeOptional):
		return wire.InvalidRequest("actor_token and actor_token_type come together or not at all")
	}
	for _, kind := range []*string{request.SubjectTokenType, request.ActorTokenType} {
		if kind != nil && !slices.Contains(exchangeable, *kind) {
			return wire.InvalidRequest("this server exchanges its own access tokens; their types are " + accessTokenType + " and " + jwtType)
		}
	}
	return nil
}

// typeToIssue: a type that cannot be issued is refused, and not replaced by
// another one (RFC 8693 section 2.2.1,
// https://www.rfc-editor.org/rfc/rfc8693#section-2.2.1).
func typeToIssue(requested *string, faults faultname.Set) (string, *wire.Error) {
	switch {
	case requested == nil:
		return accessTokenType, nil
	case slices.Contains(exchangeable, *requested), *requested == idTokenType && faults.Has(faultname.IDTokenIssuedAsBearer):
		return *requested, nil
	case faults.Has(faultname.RequestedTokenTypeIgnored):
		return accessTokenType, nil
	}
	return "", wire.InvalidRequest("requested_token_type: this server issues " + accessTokenType + " and " + jwtType)
}

// scopeToExchange: who acts for somebody can do what both may, and no more (RFC
// 8693 section 5, https://www.rfc-editor.org/rfc/rfc8693#section-5). What is
// about the person alone, such as openid, is for the client that asked them.
func scopeToExchange(client store.Client, subject token.Access, requested *string, faults faultname.Set) (token.Scope, *wire.Error) {
	both := subject.Scope.Within(client.Scope).Within(realm.Scopes)
	if faults.Has(faultname.ScopeBeyondSubjectToken) {
		both = client.Scope
	}
	if faults.Has(faultname.ScopeBeyondExchangingClient) {
		both = subject.Scope
	}
	scope := both
	if requested != nil {
		var ok bool
		if scope, ok = token.ParseScope(*requested); !ok || len(scope.Within(both)) < len(scope) {
			return nil, invalidScope("the subject token and this client may both do: " + both.String())
		}
	}
	if len(scope) == 0 {
		return nil, invalidScope("there is nothing that both the subject token and this client may do")
	}
	return scope, nil
}

// targets are the resources that the new token is for. A resource is named by
// its identifier, an audience by the client_id of who serves it as well (RFC
// 8693 section 2.1, https://www.rfc-editor.org/rfc/rfc8693#section-2.1).
func targets(ctx context.Context, r *realm.Realm) ([]string, error) {
	parameters := wire.FromContext(ctx).Parameters
	requested := slices.Clone(parameters["resource"])
	for _, audience := range parameters["audience"] {
		resources, err := servedBy(ctx, r, audience)
		if err != nil {
			return nil, err
		}
		requested = append(requested, resources...)
	}
	resources, refused := resourcesToGrant(r, requested)
	if refused != nil {
		return nil, refused
	}
	return resources, nil
}

func servedBy(ctx context.Context, r *realm.Realm, audience string) ([]string, error) {
	if slices.Contains(r.Resources(), audience) {
		return []string{audience}, nil
	}
	client, err := r.Store().Client(ctx, audience)
	switch {
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return nil, err
	case len(client.Serves) > 0:
		return client.Serves, nil
	case r.Faults().Has(faultname.UnknownAudienceIgnored):
		return nil, nil
	}
	// A target that no token can be issued for is refused as such (RFC 8693
	// section 2.2.2, https://www.rfc-editor.org/rfc/rfc8693#section-2.2.2).
	return nil, invalidTarget("nobody serves one of the requested audiences")
}
