package variant

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// renewal are the requirements about what a refresh brings.
var renewal = ids{"rfc6749-6/access-token", "rfc6749-6/scope-omitted", "rfc6749-6/scope-identical", "rfc9700-4.14.2/replay-detected", "rfc9700-4.14.2/family-revoked", "rfc7662-4/checks-complete"}

var _ = add([]Variant{
	{
		Name:    "refresh-token-kept",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 6: the server may issue a new refresh token; RFC 9700 section 4.14.2: rotation is for public clients",
		Summary: "A refresh of a confidential client brings no refresh token, and the one that it has stays valid.",
		Tempts:  renewal,
		Without: []string{"refresh_token_rotation"},
		Store:   func(sound store.Store) store.Store { return keptOfConfidentialClients{sound} },
		Rules:   sameOfConfidentialClients,
		Answer: func(r *http.Request, response *seam.Response) {
			if seam.Members(response)["refresh_token"] == wire.FromContext(r.Context()).Parameters.Get("refresh_token") {
				seam.OfGrant("refresh_token", seam.Without("refresh_token"))(r, response)
			}
		},
	},
	{
		Name:    "refresh-token-repeated",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 6: the server may issue a new refresh token; RFC 9700 section 4.14.2: rotation is for public clients",
		Summary: "A refresh of a confidential client brings the refresh token that it has.",
		Tempts:  renewal,
		Without: []string{"refresh_token_rotation"},
		Store:   func(sound store.Store) store.Store { return keptOfConfidentialClients{sound} },
		Rules:   sameOfConfidentialClients,
	},
	{
		Name:    "old-refresh-token-kept",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 6: the server may revoke the old refresh token after it issued a new one, and so need not",
		Summary: "A refresh of a confidential client brings a new refresh token, and the old one works on.",
		Tempts:  renewal,
		Without: []string{"refresh_token_rotation"},
		Store:   func(sound store.Store) store.Store { return keptOfConfidentialClients{sound} },
	},
	{
		Name:    "replayed-code-revokes-nothing",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 4.1.2: a code that is used twice MUST be refused, and its tokens SHOULD be revoked",
		Summary: "Replaying a code is refused and revokes nothing.",
		Tempts:  ids{"rfc6749-4.1.2/tokens-revoked", "rfc6749-4.1.2/single-use", "oauth-2.1-code-token-extension/second-use-revokes", "rfc9700-4.2.4/tokens-of-code-revoked"},
		Departs: ids{"rfc6749-4.1.2/tokens-revoked", "oauth-2.1-code-token-extension/second-use-revokes", "rfc9700-4.2.4/tokens-of-code-revoked"},
		Rules:   seam.Instead(authserver.CodeReused, func(context.Context, *realm.Realm, store.Grant, bool) error { return nil }),
	},
	{
		Name:    "no-refresh-tokens",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 1.5: issuing a refresh token is optional at the discretion of the server",
		Summary: "No grant brings a refresh token, and the metadata does not list the grant.",
		Tempts:  ids{"rfc6749-4.1.4/access-token", "rfc9700-4.14.2/risk-assessed", "oauth-2.1-token-endpoint-response/refresh-risk"},
		Without: []string{"refresh_token"},
		Answer: func(r *http.Request, response *seam.Response) {
			seam.OnTokens(seam.Without("refresh_token"))(r, response)
			onEveryMetadata(unlisted("grant_types_supported", "refresh_token"), unlisted("scopes_supported", "offline_access"))(r, response)
		},
	},
	{
		Name:     "refresh-tokens-for-offline-access",
		Role:     AuthorizationServer,
		Allows:   "RFC 6749 section 1.5: issuing a refresh token is at the discretion of the server; OpenID Connect Core section 11 has a scope for it",
		Summary:  "A code brings a refresh token only where the scope has offline_access.",
		Tempts:   ids{"rfc6749-6/access-token", "oidc-core-11/offline-needs-consent", "rfc9700-4.14.2/risk-assessed"},
		Excludes: ids{"offline-access-not-asked-for"},
		Answer: func(r *http.Request, response *seam.Response) {
			seam.OfGrant("authorization_code", func(response *seam.Response) {
				if scope, _ := seam.Members(response)["scope"].(string); !token.Scope(strings.Fields(scope)).Has("offline_access") {
					seam.Without("refresh_token")(response)
				}
			})(r, response)
		},
	},
	{
		Name:    "one-grant-of-a-user-and-client",
		Role:    AuthorizationServer,
		Allows:  "RFC 7009 section 2.1: a client must be prepared for unexpected token invalidation at any time; the server may invalidate tokens to mitigate threats",
		Summary: "A new grant ends the earlier ones of the same user and client.",
		Tempts:  ids{"rfc6749-4.1.4/access-token", "rfc8707-2/audience-restricted", "rfc9068-5/distinct-audiences"},
		Store:   func(sound store.Store) store.Store { return oneGrant{sound} },
	},
	{
		Name:    "codes-of-thirty-seconds",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 4.1.2: a code must expire shortly after it is issued",
		Summary: "An authorization code is valid for thirty seconds.",
		Tempts:  ids{"rfc6749-4.1.2/expires", "rfc6749-4.1.2/ten-minutes", "rfc6749-4.1.4/access-token"},
		Store:   func(sound store.Store) store.Store { return shortCodes{sound} },
	},
})

// keptOfConfidentialClients uses up the refresh tokens of public clients alone.
type keptOfConfidentialClients struct{ store.Store }

func (s keptOfConfidentialClients) TakeRefreshToken(ctx context.Context, hash token.Hash, now time.Time) (store.RefreshToken, error) {
	if ofConfidentialClient(ctx, s.Store, hash) {
		return s.RefreshToken(ctx, hash)
	}
	return s.Store.TakeRefreshToken(ctx, hash, now)
}

// sameOfConfidentialClients has a refresh of a confidential client end in the token
// that it began with.
func sameOfConfidentialClients(in rule.Replaced) {
	held := authserver.NewRefreshToken.In(in)
	authserver.NewRefreshToken.Replace(in, func(ctx context.Context) string {
		presented := wire.FromContext(ctx).Parameters.Get("refresh_token")
		if presented != "" && ofConfidentialClient(ctx, realm.From(ctx).Store(), token.HashOf(presented)) {
			return presented
		}
		return held(ctx)
	})
}

func ofConfidentialClient(ctx context.Context, in store.Store, hash token.Hash) bool {
	found, err := in.RefreshToken(ctx, hash)
	if err != nil {
		return false
	}
	grant, err := in.Grant(ctx, found.GrantID)
	if err != nil {
		return false
	}
	client, err := in.Client(ctx, grant.ClientID)
	return err == nil && client.Confidential()
}

// oneGrant ends the earlier grants of the same user and client.
type oneGrant struct{ store.Store }

func (s oneGrant) PutGrant(ctx context.Context, grant store.Grant) error {
	earlier, err := s.GrantsOf(ctx, grant.UserID)
	if err != nil {
		return err
	}
	for _, each := range earlier {
		if each.ClientID == grant.ClientID && each.ID != grant.ID {
			if err := s.RevokeGrant(ctx, each.ID); err != nil {
				return err
			}
		}
	}
	return s.Store.PutGrant(ctx, grant)
}

// shortCodes keeps codes for thirty seconds.
type shortCodes struct{ store.Store }

func (s shortCodes) PutCode(ctx context.Context, code store.Code) error {
	if soon := realm.From(ctx).Clock.Now().Add(30 * time.Second); soon.Before(code.ExpiresAt) {
		code.ExpiresAt = soon
	}
	return s.Store.PutCode(ctx, code)
}
