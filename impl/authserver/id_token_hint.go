package authserver

import (
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/wire"
)

// ExpectedUser is the user whom a client expects, by an earlier ID token that has
// perhaps expired (OpenID Connect Core section 3.1.2.1,
// https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest); "" where the
// client expects any user.
var ExpectedUser = rule.New(func(r *realm.Realm, hint *string) (string, *wire.Error) {
	if hint == nil {
		return "", nil
	}
	identity, err := r.Keys.OwnIdentity(*hint, r.Clock.Now())
	// A hint that is not of this issuer says nothing (OpenID Connect Core section
	// 3.1.2.2, https://openid.net/specs/openid-connect-core-1_0.html#AuthRequestValidation).
	if err != nil || identity.Issuer != r.Issuer {
		return "", wire.InvalidRequest("id_token_hint is no ID token of this server")
	}
	return identity.Subject, nil
})

// notExpected: no other user is taken for the one who is expected.
func notExpected() *wire.Error {
	return &wire.Error{Code: "login_required", Description: "the person who signed in is not the one of id_token_hint"}
}
