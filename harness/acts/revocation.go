package acts

import (
	"context"
	"errors"
	"net/http"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(Given, []step{
	{says: `the client has revoked the token`, with: words.Revocation, do: tabled(hasRevoked)},
})

func hasRevoked(ctx context.Context, w *world.World, table world.Table) error {
	if err := Revoke(ctx, w, table); err != nil {
		return err
	}
	return wasRevoked(w)
}

// wasRevoked: what follows from a revocation cannot be seen at a server that revokes
// refresh tokens alone, and says so (RFC 7009 section 2.2.1,
// https://www.rfc-editor.org/rfc/rfc7009#section-2.2.1).
func wasRevoked(w *world.World) error {
	if check.RefusedWith(w.Last.Exchange, []string{"unsupported_token_type"}) == nil {
		return &check.NotApplicable{Reason: "the authorization server revokes no access tokens: it answered unsupported_token_type", Lacks: "access_token_revocation"}
	}
	return check.Status(w.Last.Exchange, http.StatusOK)
}

// revokedOrUnsupported: a server may revoke refresh tokens alone, and says so
// (RFC 7009 section 2.2.1, https://www.rfc-editor.org/rfc/rfc7009#section-2.2.1).
// Where it says that it revoked the token, and somebody may ask, that is so.
func revokedOrUnsupported(ctx context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if answer.Status != http.StatusOK {
		return check.RefusedWith(answer, []string{"unsupported_token_type"})
	}
	err = introspectedAs(ctx, w, false)
	if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
		return nil
	}
	return err
}
