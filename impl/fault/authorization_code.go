package fault

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	oauthserver "github.com/grantproof/grantproof/generated/authserver"
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
		Name:     "valid-code-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.4/access-token", "rfc7636-4.6/verifier-matches"},
		Summary:  "Every authorization code is refused.",
		Rules: seam.Instead(authserver.CodeFits, func(*realm.Realm, store.Code, store.Grant, store.Client, oauthserver.TokenRequest) *wire.Error {
			return &wire.Error{Code: "invalid_grant", Description: "no authorization code is valid"}
		}),
	},
	{
		Name:     "code-accepted-twice",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2/single-use", "oauth-2.1-code-token-extension/one-access-token", "oauth-2.1-code-token-extension/second-use-denied", "oidc-core-3.1.3.2/code-unused"},
		Summary:  "A code can be redeemed any number of times.",
		Store: func(sound store.Store) store.Store {
			return forgivingCodes{sound, func(context.Context, store.Code) bool { return true }}
		},
	},
	{
		Name:     "code-never-expires",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2/expires"},
		Summary:  "A code is valid until it is redeemed.",
		Rules: redeeming(func(r *realm.Realm, code *store.Code, grant *store.Grant, client store.Client, request *oauthserver.TokenRequest) {
			code.ExpiresAt = r.Clock.Now().Add(time.Minute)
		}),
	},
	{
		Name:     "code-of-another-client-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.3/bound-to-client", "oidc-core-3.1.3.2/code-of-client"},
		Summary:  "A client can redeem the code of another client.",
		Rules: redeeming(func(r *realm.Realm, code *store.Code, grant *store.Grant, client store.Client, request *oauthserver.TokenRequest) {
			grant.ClientID = client.ID
		}),
	},
	{
		Name:     "redirect-uri-not-compared",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.3/redirect-uri", "rfc6749-4.1.3/redirect-uri-required", "oidc-core-3.1.3.2/redirect-uri-identical"},
		Summary:  "The redirect_uri of a token request is not compared with that of the authorization request.",
		Rules:    seam.Instead(authserver.RedirectURIOfCode, func(bool, store.Code, *string) bool { return true }),
	},
	{
		Name:     "missing-code-misreported",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-request"},
		Summary:  "A token request without a code is refused with unsupported_grant_type.",
		Answer:   seam.OnTokenErrors(seam.Renamed("code is missing", "unsupported_grant_type")),
	},
	{
		Name:     "missing-code-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.3/required-parameters"},
		Summary:  "A token request without a code gets an access token.",
		Answer:   seam.OnTokenErrors(seam.OnDescription("code is missing", seam.As(http.StatusOK, `{"access_token":"without-a-code","token_type":"Bearer"}`))),
	},
	{
		Name:     "code-verifier-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.6/verifier-mismatch", "rfc7636-4.4/bound-to-code", "oauth-2.1-authorization-request/pkce-enforced", "rfc9700-2.1.1/verifier-enforced"},
		Summary:  "The code verifier is not compared with the code challenge.",
		Rules:    seam.Instead(authserver.CodeVerifier, func(*realm.Realm, string, string) *wire.Error { return nil }),
	},
	{
		Name:     "redirect-uri-always-required",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-redirect-uri-in-token-request/not-required"},
		Summary:  "A token request without the redirect_uri of the authorization request is always refused.",
		Rules: func(in rule.Replaced) {
			held := authserver.RedirectURIOfCode.In(in)
			authserver.RedirectURIOfCode.Replace(in, func(_ bool, code store.Code, sent *string) bool {
				return held(true, code, sent)
			})
		},
	},
	{
		Name:     "redirect-uri-at-token-endpoint-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-redirect-uri-in-token-request/allowed"},
		Summary:  "A server that does not require redirect_uri in a token request refuses it there.",
		Rules: func(in rule.Replaced) {
			held := authserver.RedirectURIOfCode.In(in)
			authserver.RedirectURIOfCode.Replace(in, func(required bool, code store.Code, sent *string) bool {
				return (sent == nil || required) && held(required, code, sent)
			})
		},
	},
	{
		Name:     "optional-redirect-uri-not-compared",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-redirect-uri-in-token-request/enforced"},
		Summary:  "A server that does not require redirect_uri in a token request does not compare it when it is sent.",
		Rules: func(in rule.Replaced) {
			held := authserver.RedirectURIOfCode.In(in)
			authserver.RedirectURIOfCode.Replace(in, func(required bool, code store.Code, sent *string) bool {
				return sent != nil && !required || held(required, code, sent)
			})
		},
	},
	{
		Name:     "redirect-uri-optional-without-pkce",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-redirect-uri-in-token-request/enforced"},
		Summary:  "A code without PKCE is redeemed without redirect_uri.",
		Rules: func(in rule.Replaced) {
			held := authserver.RedirectURIOfCode.In(in)
			authserver.RedirectURIOfCode.Replace(in, func(required bool, code store.Code, sent *string) bool {
				code.Challenge = "as good as any"
				return held(required, code, sent)
			})
		},
	},
	{
		Name:     "code-outlives-access",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/revoked-grant"},
		Summary:  "A code can be redeemed after the resource owner ended the client's access.",
		Rules:    seam.Instead(authserver.AccessOfCodeEnded, func(context.Context, *realm.Realm, token.Hash) (bool, error) { return false, nil }),
	},
	{
		Name:     "public-code-accepted-twice",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2/single-use"},
		Summary:  "The code of a public client can be redeemed more than once.",
		Store: func(sound store.Store) store.Store {
			return forgivingCodes{sound, func(ctx context.Context, code store.Code) bool { return isPublic(ctx, sound, code) }}
		},
	},
	{
		Name:     "codes-race",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2/single-use"},
		Summary:  "A redeemed code stays valid for a moment, so several concurrent redemptions succeed.",
		Store: func(sound store.Store) store.Store {
			var first sync.Map // token.Hash → time.Time
			return forgivingCodes{sound, func(_ context.Context, code store.Code) bool {
				at, before := first.LoadOrStore(code.Hash, time.Now())
				return before && time.Since(at.(time.Time)) < 10*aMoment
			}}
		},
	},
	{
		Name:     "code-of-another-for-public-clients",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.3/bound-to-client"},
		Summary:  "A public client can redeem the code of another client.",
		Rules: redeeming(func(r *realm.Realm, code *store.Code, grant *store.Grant, client store.Client, request *oauthserver.TokenRequest) {
			if !client.Confidential() {
				grant.ClientID = client.ID
			}
		}),
	},
	{
		Name:     "confidential-clients-without-verifier",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.6/verifier-mismatch"},
		Summary:  "A confidential client can omit the code verifier.",
		Rules: redeeming(func(r *realm.Realm, code *store.Code, grant *store.Grant, client store.Client, request *oauthserver.TokenRequest) {
			if client.Confidential() && request.CodeVerifier == nil {
				code.Challenge = ""
			}
		}),
	},
	{
		Name:     "code-reuse-revokes-nothing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2/tokens-revoked", "oauth-2.1-code-token-extension/second-use-revokes", "rfc9700-4.2.4/tokens-of-code-revoked"},
		Summary:  "A second redemption is refused, but the tokens of the first stay active.",
		Rules:    seam.Instead(authserver.CodeReused, func(context.Context, *realm.Realm, store.Grant, bool) error { return nil }),
	},
	{
		Name:     "broken-reuse-revokes",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-reuse-of-authorization-codes/invalid-replay"},
		Summary:  "Replaying a used code revokes its tokens even without the code verifier.",
		Rules: func(in rule.Replaced) {
			held := authserver.CodeReused.In(in)
			authserver.CodeReused.Replace(in, func(ctx context.Context, r *realm.Realm, grant store.Grant, _ bool) error {
				return held(ctx, r, grant, true)
			})
		},
	},
})

// redeeming edits a redemption before it is judged.
func redeeming(edit func(r *realm.Realm, code *store.Code, grant *store.Grant, client store.Client, request *oauthserver.TokenRequest)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.CodeFits.In(in)
		authserver.CodeFits.Replace(in, func(r *realm.Realm, code store.Code, grant store.Grant, client store.Client, request oauthserver.TokenRequest) *wire.Error {
			edit(r, &code, &grant, client, &request)
			return held(r, code, grant, client, request)
		})
	}
}

// forgivingCodes gives some codes again that were taken before.
type forgivingCodes struct {
	store.Store
	forgives func(context.Context, store.Code) bool
}

// TakeCode implements store.Codes.
func (s forgivingCodes) TakeCode(ctx context.Context, hash token.Hash) (store.Code, error) {
	code, err := s.Store.TakeCode(ctx, hash)
	if (err == nil || errors.Is(err, store.ErrUsed)) && s.forgives(ctx, code) {
		return code, nil
	}
	return code, err
}

// isPublic tells whether a code was issued to a public client.
func isPublic(ctx context.Context, in store.Store, code store.Code) bool {
	grant, err := in.Grant(ctx, code.GrantID)
	if err != nil {
		return false
	}
	client, err := in.Client(ctx, grant.ClientID)
	return err == nil && !client.Confidential()
}
