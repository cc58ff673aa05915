package oauthclient

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/strictjson"
)

// register registers the client at a server (RFC 7591,
// https://www.rfc-editor.org/rfc/rfc7591), and keeps what it is given, so that
// it happens once. A refusal that other metadata may help against is answered
// with those, once
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/client-registration#dynamic-client-registration).
func (h *Handler) register(ctx context.Context, server serverMetadata, redirectURI string) (client, error) {
	metadata := h.registrationOf(server, redirectURI)
	registered, err := h.sendRegistration(ctx, *server.RegistrationEndpoint, metadata)
	if adjusted, ok := adjust(metadata, codeOf(err)); err != nil && ok {
		h.log.Info("registration refused, trying once more with other metadata", "issuer", server.Issuer, "error", codeOf(err))
		metadata = adjusted
		registered, err = h.sendRegistration(ctx, *server.RegistrationEndpoint, metadata)
	}
	if err != nil {
		return client{}, err
	}
	if problem := unusableClient(registered, metadata); problem != "" {
		return client{}, &StepError{Step: StepRegistration, URL: server.Issuer, Problem: problem, Advice: "register a client there by hand, and give its client_id and its issuer"}
	}
	kept := Registration{ClientID: registered.ClientID, ClientSecret: text(registered.ClientSecret), RedirectURI: (*metadata.RedirectUris)[0],
		AuthMethod: methodOf(registered, metadata)}
	if registered.ClientSecretExpiresAt != nil {
		kept.ExpiresAt = *registered.ClientSecretExpiresAt
	}
	h.log.Info("registered", "issuer", server.Issuer, "client_id", kept.ClientID)
	if err := h.config.Store.Update(func(s *Saved) { s.register(server.Issuer, kept) }); err != nil {
		return client{}, &StepError{Step: StepRegistration, Layer: LayerComputer, URL: server.Issuer, Problem: "registered the client, but " + err.Error(), Advice: "then try again", err: err}
	}
	return h.registered(kept), nil
}

// methodOf is the one that the server wrote down.
func methodOf(registered oauth.ClientInformation, asked oauth.ClientMetadata) string {
	return cmp.Or(text(registered.TokenEndpointAuthMethod), *asked.TokenEndpointAuthMethod)
}

// unusableClient says, as a predicate, what does not serve of what the server
// wrote down: it may replace what it was asked for (RFC 7591 section 3.2.1,
// https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1).
func unusableClient(registered oauth.ClientInformation, asked oauth.ClientMetadata) string {
	method, uri := methodOf(registered, asked), (*asked.RedirectUris)[0]
	switch {
	case text(registered.ClientSecret) == "" && (method == methodBasic || method == methodPost):
		return "registered the client for " + method + " and gave it no secret"
	case registered.RedirectUris != nil && !slices.Contains(*registered.RedirectUris, uri):
		return "registered the client for other redirect URIs than " + uri
	}
	return ""
}

// described completes what the client says of itself wherever it is known. Without
// an application_type, a server with OpenID Connect would take it for a web client
// and refuse its redirect URI (OpenID Connect Registration section 2,
// https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata).
func described(metadata oauth.ClientMetadata, redirectURI string) oauth.ClientMetadata {
	metadata.RedirectUris = &[]string{redirectURI}
	if metadata.ApplicationType == nil {
		metadata.ApplicationType = new("native")
	}
	if metadata.ResponseTypes == nil {
		metadata.ResponseTypes = &[]string{"code"}
	}
	return metadata
}

// registrationOf adds what the authorization server can do with the client.
func (h *Handler) registrationOf(server serverMetadata, redirectURI string) oauth.ClientMetadata {
	metadata := described(*h.config.Registration, redirectURI)
	if metadata.GrantTypes == nil {
		metadata.GrantTypes = &[]string{GrantAuthorizationCode}
		if supportsRefresh(server) {
			metadata.GrantTypes = &[]string{GrantAuthorizationCode, grantRefreshToken}
		}
	}
	if metadata.TokenEndpointAuthMethod == nil {
		metadata.TokenEndpointAuthMethod = new(methodForNew(server))
	}
	return metadata
}

// methodForNew: a program on a person's machine keeps no secret from that
// person, so that it is a public client wherever it may be (RFC 8252 section 8.5,
// https://www.rfc-editor.org/rfc/rfc8252#section-8.5).
func methodForNew(server serverMetadata) string {
	supported := authMethods(server)
	for _, method := range []string{methodNone, methodBasic, methodPost} {
		if slices.Contains(supported, method) {
			return method
		}
	}
	return methodNone
}

// adjust changes what a refusal may be about: servers with OpenID Connect know
// native clients at localhost alone, and others no refresh tokens.
func adjust(metadata oauth.ClientMetadata, code string) (oauth.ClientMetadata, bool) {
	switch code {
	case "invalid_redirect_uri":
		named := strings.Replace((*metadata.RedirectUris)[0], "http://127.0.0.1", "http://localhost", 1)
		changed := named != (*metadata.RedirectUris)[0]
		metadata.RedirectUris = &[]string{named}
		return metadata, changed
	case "invalid_client_metadata":
		changed := len(*metadata.GrantTypes) > 1
		metadata.GrantTypes = &[]string{GrantAuthorizationCode}
		return metadata, changed
	}
	return metadata, false
}

func (h *Handler) sendRegistration(ctx context.Context, endpoint string, metadata oauth.ClientMetadata) (oauth.ClientInformation, error) {
	var registered oauth.ClientInformation
	body, err := json.Marshal(metadata)
	if err != nil {
		return registered, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, bytes.NewReader(body))
	if err != nil {
		return registered, err
	}
	request.Header.Set("Content-Type", "application/json")
	said, err := h.ask(StepRegistration, request)
	if err != nil {
		return registered, err
	}
	failed := &StepError{Step: StepRegistration, URL: bare(request.URL), Advice: "register a client there by hand, and give its client_id and its issuer"}
	if said.status != http.StatusCreated && said.status != http.StatusOK {
		failed.Layer, failed.Code, failed.Problem = refused(said, nil)
		failed.Advice = said.advice(failed.Advice)
		return registered, failed
	}
	if strictjson.Unmarshal(said.body, &registered) != nil || registered.ClientID == "" {
		failed.Layer, failed.Problem = LayerJSON, "answered with something else than a registered client"
		return registered, failed
	}
	return registered, nil
}

// refused reads an OAuth error; the problem is a predicate without secrets.
func refused(said answer, secrets []string) (layer Layer, code, problem string) {
	var refusal oauth.Error
	if strictjson.Unmarshal(said.body, &refusal) != nil || refusal.Error == "" {
		return LayerHTTP, "", fmt.Sprintf("answered with status %d and no OAuth error", said.status)
	}
	code, description := quotable(refusal.Error, secrets), quotable(text(refusal.ErrorDescription), secrets)
	return LayerOAuth, code, "refuses with " + describe(code, description)
}
