package world

import (
	"context"
	"maps"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
)

// forge makes an access token that is like an issued one but for its signature.
// That takes no control plane; everything else would take the key of the server.
func (w *World) forge(ctx context.Context, request control.MintRequest) (string, error) {
	if !forgeable(request) {
		return "", noControl("make tokens")
	}
	obtain := func() error { return w.ObtainToken(ctx, nil) }
	if Part[ToolServer](w) != nil {
		obtain = func() error { return w.ObtainForTools(ctx) }
	}
	if err := obtain(); err != nil {
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
	header := maps.Clone(issued.Header)
	maps.Copy(header, *request.Header)
	if *request.SignedBy == control.Nobody {
		header["alg"] = "none"
	}
	forged, err := key.Sign(header, issued.Claims)
	w.Log.Secret(forged)
	return forged, err
}

// forgeable: nothing but the signature is to be wrong. The audience is that of
// the issued token, which is right.
func forgeable(request control.MintRequest) bool {
	claims, header := maps.Clone(*request.Claims), maps.Clone(*request.Header)
	delete(claims, "aud")
	delete(header, "kid")
	return request.SignedBy != nil && (*request.SignedBy == control.Stranger || *request.SignedBy == control.Nobody) &&
		len(claims) == 0 && len(header) == 0 && len(*request.OmittedClaims) == 0
}
