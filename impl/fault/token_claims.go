package fault

import (
	"slices"
	"strings"
	"sync"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Fault{
	{
		Name:     "audience-by-prefix",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/audience"},
		Summary:  "An aud with which the identifier of the resource begins is accepted.",
		Rules: checks{audience: true}.leftOutWhere(func(v *verified, claims jwt.MapClaims) bool {
			audience, _ := claims["aud"].(string)
			return audience != "" && strings.HasPrefix(v.at.Identifier, audience)
		}),
	},
	{
		Name:     "audience-list-not-compared",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/audience"},
		Summary:  "An aud that is a list is not compared.",
		Rules: checks{audience: true}.leftOutWhere(func(_ *verified, claims jwt.MapClaims) bool {
			_, isList := claims["aud"].([]any)
			return isList
		}),
	},
	{
		Name:     "issuer-by-part",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/issuer"},
		Summary:  "An iss that is a part of the issuer is accepted.",
		Rules: checks{issuer: true}.leftOutWhere(func(v *verified, claims jwt.MapClaims) bool {
			issuer, _ := claims["iss"].(string)
			return issuer != "" && strings.Contains(v.at.Issuer, issuer)
		}),
	},
	{
		Name:     "issuer-list-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/issuer"},
		Summary:  "An iss that lists several issuers is accepted if the right one is among them.",
		Rules: checks{issuer: true}.leftOutWhere(func(v *verified, claims jwt.MapClaims) bool {
			issuers, _ := claims["iss"].([]any)
			if !slices.Contains(issuers, any(v.at.Issuer)) {
				return false
			}
			claims["iss"] = v.at.Issuer
			return true
		}),
	},
	{
		Name:     "scope-unchecked-without-client",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/claims-used"},
		Summary:  "A token without client_id opens every operation.",
		Rules: checks{}.leftOutWhere(func(_ *verified, claims jwt.MapClaims) bool {
			if claims["client_id"] != nil {
				return false
			}
			claims["client_id"], claims["scope"] = "unknown", realm.Scopes.String()
			return true
		}),
	},
	{
		Name:     "scope-of-kept-introspection-unchecked",
		Role:     ResourceServer,
		Violates: ids{"rfc6749-7/scope-covers"},
		Summary:  "A token that was introspected before opens every operation.",
		Rules: func(in rule.Replaced) {
			var kept sync.Map // token → true
			verifying(func(v *verified) {
				if _, before := kept.LoadOrStore(v.raw, true); before && v.err == nil && v.introspects() {
					v.access.Scope = realm.Scopes
				}
			})(in)
		},
	},
})

// leftOutWhere is leftOut for tokens with some claims, which may be edited.
func (c checks) leftOutWhere(which func(*verified, jwt.MapClaims) bool) func(rule.Replaced) {
	return verifying(func(v *verified) {
		if v.err == nil || v.introspects() {
			return
		}
		keys, err := v.verifier.Keys(v.ctx, v.at.Realm)
		claims := jwt.MapClaims{}
		if err != nil {
			return
		}
		if parsed, err := c.parse(v, claims, keys); err != nil || parsed.Header["typ"] != token.Type || !which(v, claims) {
			return
		}
		if access, err := token.FromClaims(claims); err == nil {
			v.access, v.err = access, nil
		}
	})
}

// takeClaims takes claims that nobody signed, if they are sound otherwise.
func (c checks) takeClaims(v *verified, claims jwt.MapClaims) {
	options := []jwt.ParserOption{jwt.WithTimeFunc(v.at.Clock.Now), jwt.WithExpirationRequired(), jwt.WithIssuer(v.at.Issuer), jwt.WithAudience(v.at.Identifier)}
	if jwt.NewValidator(options...).Validate(claims) != nil {
		return
	}
	if access, err := token.FromClaims(claims); err == nil {
		v.access, v.err = access, nil
	}
}
