package world

import (
	"context"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/proof"
)

// withHint puts an ID token in the place of what an id_token_hint is said to
// be: one about another user, or one that somebody else signed.
func (w *World) withHint(ctx context.Context, table Table) (Table, error) {
	said, _ := table.Get("id_token_hint")
	claims := map[string]any{"aud": w.Client.ID, "sub": w.Subject()}
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
	return append(table.Without("id_token_hint"), Row{"id_token_hint", hint}), err
}
