package authserver

import (
	"context"
	"encoding/base64"
	"errors"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// authMethods are the ways to authenticate at the token endpoint, and so those
// that a client can register for.
var authMethods = append(confidentialMethods(), "none")

// confidentialMethods are the ways in which a client can prove who it is, the
// same at every endpoint.
func confidentialMethods() []string {
	return []string{"client_secret_basic", "client_secret_post", privateKeyJWT, clientSecretJWT}
}

// Presented is how a client says who it is.
type Presented struct {
	Method     string // token_endpoint_auth_method; "none" without a secret, empty with an assertion.
	ID, Secret string
	Assertion  *Assertion // nil where the client presents none.
}

// identify finds the client that sent the request and checks its secret.
func identify(ctx context.Context, id, secret *string) (store.Client, error) {
	r := realm.From(ctx)
	credentials, refused := present(ctx, r, value(id), value(secret))
	if refused != nil {
		return store.Client{}, refused
	}
	return judged(ctx, r, credentials)
}

// AuthenticateClient finds the client and checks what it presents (RFC 6749 section
// 2.3, https://www.rfc-editor.org/rfc/rfc6749#section-2.3).
var AuthenticateClient = rule.New(func(ctx context.Context, r *realm.Realm, credentials Presented) (store.Client, error) {
	client, err := r.Client(ctx, credentials.ID)
	if errors.Is(err, store.ErrNotFound) {
		token.HashOf(credentials.Secret) // as much work as for a known client
		return store.Client{}, invalidClient("client authentication failed")
	}
	if err != nil {
		return store.Client{}, err
	}
	audit.About(ctx).ClientID = client.ID
	if credentials.Assertion != nil {
		err = proveAssertion(ctx, r, client, *credentials.Assertion)
	} else if refused := CredentialsFit.In(r)(client, credentials); refused != nil {
		err = refused
	}
	if err != nil {
		return store.Client{}, err
	}
	return client, nil
})

// present reads the credentials from the header or the body.
func present(ctx context.Context, r *realm.Realm, id, secret string) (Presented, *wire.Error) {
	lines, parameters := wire.FromContext(ctx).Authorization, wire.FromContext(ctx).Parameters
	switch {
	case parameters.Has("client_assertion") || parameters.Has("client_assertion_type"):
		return presentAssertion(ctx, r, id, secret)
	case len(lines) > 1:
		return Presented{}, wire.InvalidRequest("there may be one Authorization header only")
	case len(lines) == 1:
		return presentBasic(r, lines[0], id, secret)
	case id == "":
		return Presented{}, invalidClient("the client did not say who it is: client_id is missing")
	case secret == "":
		return Presented{Method: "none", ID: id}, nil
	}
	return Presented{Method: "client_secret_post", ID: id, Secret: secret}, nil
}

func presentBasic(r *realm.Realm, header, id, secret string) (Presented, *wire.Error) {
	credentials, ok := BasicCredentials.In(r)(header)
	switch {
	case !ok:
		return Presented{}, invalidClient("the Authorization header is not Basic with a form-encoded id and secret")
	// A request that uses more than one way to authenticate is invalid_request
	// (RFC 6749 section 5.2, https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
	case secret != "", id != "" && id != credentials.ID:
		return Presented{}, wire.InvalidRequest("the client authenticates in the header and in the body; use one")
	}
	return credentials, nil
}

// BasicCredentials reads HTTP Basic, the name of which is compared without regard to
// case (RFC 9110 section 11.1, https://www.rfc-editor.org/rfc/rfc9110#section-11.1);
// id and secret were form-encoded before base64 (RFC 6749 section 2.3.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1).
var BasicCredentials = rule.New(func(header string) (credentials Presented, ok bool) {
	scheme, encoded, _ := strings.Cut(header, " ")
	encoded = strings.TrimLeft(encoded, " ")
	decoded, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if err != nil || base64.StdEncoding.EncodedLen(len(decoded)) != len(encoded) || !strings.EqualFold(scheme, "Basic") {
		return Presented{}, false
	}
	rawID, rawSecret, found := strings.Cut(string(decoded), ":")
	id, idErr := url.QueryUnescape(rawID)
	secret, secretErr := url.QueryUnescape(rawSecret)
	return Presented{Method: "client_secret_basic", ID: id, Secret: secret}, found && idErr == nil && secretErr == nil
})

// CredentialsFit holds what was presented against the registration.
var CredentialsFit = rule.New(func(client store.Client, presented Presented) *wire.Error {
	switch {
	case !client.Confidential() && presented.Secret == "":
		return nil
	// A secret does not make a public client confidential (RFC 6749 section 2.3,
	// https://www.rfc-editor.org/rfc/rfc6749#section-2.3).
	case !client.Confidential(), presented.Secret == "", client.Secret == nil, !client.Secret.Matches(presented.Secret):
		return invalidClient("client authentication failed")
	// The method is part of the registration (RFC 7591 section 2,
	// https://www.rfc-editor.org/rfc/rfc7591#section-2); the documented clients
	// use both.
	case presented.Method != client.AuthMethod && !client.Demo:
		return invalidClient("this client is registered to authenticate with " + client.AuthMethod)
	}
	return nil
})

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
