package variant

import (
	"context"
	"net/http"
	"net/url"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

const tokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange"

var _ = add([]Variant{
	{
		Name:    "exchange-issues-a-jwt",
		Role:    AuthorizationServer,
		Allows:  "RFC 8693 section 2.1: if the requested type is unspecified, the issued token type is at the discretion of the server",
		Summary: "A token exchange that asks for no type gets issued_token_type jwt.",
		Tempts:  ids{"rfc8693-2.2.1/response", "rfc8693-2.2.1/requested-type", "rfc8693-2.2.1/not-applicable"},
		Rules: func(in rule.Replaced) {
			held := authserver.TokenTypeToIssue.In(in)
			authserver.TokenTypeToIssue.Replace(in, func(requested *string) (string, *wire.Error) {
				if requested == nil {
					return "urn:ietf:params:oauth:token-type:jwt", nil
				}
				return held(requested)
			})
		},
	},
	{
		Name:    "actor-with-other-members",
		Role:    AuthorizationServer,
		Allows:  "RFC 8693 section 4.1: a combination of claims may be needed to identify an actor uniquely",
		Summary: "The act claim names the issuer and the client beside sub.",
		Tempts:  ids{"rfc8693-4.1/actor", "rfc8693-4.1/identity-alone", "rfc8693-4.1/introspected"},
		Rules: seam.OnExchangedToken(func(access token.Access, claims jwt.MapClaims) {
			actor := map[string]any{"sub": access.Actor.Subject, "iss": access.Issuer, "client_id": access.Actor.Subject}
			if access.Actor.Before != nil {
				actor["act"] = access.Actor.Before
			}
			claims["act"] = actor
		}),
	},
	{
		Name:    "one-target-of-an-exchange",
		Role:    AuthorizationServer,
		Allows:  "RFC 8693 section 2.1.1: a server may be unwilling or unable to fulfil a request with several targets, and refuses with invalid_target",
		Summary: "A token exchange for more than one resource or audience is refused with invalid_target.",
		Tempts:  ids{"rfc8693-2.1/repeated", "rfc8693-2.1.1/all-targets", "rfc8693-2.2.2/invalid-target"},
		Departs: ids{"rfc8693-2.1/repeated"},
		Answer: func(r *http.Request, response *seam.Response) {
			if form := wire.FromContext(r.Context()).Parameters; len(form["resource"])+len(form["audience"]) > 1 {
				seam.OfGrant(tokenExchange, seam.As(http.StatusBadRequest, `{"error":"invalid_target"}`))(r, response)
			}
		},
	},
	{
		Name:    "exchange-without-actor-tokens",
		Role:    AuthorizationServer,
		Allows:  "RFC 8693 section 2.2.2: an actor token that is unacceptable based on policy is refused with invalid_request",
		Summary: "A token exchange with an actor token is refused with invalid_request.",
		Tempts:  ids{"rfc8693-4.1/actor", "rfc8693-2.1/actor-token-type", "rfc8693-2.2.2/actor-token-invalid"},
		Without: []string{"actor_token"},
		Rules: seam.Instead(authserver.ActorToken, func(context.Context, *realm.Realm, string) (token.Access, bool, error) {
			return token.Access{}, false, nil
		}),
	},
	{
		Name:    "exchange-for-less-brings-all",
		Role:    AuthorizationServer,
		Allows:  "RFC 8693 section 2.2.1: scope is required in the response where it is not the requested one; RFC 6749 section 3.3 lets the server ignore the request",
		Summary: "A token exchange that asks for less gets all that both may do, and the response states it.",
		Tempts:  ids{"rfc8693-2.2.1/scope", "rfc8693-5/no-escalation"},
		Request: seam.OnParameters("/oauth/token", func(form url.Values) {
			if form.Get("grant_type") == tokenExchange && form.Get("scope") == "tasks:read" {
				form.Del("scope")
			}
		}),
	},
	{
		Name:    "scope-of-an-exchange-not-repeated",
		Role:    AuthorizationServer,
		Allows:  "RFC 8693 section 2.2.1: refresh_token is optional, expires_in recommended, scope optional if identical to the requested one",
		Summary: "The response to a token exchange has the scope only where it is another than the requested one.",
		Tempts:  ids{"rfc8693-2.2.1/scope", "rfc8693-2.2.1/response"},
		Departs: ids{"oauth-2.1-token-endpoint-response/scope-always"},
		Answer: func(r *http.Request, response *seam.Response) {
			asked := wire.FromContext(r.Context()).Parameters.Get("scope")
			seam.OfGrant(tokenExchange, func(response *seam.Response) {
				if said, _ := seam.Members(response)["scope"].(string); asked != "" && sorted(said) == sorted(asked) {
					seam.Without("scope")(response)
				}
			})(r, response)
		},
	},
})
