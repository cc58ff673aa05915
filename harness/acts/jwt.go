package acts

import (
	"context"
	"fmt"
	"slices"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about tokens that can be read.
var _ = phrases(Then, []step{
	{says: `the (access|ID) token is a JWT with`, table: words.Claims, do: isJWTWith},
	{says: `the access token is for "([^"]*)"`, do: isForResource},
})

// ofHeader are the rows of a JWT's table that are about its header.
var ofHeader = []string{"typ", "alg", "kid", "jku", "jwk", "x5u", "x5c"}

// isJWTWith compares the claims and the header.
func isJWTWith(_ context.Context, w *world.World, args []string, table world.Table) error {
	if args[0] == "ID" && w.Last.Kind == world.TokenResponse && w.Last.Exchange != nil && refreshed(w) && Object(w.Last)["id_token"] == nil {
		return noNewIDToken()
	}
	token, err := proof.Parse(tokenOf(w, args[0]))
	if err != nil {
		return check.Fail(err.Error(), "a JWT")
	}
	var errs []error
	for _, row := range table {
		object := token.Claims
		if slices.Contains(ofHeader, row.Name) {
			object = token.Header
		}
		errs = append(errs, members(w, object, world.Table{row}))
	}
	return check.All(errs...)
}

// refreshed tells whether the token response answers a refresh.
func refreshed(w *world.World) bool {
	return w.Last.Exchange.Form().Get("grant_type") == "refresh_token"
}

// tokenOf is the newest token of a kind.
func tokenOf(w *world.World, kind string) string {
	if kind == "ID" {
		return w.Grant.IDToken
	}
	return w.Grant.AccessToken
}

func livesAsSaid(w *world.World) error {
	token, err := proof.Parse(w.Grant.AccessToken)
	if err != nil {
		return check.Fail(err.Error(), "a JWT")
	}
	response, err := check.Object(w.Last.Exchange)
	if err != nil {
		return err
	}
	issued, _ := token.Claims["iat"].(float64)
	expires, _ := token.Claims["exp"].(float64)
	said, _ := response["expires_in"].(float64)
	return check.Equal("lifetime in seconds", fmt.Sprint(said), fmt.Sprint(expires-issued))
}

// isForResource reads the audience of the access token off the token, or has
// the authorization server tell it (RFC 7662 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7662#section-2.2).
func isForResource(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if read, err := proof.Parse(w.Grant.AccessToken); err == nil {
		return members(w, read.Claims, world.Table{{Name: "aud", Value: args[0]}})
	}
	told, err := toldOfToken(ctx, w)
	if err != nil {
		return err
	}
	if told["active"] == true && told["aud"] == nil {
		return &check.NotApplicable{Reason: "neither the access token nor its introspection tells for which resource it is"}
	}
	return members(w, told, world.Table{{Name: "active", Value: "true"}, {Name: "aud", Value: args[0]}})
}

// toldOfToken is what the authorization server tells the client of its token,
// else the protected resource.
func toldOfToken(ctx context.Context, w *world.World) (map[string]any, error) {
	if !w.Run.Capabilities["introspection"] {
		return nil, &check.NotApplicable{Reason: "the access token is no JWT, and there is no introspection endpoint that tells for which resource it is"}
	}
	asker := w.Fork()
	if err := Introspect(ctx, asker, w.Client, nil); err != nil {
		return nil, err
	}
	told, err := answeredObject(asker)
	if err != nil || told["active"] == true {
		return told, err
	}
	if err := Introspect(ctx, asker, ResourceClient(w), nil); err != nil {
		return nil, err
	}
	return answeredObject(asker)
}
