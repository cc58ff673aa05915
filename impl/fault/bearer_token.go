package fault

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/golang-jwt/jwt/v5"
	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Fault{
	{
		Name:     "introspected-refresh-token-opens",
		Role:     ResourceServer,
		Violates: ids{"rfc6749-1.5/refresh-token-opens-nothing"},
		Summary:  "A protected resource that introspects accepts every active token, refresh tokens included.",
		Rules: refreshTokens(func(at bearer.Resource, _ token.Scope, _ bool) bool {
			return at.Policy().Verify == realm.ByIntrospection
		}),
	},
	{
		Name:     "offline-token-opens-resource",
		Role:     ResourceServer,
		Violates: ids{"rfc6749-1.5/refresh-token-opens-nothing"},
		Summary:  "The protected resource accepts a refresh token for offline access.",
		Rules:    refreshTokens(func(_ bearer.Resource, granted token.Scope, _ bool) bool { return granted.Has("offline_access") }),
	},
	{
		Name:     "public-refresh-token-opens",
		Role:     ResourceServer,
		Violates: ids{"rfc6749-1.5/refresh-token-opens-nothing"},
		Summary:  "The protected resource accepts the refresh token of a public client.",
		Rules:    refreshTokens(func(_ bearer.Resource, _ token.Scope, confidential bool) bool { return !confidential }),
	},
	{
		Name:     "valid-token-refused",
		Role:     ResourceServer,
		Violates: ids{"rfc6750-2.1/authorization-header", "rfc9068-4/valid-accepted"},
		Summary:  "Every token is refused.",
		Rules:    verifying(func(v *verified) { v.err = errRefused }),
	},
	{
		Name:     "introspected-token-refused",
		Role:     ResourceServer,
		Violates: ids{"documented-access/verify", "documented-access/documented-tokens"},
		Summary:  "Tokens that must be introspected are refused.",
		Rules: seam.Instead(bearer.Introspected, func(bearer.Resource, oauth.IntrospectionResponse) (token.Access, error) {
			return token.Access{}, errRefused
		}),
	},
	{
		Name:     "inactive-token-accepted",
		Role:     ResourceServer,
		Violates: ids{"documented-access/refusals"},
		Summary:  "A token that introspection reports inactive is accepted.",
		Rules: func(in rule.Replaced) {
			held := bearer.Introspected.In(in)
			bearer.Introspected.Replace(in, func(at bearer.Resource, answer oauth.IntrospectionResponse) (token.Access, error) {
				if !answer.Active {
					return everything(at), nil
				}
				return held(at, answer)
			})
		},
	},
	{
		Name:     "shared-key-accepted",
		Role:     ResourceServer,
		Violates: ids{"documented-access/no-shared-key"},
		Summary:  "A token of the documented shape is verified with a shared key.",
		Rules: verifying(func(v *verified) {
			if v.err != nil && !v.introspects() {
				v.access, v.err = v.at.Keys.Own(v.raw, v.at.Clock.Now)
			}
		}),
	},
	{
		Name:     "summary-needs-read",
		Role:     ResourceServer,
		Violates: ids{"documented-tasks/summary"},
		Summary:  "The task summary requires tasks:read instead of either of two scopes.",
		Answer: func(request *http.Request, r *seam.Response) {
			sent := strings.TrimPrefix(request.Header.Get("Authorization"), "Bearer ")
			if scope, _ := claimsOf(sent)["scope"].(string); request.URL.Path == "/api/tasks/summary" && !strings.Contains(scope, "tasks:read") {
				seam.As(http.StatusForbidden, `{"error":"insufficient_scope"}`)(r)
			}
		},
	},
	{
		Name:     "signature-not-checked",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/signature", "rfc9068-4/keys-of-issuer"},
		Summary:  "A token is accepted without verifying its signature.",
		Rules:    checks{signature: true}.leftOut(),
	},
	{
		Name:     "unknown-key-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/keys-of-issuer"},
		Summary:  "A token is accepted if its kid names an unpublished key.",
		Rules:    checks{signature: true, of: unpublished}.leftOut(),
	},
	{
		Name:     "public-key-taken-for-secret",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/signature"},
		Summary:  "The public key of the issuer is accepted as a MAC secret.",
		Rules:    checks{key: publicKeyAsSecret}.leftOut(),
	},
	{
		Name:     "unsigned-token-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/no-alg-none"},
		Summary:  "A token with alg none is accepted.",
		Rules:    checks{key: noSignature}.leftOut(),
	},
	{
		Name:     "keys-not-kept",
		Role:     ResourceServer,
		Violates: ids{"documented-access/keys-asked-seldom"},
		Summary:  "The protected resource fetches the keys for every token.",
		Rules:    verifying(func(v *verified) { v.verifier.Forget(v.at.Realm) }),
	},
	{
		Name:     "unknown-algorithm-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc7515-4.1.1/algorithm-known"},
		Summary:  "A token is accepted if its algorithm is unknown.",
		Rules:    verifying(unknownAlgorithm),
	},
	{
		Name:     "expiry-not-checked",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/expiry", "documented-access/expired"},
		Summary:  "An expired token is accepted.",
		Rules:    checks{expiry: true}.leftOut(),
	},
	{
		Name:     "not-before-not-checked",
		Role:     ResourceServer,
		Violates: ids{"rfc7519-4.1.5/not-before"},
		Summary:  "A token is accepted before its nbf.",
		Rules:    checks{notBefore: true}.leftOut(),
	},
	{
		Name:     "issuer-not-checked",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/issuer"},
		Summary:  "A token of any issuer is accepted if the key fits.",
		Rules:    checks{issuer: true}.leftOut(),
	},
	{
		Name:     "audience-not-checked",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/audience", "rfc9700-2.3/other-audience"},
		Summary:  "A token for another resource is accepted.",
		Rules:    checks{audience: true}.leftOut(),
	},
	{
		Name:     "token-type-not-checked",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/type", "rfc9068-5/other-jwts"},
		Summary:  "Any JWT of the issuer is accepted as an access token.",
		Rules:    checks{typ: true}.leftOut(),
	},
	{
		Name:     "critical-extension-ignored",
		Role:     ResourceServer,
		Violates: ids{"rfc7515-4.1.11/critical"},
		Summary:  "The crit header of a token is ignored.",
		Rules:    checks{crit: true}.leftOut(),
	},
	{
		Name:     "scope-not-checked",
		Role:     ResourceServer,
		Violates: ids{"rfc6750-3.1/insufficient-scope", "rfc6749-7/scope-covers"},
		Summary:  "A token without the required scope is accepted.",
		Rules:    seam.Instead(bearer.Covers, func(r *realm.Realm, granted token.Scope, needed string) bool { return true }),
	},
	{
		Name:     "token-in-query-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc9700-4.3.2/not-in-query", "rfc6750-2.3/private", "oauth-2.1-bearer-token-requests/query-ignored"},
		Summary:  "A token in the query of the URL is accepted.",
		Request:  fromQuery,
	},
	{
		Name:     "scheme-case-sensitive",
		Role:     ResourceServer,
		Violates: ids{"rfc9110-11.1/scheme-case-insensitive"},
		Summary:  "The scheme Bearer is compared case-sensitively.",
		Request: func(r *http.Request) {
			if scheme, rest, _ := strings.Cut(r.Header.Get("Authorization"), " "); scheme != "Bearer" {
				r.Header.Set("Authorization", "Unknown "+rest)
			}
		},
	},
	{
		Name:     "audience-list-refused",
		Role:     ResourceServer,
		Violates: ids{"rfc7519-4.1.3/audience-list"},
		Summary:  "A token whose aud lists several resources is refused.",
		Rules: verifying(func(v *verified) {
			if _, several := claimsOf(v.raw)["aud"].([]any); several {
				v.err = errRefused
			}
		}),
	},
	{
		Name:     "introspection-names-folded",
		Role:     ResourceServer,
		Violates: ids{"rfc7662-4/inactive-only"},
		Summary:  "The members of an introspection response are read without regard to case, and the last one counts.",
		Rules: seam.Instead(bearer.IntrospectionResponse, func(text []byte) (answer oauth.IntrospectionResponse, err error) {
			err = json.Unmarshal(text, &answer)
			return answer, err
		}),
	},
	{
		Name:     "unknown-claim-refused",
		Role:     ResourceServer,
		Violates: ids{"rfc7519-4/unknown-ignored"},
		Summary:  "A token with an unknown claim is refused.",
		Rules: verifying(func(v *verified) {
			if hasUnknownClaim(claimsOf(v.raw)) {
				v.err = errRefused
			}
		}),
	},
	{
		Name:     "unreadable-token-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc7519-7.2/malformed", "rfc6749-7/token-validated"},
		Summary:  "A token that cannot be parsed is accepted.",
		Rules: verifying(func(v *verified) {
			if errors.Is(v.err, jwt.ErrTokenMalformed) {
				v.access, v.err = everything(v.at), nil
			}
		}),
	},
	{
		Name:     "introspection-kept-for-ever",
		Role:     ResourceServer,
		Violates: ids{"rfc7662-4/cache-until-expiry"},
		Summary:  "A token that was active once is accepted forever.",
		Rules:    introspectionKept,
	},
	{
		Name:     "introspection-fails-open",
		Role:     ResourceServer,
		Violates: ids{"rfc7662-4/fails-closed"},
		Summary:  "A token is accepted when introspection cannot be reached.",
		Rules:    verifying(failsOpen),
	},
	{
		Name:     "other-members-believed",
		Role:     ResourceServer,
		Violates: ids{"rfc7662-4/inactive-only"},
		Summary:  "An introspection response with a scope is taken for one of an active token.",
		Rules:    believing(func(answer *oauth.IntrospectionResponse) { answer.Active = answer.Active || answer.Scope != nil }),
	},
	{
		Name:     "prior-actor-decides",
		Role:     ResourceServer,
		Violates: ids{"rfc8693-4.1/prior-actors"},
		Summary:  "A token is refused because of a prior actor in its act chain.",
		Rules: verifying(func(v *verified) {
			if v.access.Actor.Length() > 1 {
				v.err = errRefused
			}
		}),
	},
	{
		Name:     "refresh-token-opens-resource",
		Role:     ResourceServer,
		Violates: ids{"rfc6749-1.5/refresh-token-opens-nothing", "rfc6750-3.1/other-credentials"},
		Summary:  "The protected resource accepts a refresh token.",
		Rules:    refreshTokens(func(bearer.Resource, token.Scope, bool) bool { return true }),
	},
})
