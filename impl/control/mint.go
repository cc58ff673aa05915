package control

import (
	"context"
	"maps"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// MintToken makes an access token of the realm that departs from a valid one
// in what the request names.
func (s *Server) MintToken(_ context.Context, request control.MintTokenRequestObject) (control.MintTokenResponseObject, error) {
	found, err := s.find(request.Realm)
	if err != nil {
		return nil, err
	}
	signer := token.ByIssuer
	if request.Body.SignedBy != nil {
		signer = string(*request.Body.SignedBy)
	}
	header := map[string]any{"typ": token.Type}
	if request.Body.Header != nil {
		maps.Copy(header, *request.Body.Header)
	}
	claims := validClaims(found)
	if request.Body.Claims != nil {
		maps.Copy(claims, *request.Body.Claims)
	}
	if request.Body.OmittedClaims != nil {
		for _, name := range *request.Body.OmittedClaims {
			delete(claims, name)
		}
	}
	raw, err := found.Keys.Forge(signer, found.Policy().Algorithm(), found.Clock.Now(), header, claims)
	if err != nil {
		return nil, wire.InvalidRequest("such a token cannot be made: " + err.Error())
	}
	return control.MintToken201JSONResponse{AccessToken: raw}, nil
}

func validClaims(r *realm.Realm) jwt.MapClaims {
	now := r.Clock.Now()
	return token.Access{
		Issuer: r.Issuer, Subject: r.User.ID, Audience: []string{r.Resource}, ClientID: "minted",
		Scope: realm.Scopes, ID: token.NewID(), IssuedAt: now, Expires: now.Add(time.Hour),
	}.Claims()
}
