package acts

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the scope of what was asked for.
var _ = phrases(Then, []step{
	{says: `the requested scope is not granted`, refuses: always, do: scopeNotGranted},
	{says: `the granted scope is "([^"]*)"`, do: grantedScope},
})

// scopeNotGranted: the server refuses, or grants less and says so (RFC 6749
// section 3.3, https://www.rfc-editor.org/rfc/rfc6749#section-3.3).
func scopeNotGranted(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if w.Last.Kind == world.AuthorizationResponse {
		return codeWithoutScope(ctx, w)
	}
	if check.TokenIssued(answer) == nil {
		return check.ScopeReduced(answer, answer.Form().Get("scope"))
	}
	return controlled(ctx, w, check.RefusedWith(answer, []string{"invalid_scope"}))
}

// defaultScope: a server without a default scope refuses requests that name none
// (RFC 6749 section 3.3, https://www.rfc-editor.org/rfc/rfc6749#section-3.3).
func defaultScope(ctx context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if check.TokenIssued(answer) == nil {
		body, _ := answeredObject(w)
		if _, stated := body["scope"].(string); stated {
			return nil
		}
		return grantsNothing(ctx, w)
	}
	return controlled(ctx, w, check.RefusedWith(answer, []string{"invalid_scope"}))
}

// grantsNothing: a token without a scope is all that was asked for, and the response
// need not say so (RFC 6749 section 5.1, https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
func grantsNothing(ctx context.Context, w *world.World) error {
	var described map[string]any
	if token, err := proof.Parse(w.Grant.AccessToken); err == nil {
		described = token.Claims
	} else if described, err = toldOfToken(ctx, w); err != nil {
		return err
	} else if described["active"] != true {
		return &check.NotApplicable{Reason: "the response names no scope, and introspection does not describe the token", Lacks: "introspection"}
	}
	if scope, _ := described["scope"].(string); scope != "" {
		return check.Fail("a token for the unnamed scope "+strconv.Quote(scope), "the scope that was granted", "an error response with error \"invalid_scope\"")
	}
	return nil
}

// codeWithoutScope: the client hears that the scope is refused, or the code
// brings less than it asked for.
func codeWithoutScope(ctx context.Context, w *world.World) error {
	if w.Last.Returned.Get("code") == "" {
		// Who ignores the scope may have nothing left to grant.
		if code := w.Last.Returned.Get("error"); code != "invalid_scope" && code != "access_denied" {
			return check.Fail("the error "+strconv.Quote(code), "the error invalid_scope", "the error access_denied")
		}
		return positive(ctx, w)
	}
	asked := w.Grant.Asked
	if err := RedeemCode(ctx, w, nil); err != nil {
		return err
	}
	if err := check.TokenIssued(w.Last.Exchange); err != nil {
		return &check.Inconclusive{Reason: "what the code brings is not known: " + err.Error()}
	}
	return check.ScopeReduced(w.Last.Exchange, asked)
}

func grantedScope(_ context.Context, w *world.World, args []string, _ world.Table) error {
	want := args[0]
	switch want {
	case "(valid)":
		want = Valid(w, "scope")
	case "(granted scope)", "(narrower scope)", "(received scope)":
		want = Valid(w, strings.Trim(want, "()"))
	}
	return check.Equal("granted scope", sorted(w.Grant.Scope), sorted(want))
}

func sorted(scope string) string {
	names := strings.Fields(scope)
	slices.Sort(names)
	return strings.Join(names, " ")
}
