package oauthclient

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

const wellKnown = "/.well-known/oauth-authorization-server"

// metadataURL: the well-known path stands between the host and the path of the
// issuer (RFC 8414 section 3.1, https://www.rfc-editor.org/rfc/rfc8414#section-3.1).
func metadataURL(issuer string) string {
	scheme, rest, _ := strings.Cut(issuer, "://")
	host, path, _ := strings.Cut(rest, "/")
	if path = strings.TrimSuffix(path, "/"); path != "" {
		path = "/" + path
	}
	return scheme + "://" + host + wellKnown + path
}

// tokenEndpoint asks the issuer for its token endpoint. It asks anew at each
// renewal, which is rare, so that an endpoint may move.
func (g *grant) tokenEndpoint(ctx context.Context) (string, error) {
	metadata, err := g.metadata(ctx)
	if err != nil {
		return "", err
	}
	// The issuer in the answer is the very string that the request was made
	// from, or the answer is not used (RFC 8414 section 3.3,
	// https://www.rfc-editor.org/rfc/rfc8414#section-3.3).
	if metadata.Issuer != g.issuer.URL {
		return "", g.broken(StepServer, LayerOAuth, "says that its issuer is %q", metadata.Issuer)
	}
	if metadata.TokenEndpoint == nil {
		return "", g.broken(StepServer, LayerOAuth, "names no token_endpoint in its metadata")
	}
	return g.checkedEndpoint(*metadata.TokenEndpoint)
}

// metadata reads the first document of the issuer that exists. If there is none, the
// error is about the first place.
func (g *grant) metadata(ctx context.Context) (serverMetadata, error) {
	var found serverMetadata
	var absent error
	for _, place := range issuerDocuments(g.issuer.URL) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, place, nil)
		if err != nil {
			return found, err
		}
		err = g.exchange(StepServer, request, &found)
		if refused := new(ProtocolError); !errors.As(err, &refused) || refused.status/100 != 4 {
			return found, err
		}
		absent = cmp.Or(absent, err)
	}
	return found, absent
}

func (g *grant) checkedEndpoint(endpoint string) (string, error) {
	u, err := url.Parse(endpoint)
	if err != nil || !isHTTP(u) || u.Fragment != "" || u.User != nil {
		return "", g.broken(StepServer, LayerOAuth, "names a token_endpoint that is no plain http or https URL")
	}
	// The secret is not sent in the clear where the issuer is not
	// (RFC 6749 section 3.2, https://www.rfc-editor.org/rfc/rfc6749#section-3.2).
	if strings.HasPrefix(g.issuer.URL, "https:") && u.Scheme != "https" {
		return "", g.broken(StepServer, LayerOAuth, "is reached by https but names a token_endpoint without it")
	}
	return endpoint, nil
}
