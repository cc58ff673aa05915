package authserver

import (
	"context"
	"encoding/base64"
	"errors"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
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

// presented is how a client says who it is.
type presented struct {
	method     string // token_endpoint_auth_method; "none" without a secret, empty with an assertion.
	id, secret string
	assertion  *assertion // nil where the client presents none.
}

// identify finds the client that sent the request and checks its secret.
func identify(ctx context.Context, id, secret *string) (store.Client, error) {
	r := realm.From(ctx)
	credentials, refused := present(ctx, r.Faults(), value(id), value(secret))
	if refused != nil && r.Faults().Has(faultname.PublicClientIDOptional) && wire.FromContext(ctx).Parameters.Has("code") {
		credentials, refused = holderOf(ctx, r, wire.FromContext(ctx).Parameters.Get("code")), nil
	}
	if refused != nil {
		return store.Client{}, refused
	}
	return judged(ctx, r, credentials)
}

// proven finds the client and checks what it presents.
func proven(ctx context.Context, r *realm.Realm, credentials presented) (store.Client, error) {
	client, err := r.Client(ctx, credentials.id)
	if errors.Is(err, store.ErrNotFound) {
		if r.Faults().Has(faultname.UnknownClientAccepted) {
			return store.Client{ID: credentials.id, Secret: &token.Hash{}, GrantTypes: []string{"client_credentials"}, Scope: realm.Scopes}, nil
		}
		token.HashOf(credentials.secret) // as much work as for a known client
		return store.Client{}, invalidClient("client authentication failed")
	}
	if err != nil {
		return store.Client{}, err
	}
	audit.About(ctx).ClientID = client.ID
	if credentials.assertion != nil {
		if err := proveAssertion(ctx, r, client, credentials.assertion); err != nil {
			return store.Client{}, err
		}
		return client, nil
	}
	refreshes := wire.FromContext(ctx).Parameters.Has("refresh_token")
	if refused := prove(r, client, credentials); refused != nil && !(refreshes && r.Faults().Has(faultname.RefreshUnauthenticated)) {
		return store.Client{}, refused
	}
	return client, nil
}

// present reads the credentials from the header or the body.
func present(ctx context.Context, faults faultname.Set, id, secret string) (presented, *wire.Error) {
	lines, parameters := wire.FromContext(ctx).Authorization, wire.FromContext(ctx).Parameters
	switch {
	case parameters.Has("client_assertion") || parameters.Has("client_assertion_type"):
		return presentAssertion(ctx, faults, id, secret)
	case len(lines) > 1:
		return presented{}, wire.InvalidRequest("there may be one Authorization header only")
	case len(lines) == 1:
		return presentBasic(lines[0], id, secret, faults)
	case id == "":
		return presented{}, invalidClient("the client did not say who it is: client_id is missing")
	case secret == "":
		return presented{method: "none", id: id}, nil
	}
	if faults.Has(faultname.BodyCredentialsRefused) {
		return presented{}, invalidClient("credentials belong into the Authorization header")
	}
	return presented{method: "client_secret_post", id: id, secret: secret}, nil
}

func presentBasic(header, id, secret string, faults faultname.Set) (presented, *wire.Error) {
	credentials, ok := parseBasic(header, faults)
	if !ok || faults.Has(faultname.BasicNotSupported) {
		err := invalidClient("the Authorization header is not Basic with a form-encoded id and secret")
		if faults.Has(faultname.BasicChallengeMissing) {
			err.Challenge, err.Status = "", 0
		}
		return presented{}, err
	}
	// A request that uses more than one way to authenticate is invalid_request
	// (RFC 6749 section 5.2, https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
	if (secret != "" || id != "" && id != credentials.id) && !faults.Has(faultname.TwoAuthenticationMethodsAccepted) {
		return presented{}, wire.InvalidRequest("the client authenticates in the header and in the body; use one")
	}
	return credentials, nil
}

// parseBasic reads HTTP Basic; id and secret were form-encoded before base64
// (RFC 6749 section 2.3.1, https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1).
func parseBasic(header string, faults faultname.Set) (presented, bool) {
	scheme, encoded, _ := strings.Cut(header, " ")
	encoded = strings.TrimLeft(encoded, " ")
	decoded, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if err != nil || base64.StdEncoding.EncodedLen(len(decoded)) != len(encoded) || !strings.EqualFold(scheme, "Basic") || scheme != "Basic" && faults.Has(faultname.BasicCaseSensitive) {
		return presented{}, false
	}
	rawID, rawSecret, found := strings.Cut(string(decoded), ":")
	if faults.Has(faultname.BasicNotDecoded) {
		return presented{method: "client_secret_basic", id: rawID, secret: rawSecret}, found
	}
	id, idErr := url.QueryUnescape(rawID)
	secret, secretErr := url.QueryUnescape(rawSecret)
	return presented{method: "client_secret_basic", id: id, secret: secret}, found && idErr == nil && secretErr == nil
}

// prove checks what was presented against the registration.
func prove(r *realm.Realm, client store.Client, p presented) *wire.Error {
	faults := r.Faults()
	if faults.Has(faultname.ClientSecretNotChecked) {
		return nil
	}
	failed := invalidClient("client authentication failed")
	if faults.Has(faultname.ConfigurationTold) {
		failed.Description += ": " + r.ResourceClient.Secret
	}
	if faults.Has(faultname.BasicChallengeMissing) {
		failed.Challenge, failed.Status = "", 0
	}
	if !client.Confidential() {
		if faults.Has(faultname.PublicClientsRefused) {
			return failed
		}
		// A secret does not make a public client confidential.
		if p.secret != "" && !faults.Has(faultname.PublicClientUpgraded) {
			return failed
		}
		return nil
	}
	switch {
	case faults.Has(faultname.EmptySecretAccepted) && p.secret == "" && p.method == "client_secret_basic",
		faults.Has(faultname.BodySecretNotChecked) && p.method == "client_secret_post":
		return nil
	case faults.Has(faultname.ClientSecretCutOff):
		p.secret = firstOf(p.secret, len(token.NewSecret()))
	}
	if p.secret == "" || client.Secret == nil || !client.Secret.Matches(p.secret) {
		return failed
	}
	// The method is part of the registration (RFC 7591 section 2,
	// https://www.rfc-editor.org/rfc/rfc7591#section-2); the documented clients
	// use both.
	if p.method != client.AuthMethod && !client.Demo && !faults.Has(faultname.AuthMethodNotEnforced) {
		return invalidClient("this client is registered to authenticate with " + client.AuthMethod)
	}
	return nil
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// holderOf is the client of a code, whom a faulty server believes to be there.
func holderOf(ctx context.Context, r *realm.Realm, secret string) presented {
	code, err := r.Store().TakeCode(ctx, token.HashOf(secret))
	if err != nil || r.Store().PutCode(ctx, code) != nil {
		return presented{}
	}
	grant, _ := r.Store().Grant(ctx, code.GrantID)
	return presented{method: "none", id: grant.ClientID}
}
