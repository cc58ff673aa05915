package main

import (
	"net/url"
	"strings"

	"github.com/go-oauth2/oauth2/v4"
	"github.com/go-oauth2/oauth2/v4/errors"
	"github.com/go-oauth2/oauth2/v4/models"
	"github.com/go-oauth2/oauth2/v4/store"
)

// clients are in the library's own store. A client has one redirect URI there,
// called its domain.
func clients() *store.ClientStore {
	const native, web = "http://127.0.0.1:8765/callback", "https://app.example.com/callback"
	first := secret("PEER_SECRET")
	clients := store.NewClientStore()
	for _, client := range []models.Client{
		{ID: "confidential", Secret: first, Domain: native},
		{ID: "second", Secret: secret("PEER_SECOND_SECRET"), Domain: web + "?tenant=one"},
		{ID: "confidential-web", Secret: first, Domain: web},
		{ID: "confidential-query", Secret: first, Domain: native + "?tenant=one"},
		{ID: "confidential-reading", Secret: first, Domain: native},
		{ID: "confidential-code", Secret: first, Domain: native},
		{ID: "public", Domain: native, Public: true},
		{ID: "public-ipv6", Domain: "http://[::1]:8765/callback", Public: true},
		{ID: "public-localhost", Domain: "http://localhost:8765/callback", Public: true},
		{ID: "public-web", Domain: web, Public: true},
		{ID: "public-scheme", Domain: "com.example.app:/oauth2redirect", Public: true},
	} {
		_ = clients.Set(client.ID, &client) // Which never fails.
	}
	return clients
}

// scopesOf are what a client may ask for.
func scopesOf(client string) []string {
	if client == "confidential-reading" {
		return []string{"tasks:read"}
	}
	return []string{"tasks:read", "tasks:write"}
}

// registeredFor is the ClientAuthorizedHandler: who may use which grant. It is
// asked before anybody has authenticated.
func registeredFor(client string, grant oauth2.GrantType) (bool, error) {
	switch {
	case client == "confidential-code":
		return grant == oauth2.AuthorizationCode, nil
	case strings.HasPrefix(client, "public"):
		return grant != oauth2.ClientCredentials, nil
	}
	return true, nil
}

// matches takes the registered redirect URI and no other. Only the port of this
// machine may vary (RFC 8252 section 7.3, RFC 9700 section 4.1.3,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.1.3).
func matches(registered, requested string) error {
	address, err := url.Parse(requested)
	if err != nil {
		return errors.ErrInvalidRedirectURI
	}
	anyPort := registered
	if strings.HasPrefix(registered, "http://") {
		anyPort = strings.Replace(registered, ":8765", ":"+address.Port(), 1)
	}
	if requested != registered && requested != anyPort {
		return errors.ErrInvalidRedirectURI
	}
	return nil
}
