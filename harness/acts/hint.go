package acts

import (
	"context"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

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
