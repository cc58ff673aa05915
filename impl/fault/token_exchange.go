package fault

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "missing-subject-token-misreported",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.1/required-parameters"},
		Summary:  "A token exchange without a subject token is refused with invalid_grant.",
		Answer:   seam.OnTokenErrors(seam.Renamed("subject_token is missing", "invalid_grant")),
	},
	{
		Name:     "subject-token-type-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.1/required-parameters"},
		Summary:  "A token exchange without subject_token_type is accepted.",
		Request: seam.OnParameters("/oauth/token", func(form url.Values) {
			if form.Get("subject_token") != "" && form.Get("subject_token_type") == "" {
				form.Set("subject_token_type", accessTokenType)
			}
		}),
	},
	{
		Name:     "actor-token-type-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.1/actor-token-type"},
		Summary:  "An actor_token without actor_token_type is accepted, and actor_token_type without actor_token.",
		Request: seam.OnParameters("/oauth/token", func(form url.Values) {
			switch hasToken, hasType := form.Get("actor_token") != "", form.Get("actor_token_type") != ""; {
			case hasToken && !hasType:
				form.Set("actor_token_type", accessTokenType)
			case hasType && !hasToken:
				form.Del("actor_token_type")
			}
		}),
	},
	{
		Name:     "public-client-exchanges",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.1/client-authentication"},
		Summary:  "A public client can exchange tokens.",
		Rules:    seam.Instead(authserver.ConfidentialAlone, forPublicClients(tokenExchange)),
	},
	{
		Name:     "token-of-others-exchanged",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.1/entitled-client"},
		Summary:  "A client can exchange a subject token for a resource that it does not serve.",
		Rules:    seam.Instead(authserver.EntitledToSubject, func(store.Client, token.Access) bool { return true }),
	},
	{
		Name:     "subject-token-not-verified",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.1/validated", "rfc8693-2.2.2/subject-token-invalid"},
		Summary:  "The signature of a subject token is not verified.",
		Rules:    seam.Instead(authserver.SubjectToken, believed),
	},
	{
		Name:     "expired-subject-token-exchanged",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.1/validated", "rfc8693-2.2.2/subject-token-invalid"},
		Summary:  "An expired subject token is exchanged.",
		Rules: seam.Instead(authserver.SubjectToken, func(ctx context.Context, r *realm.Realm, raw string) (token.Access, bool, error) {
			access, err := r.Keys.Own(raw, func() time.Time { return time.Unix(0, 0) })
			return live(ctx, r, access, err)
		}),
	},
	{
		Name:     "revoked-subject-token-exchanged",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.1/validated", "rfc8693-2.2.2/subject-token-invalid"},
		Summary:  "A revoked subject token is exchanged.",
		Rules: seam.Instead(authserver.SubjectToken, func(_ context.Context, r *realm.Realm, raw string) (token.Access, bool, error) {
			access, err := r.Keys.Own(raw, r.Clock.Now)
			return access, err == nil, nil
		}),
	},
	{
		Name:     "actor-token-not-verified",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.1/validated", "rfc8693-2.2.2/actor-token-invalid"},
		Summary:  "The signature of an actor token is not verified.",
		Rules:    seam.Instead(authserver.ActorToken, believed),
	},
	{
		Name:     "actor-token-of-others-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.1/entitled-client"},
		Summary:  "A client can use an actor token that is neither its own nor for a resource that it serves.",
		Rules:    seam.Instead(authserver.EntitledToActor, func(store.Client, token.Access) bool { return true }),
	},
	{
		Name:     "bad-subject-token-misreported",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.2.2/subject-token-invalid"},
		Summary:  "An invalid subject token is refused with invalid_grant.",
		Answer:   seam.OnTokenErrors(seam.Renamed("the subject token is not valid", "invalid_grant")),
	},
	{
		Name:     "bad-actor-token-misreported",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.2.2/actor-token-invalid"},
		Summary:  "An invalid actor token is refused with invalid_grant.",
		Answer:   seam.OnTokenErrors(seam.Renamed("the actor token is not a valid one", "invalid_grant")),
	},
	{
		Name:     "requested-token-type-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.2.1/requested-type"},
		Summary:  "An access token is issued for any requested_token_type.",
		Rules: func(in rule.Replaced) {
			held := authserver.TokenTypeToIssue.In(in)
			authserver.TokenTypeToIssue.Replace(in, func(requested *string) (string, *wire.Error) {
				if issued, refused := held(requested); refused == nil {
					return issued, nil
				}
				return accessTokenType, nil
			})
		},
	},
	{
		Name:     "id-token-issued-as-bearer",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.2.1/not-applicable"},
		Summary:  "An ID token issued by token exchange has the token_type Bearer.",
		Rules: func(in rule.Replaced) {
			held := authserver.TokenTypeToIssue.In(in)
			authserver.TokenTypeToIssue.Replace(in, func(requested *string) (string, *wire.Error) {
				if seam.Value(requested) == "urn:ietf:params:oauth:token-type:id_token" {
					return *requested, nil
				}
				return held(requested)
			})
		},
	},
	{
		Name:     "unknown-audience-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.2.2/invalid-target"},
		Summary:  "An unknown audience is ignored.",
		Rules: func(in rule.Replaced) {
			held := authserver.ServedBy.In(in)
			authserver.ServedBy.Replace(in, func(ctx context.Context, r *realm.Realm, audience string) ([]string, error) {
				served, err := held(ctx, r, audience)
				if refused := new(wire.Error); errors.As(err, &refused) {
					return nil, nil
				}
				return served, err
			})
		},
	},
	{
		Name:     "may-act-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-4.4/may-act"},
		Summary:  "The may_act claim is ignored: any client can act for the subject.",
		Rules: func(in rule.Replaced) {
			held := authserver.SubjectToken.In(in)
			authserver.SubjectToken.Replace(in, func(ctx context.Context, r *realm.Realm, raw string) (token.Access, bool, error) {
				access, valid, err := held(ctx, r, raw)
				access.MayAct = nil
				return access, valid, err
			})
		},
	},
	{
		Name:     "scope-beyond-subject-token",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-5/no-escalation"},
		Summary:  "An exchanged token has every scope of the client.",
		Rules:    seam.Instead(authserver.ScopeOfBoth, func(client store.Client, _ token.Access) token.Scope { return client.Scope }),
	},
	{
		Name:     "scope-beyond-exchanging-client",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-5/no-escalation"},
		Summary:  "An exchanged token has every scope of the subject token.",
		Rules:    seam.Instead(authserver.ScopeOfBoth, func(_ store.Client, subject token.Access) token.Scope { return subject.Scope }),
	},
	{
		Name:     "subject-token-used-up",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.1/inputs-untouched"},
		Summary:  "Exchanging a token revokes it.",
		Answer: func(request *http.Request, r *seam.Response) {
			seam.OfGrant(tokenExchange, func(*seam.Response) { revokeSubject(request.Context()) })(request, r)
		},
	},
})

const accessTokenType = "urn:ietf:params:oauth:token-type:access_token"

// believed reads a token without verifying it.
func believed(ctx context.Context, r *realm.Realm, raw string) (token.Access, bool, error) {
	access, err := token.FromClaims(claimsOf(raw))
	return live(ctx, r, access, err)
}

// live tells whether a token that could be read was not revoked.
func live(ctx context.Context, r *realm.Realm, access token.Access, unread error) (token.Access, bool, error) {
	if unread != nil {
		return token.Access{}, false, nil
	}
	ended, err := authserver.AccessTokenEnded.Sound(ctx, r, access)
	return access, err == nil && !ended, err
}

// revokeSubject revokes the token that was exchanged.
func revokeSubject(ctx context.Context) {
	in := realm.From(ctx)
	if subject, err := in.Keys.Own(wire.FromContext(ctx).Parameters.Get("subject_token"), in.Clock.Now); err == nil {
		_ = authserver.RevokeAccessToken.Sound(ctx, in, subject)
	}
}
