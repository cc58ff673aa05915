package oauthclient

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/oauth"
)

// serverMetadata is what an authorization server says of itself, judged.
type serverMetadata = oauth.AuthorizationServerMetadata

// issuerDocuments are the places of an issuer's metadata, in the order in which
// they are tried
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/authorization-server-discovery#authorization-server-metadata-discovery).
func issuerDocuments(issuer string) []string {
	inserted := metadataURL(issuer)
	places := []string{inserted, strings.Replace(inserted, wellKnown, "/.well-known/openid-configuration", 1)}
	if !strings.HasSuffix(inserted, wellKnown) {
		places = append(places, strings.TrimSuffix(issuer, "/")+"/.well-known/openid-configuration")
	}
	return places
}

// authorizationServer gets and judges the metadata of an issuer.
func (h *Handler) authorizationServer(ctx context.Context, issuer string) (serverMetadata, error) {
	if err := h.judgeIssuer(issuer); err != nil {
		return serverMetadata{}, &StepError{Step: StepResource, URL: h.resource, Advice: "have the operator of the MCP server correct it",
			Problem: fmt.Sprintf("names the authorization server %q, and that %v", quotable(issuer, nil), err)}
	}
	found, err := first(issuerDocuments(issuer), func(place string) (serverMetadata, error) { return h.issuerDocument(ctx, place, issuer) })
	if err != nil {
		return found, err
	}
	if problem := h.judgeServer(found); problem != "" {
		return found, &StepError{Step: StepServer, URL: issuer, Problem: problem, Advice: "have its operator correct it, or use another authorization server"}
	}
	return found, nil
}

// judgeIssuer: an issuer identifier has no query (RFC 8414 section 2,
// https://www.rfc-editor.org/rfc/rfc8414#section-2).
func (h *Handler) judgeIssuer(issuer string) error {
	if err := h.judgeURL(issuer); err != nil {
		return err
	}
	if u, _ := url.Parse(issuer); u.RawQuery != "" || u.ForceQuery {
		return errExtra
	}
	return nil
}

func (h *Handler) issuerDocument(ctx context.Context, place, issuer string) (serverMetadata, error) {
	var found serverMetadata
	if err := h.document(ctx, StepServer, place, &found); err != nil {
		return found, err
	}
	// The issuer in the document is the very string that its URL was made from,
	// or the document is not used: otherwise anybody could speak for anybody
	// (RFC 8414 section 3.3, https://www.rfc-editor.org/rfc/rfc8414#section-3.3).
	if found.Issuer != issuer {
		return found, &StepError{Step: StepServer, URL: place, Advice: "have both operators use one spelling, to the last character",
			Problem: fmt.Sprintf("says that its issuer is %q, and it was asked for %q", quotable(found.Issuer, nil), issuer)}
	}
	return found, nil
}

// judgeServer returns why the client cannot use an authorization server, as a
// predicate.
func (h *Handler) judgeServer(found serverMetadata) string {
	forPeople := h.config.Grant == GrantAuthorizationCode
	for _, endpoint := range []struct {
		name     string
		url      *string
		required bool
	}{
		{"authorization_endpoint", found.AuthorizationEndpoint, forPeople},
		{"token_endpoint", found.TokenEndpoint, true},
		{"registration_endpoint", found.RegistrationEndpoint, false},
	} {
		if endpoint.url == nil && endpoint.required {
			return "names no " + endpoint.name
		} else if endpoint.url == nil {
			continue
		}
		if err := h.judgeURL(*endpoint.url); err != nil {
			return fmt.Sprintf("names a%s that %v", article(endpoint.name), err)
		}
	}
	return h.judgeGrant(found)
}

func article(name string) string {
	if name[0] == 'a' {
		return "n " + name
	}
	return " " + name
}

// judgeGrant: where the metadata does not list S256, the server does not support
// PKCE, and the client does not go on
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/security-considerations#authorization-code-protection).
func (h *Handler) judgeGrant(found serverMetadata) string {
	grants, methods := list(found.GrantTypesSupported), list(found.CodeChallengeMethodsSupported)
	switch {
	case len(grants) > 0 && !slices.Contains(grants, h.config.Grant):
		return "does not support the grant " + h.config.Grant
	case h.config.Grant == GrantAuthorizationCode && len(methods) == 0:
		return "has no code_challenge_methods_supported in its metadata, so that it does not support PKCE"
	case h.config.Grant == GrantAuthorizationCode && !slices.Contains(methods, "S256"):
		return "does not support the code_challenge_method S256"
	}
	return ""
}

func list(values *[]string) []string {
	if values == nil {
		return nil
	}
	return *values
}
