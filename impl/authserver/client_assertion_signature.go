package authserver

import (
	"context"
	"errors"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// assertionAlgorithms are those that the metadata lists; there are no others,
// and none is not among them (RFC 8414 section 2,
// https://www.rfc-editor.org/rfc/rfc8414#section-2).
var assertionAlgorithms = []string{"ES256", "RS256", "PS256", "EdDSA", "HS256"}

// verify checks the signature or the MAC with the keys of the client.
func (a Assertion) verify(ctx context.Context, r *realm.Realm, client store.Client) error {
	keys, err := a.keys(ctx, r, client)
	switch {
	case errors.Is(err, token.ErrRemoteKeys):
		return invalidClient("the keys of the client cannot be had from its jwks_uri")
	case err != nil:
		return err
	case !AssertionVerified.In(r)(a, keys, assertionAlgorithms):
		return invalidClient("client authentication failed")
	}
	return nil
}

// AssertionVerified tells whether one of the keys verifies an assertion, by one of
// the algorithms (RFC 7523 section 3, https://www.rfc-editor.org/rfc/rfc7523#section-3).
var AssertionVerified = rule.New(Assertion.verifiedBy)

func (a Assertion) verifiedBy(keys jwt.VerificationKeySet, algorithms []string) bool {
	parser := jwt.NewParser(jwt.WithValidMethods(algorithms), jwt.WithoutClaimsValidation(), jwt.WithStrictDecoding())
	_, err := parser.ParseWithClaims(a.raw, jwt.MapClaims{}, func(*jwt.Token) (any, error) { return keys, nil })
	return err == nil && len(keys.Keys) > 0
}

// keys are those of the client that fit the header of the assertion: of its
// secret for a MAC, and of its key set for a signature.
func (a Assertion) keys(ctx context.Context, r *realm.Realm, client store.Client) (jwt.VerificationKeySet, error) {
	switch client.AuthMethod {
	case clientSecretJWT:
		secret, err := r.Sealer.Open(client.SealedSecret, client.ID)
		return jwt.VerificationKeySet{Keys: []jwt.VerificationKey{[]byte(secret)}}, err
	case privateKeyJWT:
		set, err := a.keySet(ctx, r, client)
		return AssertionKeys.In(r)(a, set), err
	}
	return jwt.VerificationKeySet{}, nil
}

// AssertionKeys are the keys of a set that fit the header of an assertion. A public
// key is no secret of a MAC (RFC 8725 section 3.1,
// https://www.rfc-editor.org/rfc/rfc8725#section-3.1).
var AssertionKeys = rule.New(Assertion.fitting)

func (a Assertion) fitting(set token.KeySet) jwt.VerificationKeySet {
	var fit jwt.VerificationKeySet
	for _, key := range set.For(a.Algorithm, a.KeyID) {
		fit.Keys = append(fit.Keys, key)
	}
	return fit
}

func (a Assertion) keySet(ctx context.Context, r *realm.Realm, client store.Client) (token.KeySet, error) {
	if client.JWKSURI == "" {
		return token.ParseKeySet(client.JWKS)
	}
	known := KeysKnown.In(r)
	return r.KeySets.Keys(ctx, client.JWKSURI, func(set token.KeySet) bool { return known(a, set) })
}

// KeysKnown tells whether the keys of a client that were fetched before are enough;
// a key that is not among them is looked for again (OpenID Connect Core section
// 10.1.1, https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys).
var KeysKnown = rule.New(func(a Assertion, set token.KeySet) bool { return len(set.For(a.Algorithm, a.KeyID)) > 0 })
