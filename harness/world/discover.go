package world

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
)

// Discover fetches the metadata of the target and reads its capabilities off
// it. Metadata that the target file holds stands above what is fetched.
func (r *Run) Discover(ctx context.Context) error {
	if err := r.CheckKeys(); err != nil {
		return err
	}
	if err := r.FindIssuer(ctx); err != nil {
		return err
	}
	openID, fetched, err := r.serverMetadata(ctx)
	if err != nil {
		return err
	}
	r.Metadata, r.openIDOnly = map[string]any{}, openID != nil && fetched == nil
	for _, document := range []map[string]any{openID, fetched, r.Target.AuthorizationServer.Metadata} {
		for name, value := range document {
			r.Metadata[name] = value
		}
	}
	var resource map[string]any
	if r.Target.ResourceServer.URL != "" {
		// A protected resource need not publish metadata.
		resource, _ = r.MetadataOf(ctx, WellKnown(r.Target.ResourceServer.URL, "oauth-protected-resource"))
	}
	r.Capabilities = r.Target.Derive(r.Metadata, resource, map[string]bool{
		"metadata": openID != nil || fetched != nil, "oauth_metadata": fetched != nil,
	})
	return nil
}

// serverMetadata fetches both documents of the authorization server; nil is one
// that it has not.
func (r *Run) serverMetadata(ctx context.Context) (openID, oauth map[string]any, err error) {
	server := r.Target.AuthorizationServer
	if server.Issuer == "" {
		return nil, nil, nil
	}
	openID, openIDErr := r.MetadataOf(ctx, OpenIDConfiguration(server.Issuer))
	oauth, err = r.MetadataOf(ctx, OAuthMetadata(server.Issuer))
	if err != nil && openIDErr != nil && len(server.Metadata) == 0 {
		return nil, nil, fmt.Errorf("the metadata of the issuer %s cannot be had: %w; is the issuer right? Else give authorization_server.metadata in the target file", server.Issuer, err)
	}
	return openID, oauth, nil
}

// OAuthMetadata is the URL of the metadata of an authorization server (RFC 8414
// section 3, https://www.rfc-editor.org/rfc/rfc8414#section-3).
func OAuthMetadata(issuer string) string { return WellKnown(issuer, "oauth-authorization-server") }

// DocumentOf is the metadata of an issuer, at either place.
func (r *Run) DocumentOf(ctx context.Context, issuer string) (map[string]any, error) {
	document, err := r.MetadataOf(ctx, OAuthMetadata(issuer))
	if err == nil {
		return document, nil
	}
	document, openIDErr := r.MetadataOf(ctx, OpenIDConfiguration(issuer))
	if openIDErr == nil {
		return document, nil
	}
	return nil, errors.Join(err, openIDErr)
}

// MetadataURL is where the metadata of the authorization server are. An OpenID
// provider may have those of OpenID Connect and no others.
func (w *World) MetadataURL() string {
	if w.Run.openIDOnly {
		return OpenIDConfiguration(w.Realm.Issuer)
	}
	return OAuthMetadata(w.Realm.Issuer)
}

// FindIssuer finds the authorization server of an MCP server as a client would,
// where the target names none: at the path of its endpoint, at the root, then where a
// challenge points. An API may say in the same way which one it has, and may not.
func (r *Run) FindIssuer(ctx context.Context) error {
	if r.Target.AuthorizationServer.Issuer != "" {
		return nil
	}
	endpoint, resource := r.Target.MCPServer.URL, r.Target.ResourceServer.URL
	if endpoint == "" && resource != "" {
		document, _ := r.MetadataOf(ctx, WellKnown(resource, "oauth-protected-resource"))
		if issuer := firstServer(document); issuer != "" {
			return r.take(issuer)
		}
	}
	if endpoint == "" {
		return nil
	}
	var problems []error
	for address := range r.metadataOfTools(ctx, endpoint) {
		document, err := r.MetadataOf(ctx, address)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		issuer := firstServer(document)
		if issuer == "" {
			return fmt.Errorf("the metadata of the MCP server %s name no authorization server; give authorization_server.issuer in the target file, or --issuer", endpoint)
		}
		return r.take(issuer)
	}
	return fmt.Errorf("the authorization server of the MCP server %s cannot be found: %w; give authorization_server.issuer in the target file, or --issuer", endpoint, errors.Join(problems...))
}

// take has the run examine an authorization server that a resource names. The
// secrets of the target file are not for a server that somebody else chose.
func (r *Run) take(issuer string) error {
	at, err := url.Parse(issuer)
	if err != nil {
		return fmt.Errorf("the authorization server that the resource names, %q, is no URL", issuer)
	}
	if secret := r.Target.AnySecret(); secret != "" && r.Reach != nil && !r.Reach.Trusts(at) {
		return fmt.Errorf("the resource names %s as its authorization server, and the target file does not say that %s is for it; give authorization_server.issuer in the target file, or --issuer", issuer, secret)
	}
	r.Target.AuthorizationServer.Issuer = issuer
	return nil
}

// firstServer is the first authorization server that the metadata of a resource
// name (RFC 9728 section 2, https://www.rfc-editor.org/rfc/rfc9728#section-2).
func firstServer(document map[string]any) string {
	servers, _ := document["authorization_servers"].([]any)
	if len(servers) == 0 {
		return ""
	}
	first, _ := servers[0].(string)
	return first
}

// MetadataOf fetches a metadata document. The error says what came in its place.
func (r *Run) MetadataOf(ctx context.Context, address string) (map[string]any, error) {
	log := &exchange.Log{Client: r.HTTP}
	answer, err := r.document(ctx, log, address)
	if err != nil {
		return nil, err
	}
	var document map[string]any
	switch {
	case answer.Status == http.StatusOK && json.Unmarshal(answer.Content, &document) == nil:
		return document, nil
	case answer.Status >= 300 && answer.Status < 400 && answer.Answer.Get("Location") != "":
		return nil, fmt.Errorf("%s answered with status %d, which leads to %s", address, answer.Status, answer.Answer.Get("Location"))
	case answer.IsHTML():
		return nil, fmt.Errorf("%s answered with status %d and a page of HTML, and no JSON object", address, answer.Status)
	case len(answer.Content) >= exchange.MaxContent:
		return nil, fmt.Errorf("%s answered with status %d and more than %d bytes, of which no more were read", address, answer.Status, exchange.MaxContent)
	}
	return nil, fmt.Errorf("%s answered with status %d and no JSON object", address, answer.Status)
}

// OpenIDConfiguration is the URL of the metadata of OpenID Connect: its name
// follows the issuer without a slash at its end (OpenID Connect Discovery section 4,
// https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig).
func OpenIDConfiguration(issuer string) string {
	return strings.TrimSuffix(issuer, "/") + "/.well-known/openid-configuration"
}

// WellKnown is the URL of a metadata document: its name is inserted between
// the host and the path of the identifier (RFC 8414 section 3.1,
// https://www.rfc-editor.org/rfc/rfc8414#section-3.1).
func WellKnown(identifier, name string) string {
	parsed, err := url.Parse(identifier)
	if err != nil {
		return identifier
	}
	parsed.Path = "/.well-known/" + name + strings.TrimSuffix(parsed.Path, "/")
	return parsed.String()
}

// Origin is the scheme, host and port of a URL.
func Origin(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host
}
