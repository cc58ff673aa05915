package authserver

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"slices"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// assertionAlgorithms are those that the metadata lists; there are no others,
// and none is not among them (RFC 8414 section 2,
// https://www.rfc-editor.org/rfc/rfc8414#section-2).
var assertionAlgorithms = []string{"ES256", "RS256", "PS256", "EdDSA", "HS256"}

// verify checks the signature or the MAC with the keys of the client.
func (a *assertion) verify(ctx context.Context, r *realm.Realm, client store.Client) error {
	faults, failed := r.Faults(), invalidAssertion(r.Faults(), "client authentication failed")
	algorithms := assertionAlgorithms
	if faults.Has(faultname.AssertionAlgorithmNotRestricted) {
		algorithms = append(slices.Clone(algorithms), "RS384", "RS512", "PS384", "PS512")
	}
	keys, err := a.keys(ctx, r, client)
	if errors.Is(err, token.ErrRemoteKeys) {
		return invalidAssertion(faults, "the keys of the client cannot be had from its jwks_uri")
	}
	if err != nil {
		return err
	}
	if !a.verifiedBy(keys, algorithms) && !a.forgiven(faults) || faults.Has(faultname.AssertionRefused) {
		return failed
	}
	return nil
}

// verifiedBy tells whether one of the keys verifies the JWT, by one of the
// algorithms.
func (a *assertion) verifiedBy(keys jwt.VerificationKeySet, algorithms []string) bool {
	parser := jwt.NewParser(jwt.WithValidMethods(algorithms), jwt.WithoutClaimsValidation(), jwt.WithStrictDecoding())
	_, err := parser.ParseWithClaims(a.raw, jwt.MapClaims{}, func(*jwt.Token) (any, error) { return keys, nil })
	return err == nil && len(keys.Keys) > 0
}

// fitting are the keys of a set that fit the header of the JWT.
func (a *assertion) fitting(set token.KeySet) jwt.VerificationKeySet {
	var fit jwt.VerificationKeySet
	for _, key := range set.For(a.algorithm, a.kid) {
		fit.Keys = append(fit.Keys, key)
	}
	return fit
}

// forgiven is what a broken server lets pass.
func (a *assertion) forgiven(faults faultname.Set) bool {
	if a.algorithm == "none" {
		return faults.Has(faultname.AssertionUnsignedAccepted)
	}
	return faults.Has(faultname.AssertionOfAnotherKeyAccepted)
}

// keys are those of the client that fit the header of the assertion: of its
// secret for a MAC, and of its key set for a signature. A key of the one sort
// never verifies the other (RFC 8725 section 3.1,
// https://www.rfc-editor.org/rfc/rfc8725#section-3.1).
func (a *assertion) keys(ctx context.Context, r *realm.Realm, client store.Client) (jwt.VerificationKeySet, error) {
	var fit jwt.VerificationKeySet
	switch client.AuthMethod {
	case clientSecretJWT:
		secret, err := r.Sealer.Open(client.SealedSecret, client.ID)
		if err != nil {
			return fit, err
		}
		fit.Keys = append(fit.Keys, []byte(secret))
	case privateKeyJWT:
		set, err := a.keySet(ctx, r, client)
		if err != nil {
			return fit, err
		}
		fit = a.fitting(set)
		if r.Faults().Has(faultname.AssertionKeyConfusion) && a.algorithm == "HS256" {
			fit.Keys = confused(set)
		}
	}
	return fit, nil
}

func (a *assertion) keySet(ctx context.Context, r *realm.Realm, client store.Client) (token.KeySet, error) {
	if client.JWKSURI == "" {
		return token.ParseKeySet(client.JWKS)
	}
	return r.KeySets.Keys(ctx, client.JWKSURI, func(set token.KeySet) bool {
		return len(set.For(a.algorithm, a.kid)) > 0 || r.Faults().Has(faultname.KeysNeverFetchedAgain)
	})
}

// confused takes public keys for the secrets of a MAC, as a broken server does.
func confused(set token.KeySet) []jwt.VerificationKey {
	var secrets []jwt.VerificationKey
	for _, key := range set {
		if der, err := x509.MarshalPKIXPublicKey(key.Key); err == nil {
			secrets = append(secrets, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
		}
	}
	return secrets
}
