package fault

import (
	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Fault{
	{
		Name:     "actor-not-named",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-4.1/actor"},
		Summary:  "A delegated token has no act claim.",
		Rules:    seam.OnExchangedToken(func(_ token.Access, claims jwt.MapClaims) { delete(claims, "act") }),
	},
	{
		Name:     "client-of-subject-token-kept",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-4.3/client-id"},
		Summary:  "The client_id of an exchanged token is that of the subject token.",
		Rules: delegating(func(access, delegated, subject token.Access) token.Access {
			delegated.ClientID = subject.ClientID
			return delegated
		}),
	},
	{
		Name:     "exchanged-token-outlives-subject",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-5/lifetime"},
		Summary:  "An exchanged token has the full lifetime, even if the subject token expires earlier.",
		Rules: delegating(func(access, delegated, _ token.Access) token.Access {
			delegated.Expires = access.Expires
			return delegated
		}),
	},
	{
		Name:     "exchanged-token-outlives-grant",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/access-tokens-of-grant"},
		Summary:  "An exchanged token stays active after the grant of its subject token is revoked.",
		Rules: delegating(func(access, delegated, _ token.Access) token.Access {
			delegated.ID = access.ID
			return delegated
		}),
	},
	{
		Name:     "earlier-actors-forgotten",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-4.1/actor"},
		Summary:  "A token that is delegated again names only the latest actor.",
		Rules: seam.OnExchangedToken(func(access token.Access, claims jwt.MapClaims) {
			claims["act"] = &token.Actor{Subject: access.Actor.Subject}
		}),
	},
	{
		Name:     "actors-in-reverse",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-4.1/actor"},
		Summary:  "The act chain is reversed: the first actor is outermost and the current one innermost.",
		Rules:    seam.OnExchangedToken(func(access token.Access, claims jwt.MapClaims) { claims["act"] = reversed(access.Actor) }),
	},
	{
		Name:     "actor-with-expiry",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-4.1/identity-alone"},
		Summary:  "The act claim of a token contains exp.",
		Rules: seam.OnExchangedToken(func(access token.Access, claims jwt.MapClaims) {
			claims["act"] = map[string]any{"sub": access.Actor.Subject, "exp": access.Expires.Unix()}
		}),
	},
	{
		Name:     "exchanged-scope-as-list",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-4.2/scope-claim"},
		Summary:  "The scope of an exchanged token is a list.",
		Rules:    seam.OnExchangedToken(func(access token.Access, claims jwt.MapClaims) { claims["scope"] = access.Scope }),
	},
	{
		Name:     "refresh-token-for-exchange",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.2.1/no-refresh-token"},
		Summary:  "A token exchange issues a refresh token.",
		Answer:   seam.OfGrant(tokenExchange, withRefreshToken),
	},
})

const tokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange"

// delegating changes what becomes of the access token of an exchange.
func delegating(change func(access, delegated, subject token.Access) token.Access) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.Delegated.In(in)
		authserver.Delegated.Replace(in, func(access, subject token.Access) token.Access {
			return change(access, held(access, subject), subject)
		})
	}
}

// reversed is a chain of actors the wrong way round.
func reversed(actor *token.Actor) *token.Actor {
	var first *token.Actor
	for ; actor != nil; actor = actor.Before {
		first = &token.Actor{Subject: actor.Subject, Before: first}
	}
	return first
}
