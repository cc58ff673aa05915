package authserver

import (
	"context"
	"errors"
	"slices"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
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
	if refused := judgeExchange(request); refused != nil {
		return granted{}, refused
	}
	issued, refused := TokenTypeToIssue.In(r)(request.RequestedTokenType)
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
	scope, refused := scopeToExchange(ScopeOfBoth.In(r)(client, subject), request.Scope)
	if refused != nil {
		return granted{}, refused
	}
	resources, err := targets(ctx, r)
	if err != nil {
		return granted{}, err
	}
	return granted{subject: subject.Subject, scope: scope, resources: resources, exchanged: &exchanged{subject, actor, issued}}, nil
}

// judgeExchange holds the parameters against section 2.1
// (https://www.rfc-editor.org/rfc/rfc8693#section-2.1).
func judgeExchange(request oauthRequest) *wire.Error {
	switch {
	case request.SubjectToken == nil:
		return wire.InvalidRequest("subject_token is missing")
	case request.SubjectTokenType == nil:
		return wire.InvalidRequest("subject_token_type is missing")
	// An actor token has its type with it, and without one there is no type.
	case (request.ActorToken == nil) != (request.ActorTokenType == nil):
		return wire.InvalidRequest("actor_token and actor_token_type come together or not at all")
	}
	for _, kind := range []*string{request.SubjectTokenType, request.ActorTokenType} {
		if kind != nil && !slices.Contains(exchangeable, *kind) {
			return wire.InvalidRequest("this server exchanges its own access tokens; their types are " + accessTokenType + " and " + jwtType)
		}
	}
	return nil
}

// TokenTypeToIssue is the type of the new token: that of an access token, where the
// request asks for none. One that cannot be issued is refused, and not replaced by
// another one (RFC 8693 section 2.2.1,
// https://www.rfc-editor.org/rfc/rfc8693#section-2.2.1).
var TokenTypeToIssue = rule.New(func(requested *string) (string, *wire.Error) {
	switch {
	case requested == nil:
		return accessTokenType, nil
	case !slices.Contains(exchangeable, *requested):
		return "", wire.InvalidRequest("requested_token_type: this server issues " + accessTokenType + " and " + jwtType)
	}
	return *requested, nil
})

// ScopeOfBoth is what a client can do that acts for a subject: what both may, and no
// more (RFC 8693 section 5, https://www.rfc-editor.org/rfc/rfc8693#section-5). What
// is about the person alone, such as openid, is for the client that asked them.
var ScopeOfBoth = rule.New(func(client store.Client, subject token.Access) token.Scope {
	return subject.Scope.Within(client.Scope).Within(realm.Scopes)
})

// scopeToExchange is what the request asks for of the scope of both.
func scopeToExchange(both token.Scope, requested *string) (token.Scope, *wire.Error) {
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
		resources, err := ServedBy.In(r)(ctx, r, audience)
		if err != nil {
			return nil, err
		}
		requested = append(requested, resources...)
	}
	resources, refused := ResourcesToGrant.In(r)(r, requested)
	if refused != nil {
		return nil, refused
	}
	return resources, nil
}

// ServedBy are the resources that an audience stands for. One that no token can be
// issued for is refused as such (RFC 8693 section 2.2.2,
// https://www.rfc-editor.org/rfc/rfc8693#section-2.2.2).
var ServedBy = rule.New(func(ctx context.Context, r *realm.Realm, audience string) ([]string, error) {
	if slices.Contains(r.Resources(), audience) {
		return []string{audience}, nil
	}
	client, err := r.Store().Client(ctx, audience)
	switch {
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return nil, err
	case len(client.Serves) == 0:
		return nil, invalidTarget("nobody serves one of the requested audiences")
	}
	return client.Serves, nil
})
