package fault

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// Faults of the client; all of them are edits of what it sends and sees.
const (
	TokenInRequestURL         Name = "token-in-request-url"
	TokenNotInHeader          Name = "token-not-in-header"
	TokenForEveryCall         Name = "token-for-every-call"
	ExpiredTokenKept          Name = "expired-token-kept"
	MetadataIssuerNotCompared Name = "metadata-issuer-not-compared"
)

var mcpClient = []Fault{
	{TokenInRequestURL, MCPClient, "mcp-2026-07-28-token-usage/not-in-query", "The client puts its token into the URL as well."},
	{TokenNotInHeader, MCPClient, "mcp-2026-07-28-token-usage/authorization-header", "The client sends its token in a header of its own."},
	{TokenForEveryCall, MCPClient, "documented-client/token-kept", "The client gets a new token for every call."},
	{ExpiredTokenKept, MCPClient, "documented-client/token-renewed", "The client uses its token until it is refused."},
	{MetadataIssuerNotCompared, MCPClient, "rfc8414-3.3/issuer-validated", "The client uses the metadata of another issuer."},
}

// ClientClock is the time as the client believes it to be.
func ClientClock(set Set, now func() time.Time) func() time.Time {
	switch {
	case set.Has(TokenForEveryCall):
		var looks atomic.Int64
		return func() time.Time { return now().Add(time.Duration(looks.Add(1)) * 24 * time.Hour) }
	case set.Has(ExpiredTokenKept):
		stopped := now()
		return func() time.Time { return stopped }
	}
	return now
}

// ClientTransport edits what the client sends and receives.
func ClientTransport(set Set, base http.RoundTripper) http.RoundTripper {
	if len(set) == 0 {
		return base
	}
	return clientTransport{set, base}
}

type clientTransport struct {
	set  Set
	base http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (t clientTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	edited := r.Clone(r.Context())
	token, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if isBearer && t.set.Has(TokenInRequestURL) {
		addToQuery(edited, "access_token", token)
	}
	if isBearer && t.set.Has(TokenNotInHeader) {
		edited.Header.Del("Authorization")
		edited.Header.Set("X-Token", token)
	}
	response, err := t.base.RoundTrip(edited)
	if err != nil || !t.set.Has(MetadataIssuerNotCompared) || !strings.Contains(r.URL.Path, "oauth-authorization-server") {
		return response, err
	}
	return forgiveIssuer(response)
}

func addToQuery(r *http.Request, name, value string) {
	query := r.URL.Query()
	query.Set(name, value)
	r.URL.RawQuery = query.Encode()
}

// forgiveIssuer shows the client the issuer that it wants to see.
func forgiveIssuer(response *http.Response) (*http.Response, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	if err := response.Body.Close(); err != nil {
		return nil, err
	}
	body = bytes.ReplaceAll(body, []byte(`/","jwks_uri"`), []byte(`","jwks_uri"`))
	response.Body, response.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	response.Header.Del("Content-Length")
	return response, nil
}
