package acts

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about who the user is.
var _ = phrases(Then, []step{
	{says: `the ID token (keeps|changes) its "([^"]*)"`, do: idTokenKeeps},
	{says: `the user signed in (\d+) seconds or more before the ID token was issued`, do: signedInBefore},
	{says: `no member of the response is (null or empty|an empty list)`, do: noMemberIs},
})

// idTokenKeeps compares a claim of the newest ID token with that of the one
// before.
func idTokenKeeps(_ context.Context, w *world.World, args []string, _ world.Table) error {
	if w.Grant.EarlierIDToken == "" {
		return noNewIDToken()
	}
	var claims []string
	for _, raw := range []string{w.Grant.EarlierIDToken, w.Grant.IDToken} {
		identity, err := proof.Parse(raw)
		if err != nil {
			return check.Fail(err.Error(), "an ID token")
		}
		claims = append(claims, fmt.Sprint(identity.Claims[args[1]]))
	}
	if (claims[0] == claims[1]) != (args[0] == "keeps") {
		return check.Fail(args[1]+" "+claims[0]+", then "+claims[1], args[1]+" that "+args[0])
	}
	return nil
}

func noNewIDToken() error {
	return &check.NotApplicable{Reason: "the authorization server issued no second ID token, which section 12.2 of OpenID Connect Core leaves to it", Lacks: "id_token_refresh"}
}

// signedInBefore: auth_time counts the seconds until the user authenticated, which
// was not after the token was issued (OpenID Connect Core section 2,
// https://openid.net/specs/openid-connect-core-1_0.html#IDToken).
func signedInBefore(_ context.Context, w *world.World, args []string, _ world.Table) error {
	identity, err := proof.Parse(w.Grant.IDToken)
	if err != nil {
		return check.Fail(err.Error(), "an ID token")
	}
	seconds, err := strconv.ParseFloat(args[0], 64)
	if err != nil {
		return err
	}
	issued, _ := identity.Claims["iat"].(float64)
	authenticated, _ := identity.Claims["auth_time"].(float64)
	if authenticated <= 0 || authenticated > issued-seconds {
		return check.Fail(fmt.Sprintf("auth_time %.0f and iat %.0f", authenticated, issued), fmt.Sprintf("auth_time %s seconds or more before iat", args[0]))
	}
	return nil
}

func aboutTheUser(_ context.Context, w *world.World) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	return check.Equal("sub", fmt.Sprint(object["sub"]), Subject(w))
}

// agreesWithMetadata compares the members that both documents have.
func agreesWithMetadata(ctx context.Context, w *world.World) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	other := w.Fork()
	if err := Fetch(ctx, other, world.OAuthMetadata(w.Realm.Issuer)); err != nil {
		return err
	}
	metadata, err := check.Object(other.Last.Exchange)
	if err != nil {
		return err
	}
	var errs []error
	for name, value := range object {
		if also, both := metadata[name]; both && text(value) != text(also) {
			errs = append(errs, check.Fail(name+" "+text(value), name+" "+text(also)))
		}
	}
	return check.All(errs...)
}

// text is a value whose lists are in no order.
func text(value any) string {
	list, ok := value.([]any)
	if !ok {
		return fmt.Sprint(value)
	}
	var args []string
	for _, word := range list {
		args = append(args, fmt.Sprint(word))
	}
	slices.Sort(args)
	return fmt.Sprint(args)
}

// ObtainTokens obtains tokens for a resource owner, as a Given; table deviates
// from a valid authorization request.
func ObtainTokens(ctx context.Context, w *world.World, table world.Table) error {
	if err := ObtainCode(ctx, w, table); err != nil {
		return err
	}
	if err := RedeemCode(ctx, w, nil); err != nil {
		return err
	}
	return check.TokenIssued(w.Last.Exchange)
}

// RequestUserInfo asks who the user of the access token is.
func RequestUserInfo(ctx context.Context, w *world.World, table world.Table) error {
	address, err := w.Endpoint("userinfo_endpoint")
	if err != nil {
		return err
	}
	request := exchange.Request{Endpoint: exchange.UserInfo, Method: http.MethodGet, URL: address, Header: http.Header{}}
	table, err = respelled(w, table, "access_token")
	if err != nil {
		return err
	}
	present(w, &request, table)
	about, _ := split(table)
	about.apply(&request)
	return Do(ctx, w, world.ResourceResponse, request)
}

// keepIdentity keeps the ID token of an answer, and the one before it.
func keepIdentity(w *world.World, raw string) {
	w.Grant.EarlierIDToken, w.Grant.IDToken = w.Grant.IDToken, raw
	w.Log.Secret(raw)
}

// Subject is the user that the newest ID token is about; empty without one.
func Subject(w *world.World) string {
	identity, err := proof.Parse(w.Grant.IDToken)
	if err != nil {
		return ""
	}
	subject, _ := identity.Claims["sub"].(string)
	return subject
}

// withHint puts an ID token in the place of what an id_token_hint is said to
// be: one about another user, or one that somebody else signed.
func withHint(ctx context.Context, w *world.World, table world.Table) (world.Table, error) {
	said, _ := table.Get("id_token_hint")
	claims := map[string]any{"aud": w.Client.ID, "sub": Subject(w)}
	request := control.MintRequest{Claims: &claims, Header: &map[string]any{"typ": "JWT"}}
	switch said {
	case "(of another user)":
		claims["sub"] = "user-" + proof.Random()
	case "(of another issuer)":
		claims["iss"] = "https://another.example.com"
	case "(signed by a stranger)":
		request.SignedBy = new(control.MintRequestSignedBy("stranger"))
	default:
		return table, nil
	}
	hint, err := w.Run.Setting.Hint(ctx, w, request)
	return append(table.Without("id_token_hint"), world.Row{Name: "id_token_hint", Value: hint}), err
}
