package authserver

import (
	"context"
	"errors"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// assertionType says that client_assertion is a JWT (RFC 7523 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7523#section-2.2).
const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// The methods of a client that authenticates with a JWT (RFC 8414 section 2,
// https://www.rfc-editor.org/rfc/rfc8414#section-2): it is signed with a
// private key, or protected by a MAC with the client's secret.
const (
	privateKeyJWT   = "private_key_jwt"
	clientSecretJWT = "client_secret_jwt"
)

// assertion is a JWT with which a client authenticates, read and not verified.
type assertion struct {
	raw            string
	algorithm, kid string
	header         map[string]any
	claims         jwt.MapClaims
}

// presentAssertion reads the credentials of a client that authenticates with a
// JWT.
func presentAssertion(ctx context.Context, faults faultname.Set, id, secret string) (presented, *wire.Error) {
	parameters := wire.FromContext(ctx).Parameters
	// A client uses no other mechanism beside the assertion, and the error is
	// invalid_client (RFC 7521 section 4.2.1,
	// https://www.rfc-editor.org/rfc/rfc7521#section-4.2.1).
	if (secret != "" || len(wire.FromContext(ctx).Authorization) > 0) && !faults.Has(faultname.AssertionBesideSecretAccepted) {
		return presented{}, invalidAssertion(faults, "the client authenticates with an assertion and in another way; use one")
	}
	// The value is fixed (RFC 7523 section 2.2,
	// https://www.rfc-editor.org/rfc/rfc7523#section-2.2).
	if parameters.Get("client_assertion_type") != assertionType && !faults.Has(faultname.AssertionTypeNotChecked) {
		return presented{}, invalidAssertion(faults, "client_assertion_type must be "+assertionType)
	}
	read, err := readAssertion(parameters.Get("client_assertion"))
	if err != nil {
		return presented{}, invalidAssertion(faults, "client_assertion is not a JWT")
	}
	// The client is the subject of the assertion. A client_id is not needed, and
	// one that is there names the same client (RFC 7521 section 4.2,
	// https://www.rfc-editor.org/rfc/rfc7521#section-4.2).
	subject, _ := read.claims["sub"].(string)
	if id != "" && faults.Has(faultname.AssertionSubjectNotChecked) {
		subject = id
	}
	if id != "" && id != subject && !faults.Has(faultname.ClientIDBesideAssertionIgnored) || id == "" && faults.Has(faultname.ClientIDNeededBesideAssertion) {
		return presented{}, invalidAssertion(faults, "client_id is not the subject of the assertion")
	}
	return presented{id: subject, assertion: read}, nil
}

func readAssertion(raw string) (*assertion, error) {
	read := &assertion{raw: raw, claims: jwt.MapClaims{}}
	parsed, _, err := jwt.NewParser().ParseUnverified(raw, read.claims)
	if parsed == nil || err != nil && !errors.Is(err, jwt.ErrTokenUnverifiable) || token.CheckEncoding(raw) != nil {
		return nil, jwt.ErrTokenMalformed
	}
	read.header = parsed.Header
	read.algorithm, _ = parsed.Header["alg"].(string)
	read.kid, _ = parsed.Header["kid"].(string)
	return read, nil
}

// proveAssertion holds the assertion against the registration of the client:
// first the signature, so that only the client learns what else is wrong.
func proveAssertion(ctx context.Context, r *realm.Realm, client store.Client, a *assertion) error {
	if err := a.verify(ctx, r, client); err != nil {
		return err
	}
	for _, rule := range assertionRules {
		if !rule.holds(r, client, a) && !r.Faults().Has(rule.broken) {
			return invalidAssertion(r.Faults(), rule.says)
		}
	}
	if a.hasUnknownClaim() && r.Faults().Has(faultname.AssertionUnknownClaimRefused) {
		return invalidAssertion(r.Faults(), "the assertion has a claim that is not known")
	}
	return a.spend(ctx, r, client)
}

// invalidAssertion is the answer to every assertion that is not valid (RFC
// 7523 section 3.2, https://www.rfc-editor.org/rfc/rfc7523#section-3.2).
func invalidAssertion(faults faultname.Set, description string) *wire.Error {
	if faults.Has(faultname.AssertionErrorRenamed) {
		return invalidGrant(description)
	}
	return invalidClient(description)
}

// claimed is the client that an assertion names, whom a faulty endpoint
// believes without any proof.
func claimed(ctx context.Context, r *realm.Realm) (store.Client, error) {
	read, err := readAssertion(wire.FromContext(ctx).Parameters.Get("client_assertion"))
	if err != nil {
		return store.Client{}, invalidClient("client_assertion is not a JWT")
	}
	subject, _ := read.claims["sub"].(string)
	return r.Store().Client(ctx, subject)
}
