package authserver

import (
	"context"
	"errors"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
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

// Assertion is a JWT with which a client authenticates, read and not verified.
type Assertion struct {
	raw              string
	Algorithm, KeyID string
	Header           map[string]any
	Claims           jwt.MapClaims
}

// presentAssertion reads the credentials of a client that authenticates with a
// JWT.
func presentAssertion(ctx context.Context, r *realm.Realm, id, secret string) (Presented, *wire.Error) {
	parameters := wire.FromContext(ctx).Parameters
	switch {
	// A client uses no other mechanism beside the assertion, and the error is
	// invalid_client (RFC 7521 section 4.2.1,
	// https://www.rfc-editor.org/rfc/rfc7521#section-4.2.1).
	case secret != "", len(wire.FromContext(ctx).Authorization) > 0:
		return Presented{}, invalidClient("the client authenticates with an assertion and in another way; use one")
	// The value is fixed (RFC 7523 section 2.2,
	// https://www.rfc-editor.org/rfc/rfc7523#section-2.2).
	case parameters.Get("client_assertion_type") != assertionType:
		return Presented{}, invalidClient("client_assertion_type must be " + assertionType)
	}
	read, err := readAssertion(parameters.Get("client_assertion"))
	if err != nil {
		return Presented{}, invalidClient("client_assertion is not a JWT")
	}
	subject, _ := read.Claims["sub"].(string)
	client, ok := ClientOfAssertion.In(r)(subject, id)
	if !ok {
		return Presented{}, invalidClient("client_id is not the subject of the assertion")
	}
	return Presented{ID: client, Assertion: &read}, nil
}

// ClientOfAssertion is the client that authenticates: the subject of its assertion. A
// client_id is not needed, and one that is there names the same client (RFC 7521
// section 4.2, https://www.rfc-editor.org/rfc/rfc7521#section-4.2).
var ClientOfAssertion = rule.New(func(subject, clientID string) (client string, ok bool) {
	return subject, clientID == "" || clientID == subject
})

func readAssertion(raw string) (Assertion, error) {
	read := Assertion{raw: raw, Claims: jwt.MapClaims{}}
	parsed, _, err := jwt.NewParser().ParseUnverified(raw, read.Claims)
	if parsed == nil || err != nil && !errors.Is(err, jwt.ErrTokenUnverifiable) || token.CheckEncoding(raw) != nil {
		return Assertion{}, jwt.ErrTokenMalformed
	}
	read.Header = parsed.Header
	read.Algorithm, _ = parsed.Header["alg"].(string)
	read.KeyID, _ = parsed.Header["kid"].(string)
	return read, nil
}

// proveAssertion holds the assertion against the registration of the client:
// first the signature, so that only the client learns what else is wrong. What is
// wrong is always invalid_client (RFC 7523 section 3.2,
// https://www.rfc-editor.org/rfc/rfc7523#section-3.2).
func proveAssertion(ctx context.Context, r *realm.Realm, client store.Client, a Assertion) error {
	if err := a.verify(ctx, r, client); err != nil {
		return err
	}
	if refused := AssertionFits.In(r)(r, client, a); refused != nil {
		return refused
	}
	return a.spend(ctx, r, client)
}
