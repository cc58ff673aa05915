package fault

import (
	"slices"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Fault{
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
