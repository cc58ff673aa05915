package steps

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// succeedsWithoutIt: "it" is the Given that stands last before the When.
func succeedsWithoutIt(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Control(ctx, w.Script.WithoutLast())
}

// succeedsWithGiven puts another Given in the place of the last.
func succeedsWithGiven(ctx context.Context, w *world.World, args []string, table world.Table) error {
	phrase := args[0]
	if table != nil {
		phrase += " with:"
	}
	given, err := givenFor(phrase, table)
	if err != nil {
		return err
	}
	return w.Control(ctx, w.Script.InsteadOfLast(given))
}

// succeedsWithTable sends the same request with other values.
func succeedsWithTable(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	script := w.Script.Positive()
	script.Action.Table = table
	return w.Control(ctx, script)
}

// letsNobodyIn: it refuses the token, or says that it cannot judge it now.
func letsNobodyIn(_ context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if answer.Status == http.StatusUnauthorized || answer.Status == http.StatusServiceUnavailable {
		return nil
	}
	return check.Fail(check.Describe(answer), "status 401", "status 503")
}

// ofHeader are the rows of a JWT's table that are about its header.
var ofHeader = []string{"typ", "alg", "kid", "jku", "jwk", "x5u", "x5c"}

// isJWTWith compares the claims and the header.
func isJWTWith(_ context.Context, w *world.World, args []string, table world.Table) error {
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

// tokenOf is the newest token of a kind.
func tokenOf(w *world.World, kind string) string {
	if kind == "ID" {
		return w.Grant.IDToken
	}
	return w.Grant.AccessToken
}

// succeedsAt sends the same request to another path of the resource.
func succeedsAt(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	script, method := w.Script, w.Last.Exchange.Method
	script.Action.Phrase += " at " + args[0]
	script.Action.Do = func(ctx context.Context, w *world.World, table world.Table) error {
		return w.Call(ctx, method, args[0], table)
	}
	return w.Control(ctx, script)
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
