package authserver

import (
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/wire"
)

// expectedUser is the user whom a client expects, by an ID token of before
// (OpenID Connect Core section 3.1.2.1,
// https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest); "" where
// it expects nobody in particular.
func expectedUser(r *realm.Realm, hint *string) (string, *wire.Error) {
	if hint == nil || r.Faults().Has(faultname.HintIgnored) {
		return "", nil
	}
	identity, err := r.Keys.OwnIdentity(*hint, r.Clock.Now())
	// A hint that is not of this issuer says nothing (OpenID Connect Core section
	// 3.1.2.2, https://openid.net/specs/openid-connect-core-1_0.html#AuthRequestValidation).
	if (err != nil || identity.Issuer != r.Issuer) && !r.Faults().Has(faultname.HintIssuerNotChecked) {
		return "", wire.InvalidRequest("id_token_hint is no ID token of this server")
	}
	// One that has expired still says who it was about.
	if identity.Expires.Before(r.Clock.Now()) && r.Faults().Has(faultname.ExpiredHintRefused) {
		return "", wire.InvalidRequest("id_token_hint has expired")
	}
	return identity.Subject, nil
}

// notExpected: no other user is taken for the one who is expected.
func notExpected() *wire.Error {
	return &wire.Error{Code: "login_required", Description: "the person who signed in is not the one of id_token_hint"}
}
