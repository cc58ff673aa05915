package fault

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync/atomic"

	generated "github.com/grantproof/grantproof/generated/authserver"
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
		Name:     "denial-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2.1/access-denied", "oidc-core-3.1.2.6/error-with-state"},
		Summary:  "A code is issued although the resource owner denied access.",
		Rules:    seam.Instead(authserver.Denial, func(realm.Decision) *wire.Error { return nil }),
	},
	{
		Name:     "unknown-response-type-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2.1/error-response", "oauth-2.1-removal-of-implicit-grant/no-token-response", "oidc-core-3.1.2.2/parameters-validated", "oidc-core-3.1.2.2/error-returned"},
		Summary:  "An unknown response_type is treated as code.",
		Rules: onAuthorizationRequest(func(request *generated.AuthorizationRequest) {
			if request.ResponseType != nil {
				request.ResponseType = new("code")
			}
		}),
	},
	{
		Name:     "authorization-by-get-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/get"},
		Summary:  "An authorization request by GET is refused.",
		Request: func(r *http.Request) {
			if r.Method == http.MethodGet && r.URL.Path == authorizationEndpoint {
				r.URL.RawQuery = ""
			}
		},
	},
	{
		Name:     "code-guessable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.10/guess-probability", "rfc6749-10.10/guess-160"},
		Summary:  "Authorization codes are sequential numbers.",
		Rules: func(in rule.Replaced) {
			var made atomic.Int64
			seam.Instead(authserver.NewAuthorizationCode, func(store.Code) string { return fmt.Sprintf("code-%08d", made.Add(1)) })(in)
		},
	},
	{
		Name:     "challenge-in-code",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.4/challenge-hidden", "oauth-2.1-authorization-response/challenge-hidden"},
		Summary:  "The authorization code contains the code challenge.",
		Rules:    seam.Instead(authserver.NewAuthorizationCode, func(code store.Code) string { return token.NewSecret() + "." + code.Challenge }),
	},
	{
		Name:     "authorization-endpoint-cors",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-2.6/no-cors", "oidc-discovery-3/no-cors-authorization"},
		Summary:  "CORS lets scripts of every origin read the authorization endpoint.",
		Answer:   seam.On("GET", "/oauth/authorize", func(r *seam.Response) { r.Header.Set("Access-Control-Allow-Origin", "*") }),
	},
	{
		Name:     "direct-approval-everywhere",
		Role:     AuthorizationServer,
		Violates: ids{"documented-authorize/documented-only"},
		Summary:  "The policy strict accepts the direct approval of the demo and returns a code.",
		Answer: func(r *http.Request, response *seam.Response) {
			if r.URL.Path == "/oauth/authorize" && r.Header.Get("Content-Type") == "application/json" && response.Status == http.StatusBadRequest {
				seam.As(http.StatusOK, `{"code":"of-nobody","redirect_uri":"http://localhost:3000/callback"}`)(response)
			}
		},
	},
	{
		Name:     "nonce-required",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/nonce-optional"},
		Summary:  "An authentication request without a nonce is refused.",
		Rules: func(in rule.Replaced) {
			held := authserver.AuthorizationRequest.In(in)
			authserver.AuthorizationRequest.Replace(in, func(r *realm.Realm, client store.Client, request generated.AuthorizationRequest) *wire.Error {
				if request.Nonce == nil {
					return wire.InvalidRequest("nonce is missing")
				}
				return held(r, client, request)
			})
		},
	},
	{
		Name:     "openid-by-get-only",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/get-and-post"},
		Summary:  "An authentication request by POST is refused.",
		Request:  seam.OnForm(authorizationEndpoint, "client_id", func(string) string { return "of-nobody" }),
	},
	{
		Name:     "unknown-hints-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/display-no-error", "oidc-core-15.1/locales-no-error", "oidc-core-15.1/acr-values-no-error", "oidc-core-3.1.2.1/ui-locales-no-error", "oidc-core-5.5/heuristic-claims", "oidc-core-5.5.1/no-error-for-missing"},
		Summary:  "A request with an optional parameter that the server cannot honor is refused.",
		Request: seam.OnParameters(authorizationEndpoint, func(parameters url.Values) {
			for _, name := range []string{"display", "ui_locales", "claims_locales", "acr_values", "claims"} {
				if parameters.Has(name) {
					repeat(parameters)
				}
			}
		}),
	},
	{
		Name:     "request-object-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.6/request-not-supported"},
		Summary:  "A request object is ignored without an error.",
		Rules:    onAuthorizationRequest(func(request *generated.AuthorizationRequest) { request.Request, request.RequestURI = nil, nil }),
	},
	{
		Name:     "sign-in-skipped",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/owner-verified", "oidc-core-3.1.2.3/user-authenticated", "rfc6749-10.2/owner-authenticated"},
		Summary:  "The consent page takes any visitor for the resource owner, without sign-in.",
		Rules: func(in rule.Replaced) {
			held := authserver.ResourceOwner.In(in)
			authserver.ResourceOwner.Replace(in, func(ctx context.Context, by authserver.Authentication) (authserver.Person, error) {
				who, err := held(ctx, by)
				if who.ID == "" {
					r := realm.From(ctx)
					who = authserver.Person{User: r.User, SignedIn: r.Clock.Now()}
				}
				return who, err
			})
		},
	},
	{
		Name:     "error-before-sign-in",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.11.2/user-first"},
		Summary:  "An invalid authorization request redirects to the client before the person signs in.",
		Rules:    seam.Instead(authserver.RefusedBeforeSignIn, func(bool) bool { return true }),
	},
	{
		Name:     "prompt-none-asks",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/prompt-supported", "oidc-core-3.1.2.1/prompt-none-silent", "oidc-core-3.1.2.3/prompt-none-error"},
		Summary:  "A request with prompt=none shows pages.",
		Request:  onPrompt(func(prompt []string) []string { return drop(prompt, "none") }),
	},
	{
		Name:     "prompt-none-always-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/hint-not-needed"},
		Summary:  "A request with prompt=none never gets a code.",
		Rules: func(in rule.Replaced) {
			held := authserver.ConsentNeeded.In(in)
			authserver.ConsentNeeded.Replace(in, func(prompt []string, scope, allowed token.Scope) bool {
				return slices.Contains(prompt, "none") || held(prompt, scope, allowed)
			})
		},
	},
})

const authorizationEndpoint = "/oauth/authorize"

// onAuthorizationRequest changes an authorization request before it is judged.
func onAuthorizationRequest(change func(*generated.AuthorizationRequest)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.AuthorizationRequest.In(in)
		authserver.AuthorizationRequest.Replace(in, func(r *realm.Realm, client store.Client, request generated.AuthorizationRequest) *wire.Error {
			change(&request)
			return held(r, client, request)
		})
	}
}
