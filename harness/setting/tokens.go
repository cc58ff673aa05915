package setting

import (
	"cmp"
	"context"
	"maps"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// Mint implements world.Setting: an access token that is like an issued one but
// for its signature is forged. Everything else would take the key of the server.
func (*foreign) Mint(ctx context.Context, w *world.World, request control.MintRequest) (string, error) {
	claims, header := maps.Clone(given(request.Claims)), given(request.Header)
	if w.Client != nil && claims["client_id"] == w.Client.ID {
		delete(claims, "client_id") // The issued token has the same.
	}
	if !forgeable(request, claims, header) {
		return "", noControl("make tokens")
	}
	if err := obtain(ctx, w); err != nil {
		return "", err
	}
	issued, err := proof.Parse(w.Grant.AccessToken)
	if err != nil {
		return "", &check.NotApplicable{Reason: "the access tokens are no JWTs, whose signature could be another", Lacks: "jwt_access_token"}
	}
	algorithm, _ := issued.Header["alg"].(string)
	key, err := proof.NewKey(algorithm, "")
	if err != nil {
		return "", &check.NotApplicable{Reason: "the examiner does not sign by the algorithm of the access tokens, " + algorithm}
	}
	forgedHeader := maps.Clone(issued.Header)
	maps.Copy(forgedHeader, header)
	if *request.SignedBy == control.Nobody {
		forgedHeader["alg"] = "none"
	}
	forged, err := key.Sign(forgedHeader, issued.Claims)
	w.Log.Secret(forged)
	return forged, err
}

func obtain(ctx context.Context, w *world.World) error {
	if world.Part[acts.ToolServer](w) != nil {
		return acts.ObtainForTools(ctx, w)
	}
	return acts.ObtainToken(ctx, w, nil)
}

// forgeable: nothing but the signature is to be wrong. The audience is that of
// the issued token, which is right.
func forgeable(request control.MintRequest, claims, header map[string]any) bool {
	claims, header = maps.Clone(claims), maps.Clone(header)
	delete(claims, "aud")
	delete(header, "kid")
	return request.SignedBy != nil && (*request.SignedBy == control.Stranger || *request.SignedBy == control.Nobody) &&
		len(claims) == 0 && len(header) == 0 && len(given(request.OmittedClaims)) == 0
}

// given is a member of a request; the zero value where it was left out.
func given[T any](member *T) T {
	if member == nil {
		return *new(T)
	}
	return *member
}

// Hint implements world.Setting. What a stranger signs needs no control plane: it
// is the examiner, whatever else is wrong with the hint.
func (f *foreign) Hint(ctx context.Context, w *world.World, request control.MintRequest) (string, error) {
	claims := *request.Claims
	_, another := claims["iss"]
	if request.SignedBy == nil && !another {
		return f.Mint(ctx, w, request)
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

// RotateKeys implements world.Setting.
func (*foreign) RotateKeys(context.Context, *world.World) error {
	return noControl("change its signing key")
}
