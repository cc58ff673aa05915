package acts

import (
	"cmp"
	"context"
	"slices"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// assertionAudience is what client assertions name in a scenario that tries it.
type assertionAudience struct{ value string }

// audienceOfAssertions is what a valid client assertion names: the issuer, or the token
// endpoint where the target file says so, or where the server refuses the issuer and
// takes the token endpoint. RFC 7523 section 3 lets that URL identify the server
// (https://www.rfc-editor.org/rfc/rfc7523#section-3), and OpenID Connect Core section 9
// has clients send it (https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication).
func audienceOfAssertions(ctx context.Context, w *world.World) string {
	if tried := world.Part[assertionAudience](w); tried != nil {
		return tried.value
	}
	endpoint, _ := w.Endpoint("token_endpoint")
	switch w.Run.Target.AuthorizationServer.AssertionAudience {
	case target.AudienceIssuer:
		return w.Realm.Issuer
	case target.AudienceTokenEndpoint:
		return cmp.Or(endpoint, w.Realm.Issuer)
	}
	method := w.Client.Method
	if w.Run.Remember("assertions by "+method+" are for the token endpoint", func() bool { return wantsTokenEndpoint(ctx, w.Run, method) }) {
		return cmp.Or(endpoint, w.Realm.Issuer)
	}
	return w.Realm.Issuer
}

// wantsTokenEndpoint has a client redeem an unknown code, first with an assertion for
// the issuer and then with one for the token endpoint.
func wantsTokenEndpoint(ctx context.Context, r *world.Run, method string) bool {
	w := r.New()
	defer w.Close(ctx)
	if Authenticate(ctx, w, method) != nil {
		return false
	}
	endpoint, _ := w.Endpoint("token_endpoint")
	return refusedFor(ctx, w, w.Realm.Issuer) == "invalid_client" && !slices.Contains([]string{"", "invalid_client"}, refusedFor(ctx, w, endpoint))
}

// refusedFor is the error with which the server refuses the unknown code of a client
// whose assertion names an audience; "" where there is none.
func refusedFor(ctx context.Context, w *world.World, audience string) string {
	world.Put(w, &assertionAudience{audience})
	w.Grant = world.Grant{Code: proof.Random(), RedirectURI: w.Client.RedirectURI(), Verifier: proof.Verifier()}
	if RedeemCode(ctx, w, nil) != nil {
		return ""
	}
	return check.ErrorCode(w.Last.Exchange)
}
