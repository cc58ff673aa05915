package steps

import (
	"context"
	"errors"
	"net/http"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// tokenThens are about the tokens that a client holds after the When. Each
// tries the token; where it is refused, the control is that the same token
// works before the When.
var _ = phrases(Then, []step{
	{says: `a refresh token is issued`, do: refreshTokenIssued},
	{says: `the refresh token is a new one`, do: refreshTokenIsNew},
	{says: `the refresh token is (accepted|refused)`, do: refreshTokenIs},
	{says: `the access token is (active|inactive)`, do: accessTokenIs},
	{says: `the token is revoked, or its type is not supported`, do: revokedOrUnsupported},
})

func refreshTokenIssued(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	return check.Member(object, "refresh_token", "(present)")
}

func refreshTokenIsNew(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	if err := refreshTokenIssued(ctx, w, nil, nil); err != nil {
		return err
	}
	if w.Grant.RefreshToken == w.Grant.UsedRefreshToken {
		return check.Fail("the refresh token that was used", "another refresh token")
	}
	return nil
}

func refreshTokenIs(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	trial := *w
	if err := trial.Refresh(ctx, nil); err != nil {
		return err
	}
	if args[0] == "accepted" {
		return check.TokenIssued(trial.Last.Exchange)
	}
	if err := check.RefusedWith(trial.Last.Exchange, []string{"invalid_grant"}); err != nil {
		return err
	}
	return worksBefore(ctx, w, "a refresh", func(ctx context.Context, w *world.World, _ world.Table) error {
		return w.Refresh(ctx, nil)
	})
}

func accessTokenIs(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	trial := *w
	if err := trial.Introspect(ctx, trial.ResourceClient(), nil); err != nil {
		return err
	}
	object, err := answeredObject(&trial)
	if err != nil {
		return err
	}
	if args[0] == "active" {
		w.Last = trial.Last
		return check.Member(object, "active", "true")
	}
	if err := check.Member(object, "active", "false"); err != nil {
		return err
	}
	return worksBefore(ctx, w, "an introspection", func(ctx context.Context, w *world.World, _ world.Table) error {
		return accessTokenIs(ctx, w, []string{"active"}, nil)
	})
}

// worksBefore plays the Givens again and uses the token right after them.
func worksBefore(ctx context.Context, w *world.World, phrase string, use func(context.Context, *world.World, world.Table) error) error {
	script := w.Script
	script.Action = world.Action{Phrase: phrase, Do: use}
	return w.Control(ctx, script)
}

// revokedOrUnsupported: a server may revoke refresh tokens alone, and says so
// (RFC 7009 section 2.2.1, https://www.rfc-editor.org/rfc/rfc7009#section-2.2.1).
// Where it says that it revoked the token, and somebody may ask, that is so.
func revokedOrUnsupported(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if answer.Status != http.StatusOK {
		return check.RefusedWith(answer, []string{"unsupported_token_type"})
	}
	err = accessTokenIs(ctx, w, []string{"inactive"}, nil)
	if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
		return nil
	}
	return err
}
