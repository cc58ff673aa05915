package acts

import (
	"context"
	"net/http"
	"strconv"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about what is issued, and whether it works after the When.
var _ = phrases(Then, []step{
	{says: `(an|exactly one) access token is issued`, do: tokenIssued},
	{says: `(no access token|no refresh token|no authorization code|neither a code nor an access token) is issued`, refuses: argument("no access token", "neither a code nor an access token"), do: noneIssued},
	{says: `the (access|refresh|registration access) token is (accepted|refused|active|inactive)`, do: tokenIs},
})

func tokenIssued(_ context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "exactly one" {
		return exactlyOneToken(w)
	}
	answer, err := answered(w)
	if err != nil {
		return err
	}
	return check.TokenIssued(answer)
}

func exactlyOneToken(w *world.World) error {
	issued := 0
	for _, answer := range w.Last.All {
		if check.TokenIssued(answer) == nil {
			issued++
		}
	}
	return check.Equal("tokens issued", strconv.Itoa(issued), "1")
}

func noneIssued(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	switch args[0] {
	case "no refresh token": // The access token is issued all the same.
		return check.All(check.TokenIssued(answer), check.NoToken(answer, "refresh_token"))
	case "no authorization code":
		return noCodeIssued(ctx, w)
	case "neither a code nor an access token":
		return getsNothing(ctx, w)
	}
	if err := check.NoToken(answer, "access_token"); err != nil {
		return err
	}
	return positive(ctx, w)
}

func noCodeIssued(ctx context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if w.Last.Returned.Get("code") != "" {
		return check.Fail(check.Describe(answer)+" with a code", "no authorization code")
	}
	if answer.Status >= http.StatusInternalServerError {
		return check.Fail(check.Describe(answer), "a refusal without an authorization code")
	}
	return positive(ctx, w)
}

// tokenIs tries the token that the client holds after the When. Where it is refused,
// the control is that the same token works before the When.
func tokenIs(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	switch kind, works := args[0], args[1] == "accepted" || args[1] == "active"; {
	case kind == "refresh":
		return refreshTokenIs(ctx, w, works)
	case kind == "registration access":
		return registrationTokenIs(ctx, w, works)
	case args[1] == "active" || args[1] == "inactive":
		return introspectedAs(ctx, w, works)
	default:
		return tokenAtResource(ctx, w, works)
	}
}

func refreshTokenIs(ctx context.Context, w *world.World, accepted bool) error {
	trial := w.Fork()
	if accepted && w.Grant.Holder != nil { // Another client may have acted meanwhile.
		trial.Client = w.Grant.Holder
	}
	if err := Refresh(ctx, trial, nil); err != nil {
		return err
	}
	if accepted {
		return check.TokenIssued(trial.Last.Exchange)
	}
	refused := check.RefusedWith(trial.Last.Exchange, []string{"invalid_grant"})
	if refused != nil && !check.Otherwise(refused) {
		return refused
	}
	worked := worksBefore(ctx, w, "a refresh", func(ctx context.Context, w *world.World, _ world.Table) error {
		return Refresh(ctx, w, nil)
	})
	if worked != nil {
		return worked
	}
	return refused
}

// registrationTokenIs tries the token by reading the registration.
func registrationTokenIs(ctx context.Context, w *world.World, accepted bool) error {
	trial := w.Fork()
	if err := ManageRegistration(ctx, trial, http.MethodGet, nil); err != nil {
		return err
	}
	if accepted {
		return check.Status(trial.Last.Exchange, http.StatusOK)
	}
	if err := check.Status(trial.Last.Exchange, http.StatusUnauthorized); err != nil {
		return err
	}
	return worksBefore(ctx, w, "a read of the registration", func(ctx context.Context, w *world.World, _ world.Table) error {
		if err := ManageRegistration(ctx, w, http.MethodGet, nil); err != nil {
			return err
		}
		return permitted(w)
	})
}

func introspectedAs(ctx context.Context, w *world.World, active bool) error {
	trial := w.Fork()
	if err := Introspect(ctx, trial, ResourceClient(trial), nil); err != nil {
		return err
	}
	object, err := answeredObject(trial)
	if err != nil {
		return err
	}
	if active {
		w.Last = trial.Last
		return check.Member(object, "active", "true")
	}
	if err := check.Member(object, "active", "false"); err != nil {
		return err
	}
	return worksBefore(ctx, w, "an introspection", func(ctx context.Context, w *world.World, _ world.Table) error {
		return introspectedAs(ctx, w, true)
	})
}

func tokenAtResource(ctx context.Context, w *world.World, accepted bool) error {
	visitor := w.Fork()
	if err := CallResource(ctx, visitor, nil); err != nil {
		return err
	}
	if accepted {
		return visitor.Last.Success()
	}
	return check.Status(visitor.Last.Exchange, http.StatusUnauthorized)
}

// worksBefore plays the Givens again and uses the token right after them.
func worksBefore(ctx context.Context, w *world.World, phrase string, use func(context.Context, *world.World, world.Table) error) error {
	script := w.Script
	script.Action = world.Action{Phrase: phrase, Do: use}
	return w.Control(ctx, script)
}
