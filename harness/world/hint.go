package world

import (
	"cmp"
	"context"
	"maps"

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
	hint, err := w.makeHint(ctx, request)
	return append(table.Without("id_token_hint"), Row{"id_token_hint", hint}), err
}

// makeHint has the fixture make a hint. What a stranger signs needs no fixture:
// elsewhere it is the examiner, whatever else is wrong with the hint.
func (w *World) makeHint(ctx context.Context, request control.MintRequest) (string, error) {
	claims := *request.Claims
	_, another := claims["iss"]
	if w.control != nil || request.SignedBy == nil && !another {
		return w.Mint(ctx, request)
	}
	key, err := proof.NewKey("RS256", "key-"+proof.Text(8))
	if err != nil {
		return "", err
	}
	maps.Copy(claims, map[string]any{"iat": "(now)", "exp": "(now)+600", "iss": cmp.Or(claims["iss"], any(w.Realm.Issuer))})
	hint, err := key.Sign(map[string]any{"typ": "JWT", "kid": key.ID}, claims)
	w.Log.Secret(hint)
	return hint, err
}
