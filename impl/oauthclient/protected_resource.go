package oauthclient

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/oauth"
)

const wellKnownResource = "/.well-known/oauth-protected-resource"

// protectedResource finds the metadata of the MCP server: at the URL that its
// challenge names, else at the well-known path of the endpoint, else at that of
// the host
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/authorization-server-discovery#protected-resource-metadata-discovery-requirements).
func (h *Handler) protectedResource(ctx context.Context, named string) (oauth.ProtectedResourceMetadata, error) {
	return first(h.resourceDocuments(named), func(place resourceDocument) (oauth.ProtectedResourceMetadata, error) {
		return h.resourceDocument(ctx, place)
	})
}

// resourceDocument is a place of metadata and the resources that it may be
// about.
type resourceDocument struct {
	url   string
	about []string
}

// resourceDocuments: a document is about the resource whose URL it was made
// from, and one that the challenge named about the URL that the client asked
// (RFC 9728 section 3.3, https://www.rfc-editor.org/rfc/rfc9728#section-3.3).
func (h *Handler) resourceDocuments(named string) []resourceDocument {
	itself := []string{h.resource, h.config.Server}
	path := url.URL{Path: strings.TrimSuffix(h.url.Path, "/"), RawQuery: h.url.RawQuery}
	places := []resourceDocument{{root(h.url) + wellKnownResource + path.String(), itself}}
	if named != "" && named != places[0].url {
		places = append([]resourceDocument{{named, itself}}, places...)
	}
	if path.String() != "" {
		places = append(places, resourceDocument{root(h.url) + wellKnownResource, []string{root(h.url)}})
	}
	return places
}

func (h *Handler) resourceDocument(ctx context.Context, place resourceDocument) (oauth.ProtectedResourceMetadata, error) {
	var found oauth.ProtectedResourceMetadata
	failed := &StepError{Step: StepResource, URL: quotable(place.url, nil), Advice: "have the operator of the MCP server correct it, and send no token until then"}
	if err := h.judgeURL(place.url); err != nil {
		failed.Step, failed.Problem = StepChallenge, "is what the challenge names as resource_metadata, and it "+err.Error()
		return found, failed
	}
	if err := h.document(ctx, StepResource, place.url, &found); err != nil {
		return found, err
	}
	switch {
	case !slices.Contains(place.about, found.Resource):
		failed.Problem = fmt.Sprintf("is about the resource %q, and not about %q", quotable(found.Resource, nil), place.about[0])
	case found.AuthorizationServers == nil || len(*found.AuthorizationServers) == 0:
		failed.Problem = "names no authorization_servers"
	default:
		return found, nil
	}
	return found, failed
}
