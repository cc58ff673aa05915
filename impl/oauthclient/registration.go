package oauthclient

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// client is who the client is at one authorization server. One without an id
// has to register there first.
type client struct {
	id, secret  string
	key         *Key
	method      string // The token_endpoint_auth_method; empty where the server's metadata decides.
	redirectURI string // As it is registered; empty where the configured one is.
}

// clientAt says who the client is at a server: the one that was registered
// beforehand, else the one of the metadata document, else the one that
// registered itself
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/client-registration).
func (h *Handler) clientAt(server serverMetadata) (client, error) {
	if c, ok := h.preRegistered(server.Issuer); ok {
		return client{id: c.ClientID, secret: c.ClientSecret, key: c.Key, method: c.AuthMethod}, nil
	}
	if h.config.MetadataURL != "" && isTrue(server.ClientIDMetadataDocumentSupported) {
		return client{id: h.config.MetadataURL, key: h.config.Key}, nil
	}
	if h.config.Registration == nil || h.config.Grant != GrantAuthorizationCode {
		return client{}, h.unknownAt(server)
	}
	saved, err := h.config.Store.Load()
	if err != nil {
		return client{}, &StepError{Step: StepRegistration, Layer: LayerComputer, URL: server.Issuer, Problem: "may know the client, but " + err.Error(), Advice: "then try again", err: err}
	}
	if r, ok := saved.Registrations[server.Issuer]; ok && (r.ExpiresAt == 0 || h.now().Unix() < r.ExpiresAt) {
		return h.registered(r), nil
	}
	if server.RegistrationEndpoint == nil {
		return client{}, h.unknownAt(server)
	}
	return client{}, nil
}

func (h *Handler) registered(r Registration) client {
	return client{id: r.ClientID, secret: r.ClientSecret, key: h.config.Key, method: r.AuthMethod, redirectURI: r.RedirectURI}
}

// preRegistered finds the credentials for an issuer. Those that name none are
// for the first one that was found, and for no other after it.
func (h *Handler) preRegistered(issuer string) (Credentials, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	i := h.credentialsFor(issuer)
	if i < 0 {
		return Credentials{}, false
	}
	h.config.Credentials[i].Issuer = issuer
	return h.config.Credentials[i], true
}

// credentialsFor is the index of the credentials for an issuer, -1 for none.
func (h *Handler) credentialsFor(issuer string) int {
	of := func(issuer string) int {
		return slices.IndexFunc(h.config.Credentials, func(c Credentials) bool { return c.Issuer == issuer })
	}
	if i := of(issuer); i >= 0 {
		return i
	}
	return of("")
}

// unknownAt says what a person can do where the client can get no client_id.
func (h *Handler) unknownAt(server serverMetadata) error {
	failed := &StepError{Step: StepRegistration, URL: server.Issuer, Problem: "does not know the client and offers no way to register that it can use",
		Advice: "register a client there, and give its client_id and its issuer"}
	switch {
	case len(h.config.Credentials) > 0:
		var issuers []string
		for _, c := range h.config.Credentials {
			issuers = append(issuers, cmp.Or(c.Issuer, "any"))
		}
		failed.Problem = fmt.Sprintf("is now the authorization server of %s, and the credentials are for %s, so that they are not shown to it", h.resource, strings.Join(issuers, ", "))
	case h.config.MetadataURL != "":
		failed.Problem = "does not support client ID metadata documents, and offers no registration that the client can use"
	}
	return failed
}

func isTrue(value *bool) bool { return value != nil && *value }
