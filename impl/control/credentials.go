package control

import (
	"encoding/json"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// minMACSecret is the length of a secret for HS256, in bytes (OpenID Connect
// Core section 16.19, https://openid.net/specs/openid-connect-core-1_0.html#SymmetricKeyEntropy).
const minMACSecret = 32

// giveCredentials gives client what its method needs, and returns its secret,
// if it has one: the one that is asked for, or a random one.
func giveCredentials(r *realm.Realm, client *store.Client, request control.ClientRequest) (string, error) {
	secret := realm.NewClientSecret.In(r)(client.AuthMethod)
	if request.ClientSecret != nil {
		secret = *request.ClientSecret
	}
	switch client.AuthMethod {
	case "none":
		return "", nil
	case "private_key_jwt":
		return "", giveKeys(client, request)
	case "client_secret_jwt":
		if request.ClientSecret != nil && len(secret) < minMACSecret {
			return "", wire.InvalidRequest("client_secret: a secret for client_secret_jwt has 32 bytes at least")
		}
	}
	r.GiveSecret(client, secret)
	return secret, nil
}

// giveKeys: the keys are in the registration or at a URL, not in both (RFC 7591
// section 2, https://www.rfc-editor.org/rfc/rfc7591#section-2).
func giveKeys(client *store.Client, request control.ClientRequest) error {
	if (request.Jwks == nil) == (request.JwksURI == nil) {
		return wire.InvalidRequest("private_key_jwt needs either jwks or jwks_uri")
	}
	if request.JwksURI != nil {
		client.JWKSURI = *request.JwksURI
		if err := token.CheckKeysURI(client.JWKSURI); err != nil {
			return wire.InvalidRequest(err.Error())
		}
		return nil
	}
	raw, err := json.Marshal(*request.Jwks)
	if err != nil {
		return err
	}
	client.JWKS = raw
	set, err := token.ParseKeySet(raw)
	if err != nil {
		return wire.InvalidRequest("jwks: " + err.Error())
	}
	if len(set) == 0 {
		return wire.InvalidRequest("jwks: it has no key that verifies a signature")
	}
	return nil
}
