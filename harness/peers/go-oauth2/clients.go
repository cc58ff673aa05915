package main

import (
	"net/url"
	"strings"

	"github.com/go-oauth2/oauth2/v4"
	"github.com/go-oauth2/oauth2/v4/errors"
	"github.com/go-oauth2/oauth2/v4/models"
	"github.com/go-oauth2/oauth2/v4/store"
)

// scopes are what every client may ask for.
var scopes = []string{"read", "write"}

const (
	native = "http://127.0.0.1:8765/callback"
	web    = "https://app.example.com/callback?tenant=one"
)

// clients are in the library's own store. A client has one redirect URI there,
// called its domain.
func clients() *store.ClientStore {
	clients := store.NewClientStore()
	for _, client := range []models.Client{
		{ID: "confidential", Secret: secret("PEER_SECRET"), Domain: native},
		{ID: "second", Secret: secret("PEER_SECOND_SECRET"), Domain: web},
		{ID: "public", Domain: native, Public: true},
	} {
		_ = clients.Set(client.ID, &client) // Which never fails.
	}
	return clients
}

// registeredFor is the ClientAuthorizedHandler: who may use which grant. It is
// asked before anybody has authenticated.
func registeredFor(client string, grant oauth2.GrantType) (bool, error) {
	return client != "public" || grant != oauth2.ClientCredentials, nil
}

// matches takes the registered redirect URI and no other. Only the port of the
// loopback address may vary (RFC 8252 section 7.3,
// https://www.rfc-editor.org/rfc/rfc8252#section-7.3).
func matches(registered, requested string) error {
	address, err := url.Parse(requested)
	if err != nil {
		return errors.ErrInvalidRedirectURI
	}
	anyPort := strings.Replace(native, ":8765", ":"+address.Port(), 1)
	if requested != registered && (registered != native || requested != anyPort) {
		return errors.ErrInvalidRedirectURI
	}
	return nil
}
