package acts

import (
	"context"
	"errors"
	"net/http"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

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
