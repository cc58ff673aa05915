package oauthclient

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
)

// The ways in which a client authenticates at the token endpoint (RFC 7591
// section 2, https://www.rfc-editor.org/rfc/rfc7591#section-2).
const (
	methodNone          = "none"
	methodBasic         = "client_secret_basic"
	methodPost          = "client_secret_post"
	methodPrivateKeyJWT = "private_key_jwt"

	assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
)

// authMethods are those that a server supports; client_secret_basic where it
// does not say (RFC 8414 section 2, https://www.rfc-editor.org/rfc/rfc8414#section-2).
func authMethods(server serverMetadata) []string {
	if server.TokenEndpointAuthMethodsSupported == nil {
		return []string{methodBasic}
	}
	return *server.TokenEndpointAuthMethodsSupported
}

// methodAt chooses how the client authenticates. A public client proves
// nothing: it never tries a secret that it does not have.
func (c client) methodAt(server serverMetadata) (string, error) {
	supported := authMethods(server)
	problem := ""
	switch {
	case c.method != "":
		return c.method, nil
	case c.key != nil && slices.Contains(supported, methodPrivateKeyJWT):
		return methodPrivateKeyJWT, nil
	case c.key != nil:
		problem = "does not support private_key_jwt, with which the client authenticates"
	case c.secret == "":
		return methodNone, nil
	case slices.Contains(supported, methodBasic):
		return methodBasic, nil
	case slices.Contains(supported, methodPost):
		return methodPost, nil
	default:
		problem = "supports neither client_secret_basic nor client_secret_post, and the client has a secret"
	}
	return "", &StepError{Step: StepToken, URL: server.Issuer, Problem: problem, Advice: "register the client there for one of its token_endpoint_auth_methods_supported"}
}

// authenticate completes a token request by who sends it.
func (h *Handler) authenticate(who party, form url.Values, header http.Header) error {
	method, err := who.client.methodAt(who.server)
	if err != nil {
		return err
	}
	c := who.client
	switch method {
	case methodBasic:
		header.Set("Authorization", credentials{c.id, c.secret}.basic())
		return nil
	case methodPost:
		form.Set("client_secret", c.secret)
	case methodPrivateKeyJWT:
		assertion, err := h.assertion(who)
		if err != nil {
			return err
		}
		form.Set("client_assertion_type", assertionType)
		form.Set("client_assertion", assertion)
	case methodNone:
	default:
		return &StepError{Step: StepToken, URL: who.server.Issuer, Problem: fmt.Sprintf("registered the client for %q, which it cannot do", quotable(method, nil)),
			Advice: "register it for " + cmp.Or(methodFor(c), methodNone)}
	}
	form.Set("client_id", c.id)
	return nil
}

func methodFor(c client) string {
	switch {
	case c.key != nil:
		return methodPrivateKeyJWT
	case c.secret != "":
		return methodBasic
	}
	return ""
}
