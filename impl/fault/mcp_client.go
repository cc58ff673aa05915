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
	TokenRequestRepeated      Name = "token-request-repeated"
	AgentSaysNothing          Name = "agent-says-nothing"
	AgentHidesErrors          Name = "agent-hides-errors"
	SecretInBody              Name = "secret-in-body"
	RefusedTokenKept          Name = "refused-token-kept"
	TokenInRequestURL         Name = "token-in-request-url"
	TokenNotInHeader          Name = "token-not-in-header"
	TokenForEveryCall         Name = "token-for-every-call"
	ExpiredTokenKept          Name = "expired-token-kept"
	MetadataIssuerNotCompared Name = "metadata-issuer-not-compared"
)

var _ = add([]Fault{
	{Name: TokenRequestRepeated, Role: MCPClient, Violates: ids{"documented-client/one-renewal", "rfc6749-4.1.2/client-uses-once"}, Summary: "The client sends every token request twice."},
	{Name: AgentSaysNothing, Role: MCPClient, Violates: ids{"documented-agent/read", "documented-agent/create", "documented-agent/get", "documented-agent/update", "documented-agent/delete", "documented-agent/complete-oldest-pending", "documented-agent/complete-all-pending"}, Summary: "The agent does not say what it did."},
	{Name: AgentHidesErrors, Role: MCPClient, Violates: ids{"documented-agent/unknown-task", "documented-agent/insufficient-scope", "documented-agent/server-down"}, Summary: "The agent reports success whatever happened."},
	{Name: SecretInBody, Role: MCPClient, Violates: ids{"documented-client/client-credentials", "rfc6749-2.3.1/client-prefers-basic"}, Summary: "The client sends its id and secret in the body."},
	{Name: RefusedTokenKept, Role: MCPClient, Violates: ids{"documented-client/retry-once", "oauth-2.1-token-endpoint-response/early-expiry"}, Summary: "The client does not renew a token that is refused."},
	{Name: TokenInRequestURL, Role: MCPClient, Violates: ids{"mcp-2026-07-28-token-usage/not-in-query", "rfc9700-4.3.2/not-sent-in-query", "oauth-2.1-bearer-token-requests/header-or-body", "oauth-2.1-no-tokens-in-page-urls/not-in-url", "rfc6750-2.3/query-discouraged", "rfc6750-2/one-method"}, Summary: "The client puts its token into the URL as well."},
	{Name: TokenNotInHeader, Role: MCPClient, Violates: ids{"mcp-2026-07-28-token-usage/authorization-header", "rfc6750-2.1/client-uses-header"}, Summary: "The client sends its token in a header of its own."},
	{Name: TokenForEveryCall, Role: MCPClient, Violates: ids{"documented-client/token-kept"}, Summary: "The client gets a new token for every call."},
	{Name: ExpiredTokenKept, Role: MCPClient, Violates: ids{"documented-client/token-renewed"}, Summary: "The client uses its token until it is refused."},
	{Name: MetadataIssuerNotCompared, Role: MCPClient, Violates: ids{"rfc8414-3.3/issuer-validated"}, Summary: "The client uses the metadata of another issuer."},
})

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
	return clientTransport{set, base, &memory{texts: map[string]string{}}}
}

type clientTransport struct {
	set  Set
	base http.RoundTripper
	kept *memory
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
	if _, isBasic := strings.CutPrefix(r.Header.Get("Authorization"), "Basic "); isBasic && t.set.Has(SecretInBody) {
		if err := secretToBody(edited); err != nil {
			return nil, err
		}
	}
	if isTokenRequest(r) && t.set.Has(TokenRequestRepeated) {
		if err := t.sendBefore(edited); err != nil {
			return nil, err
		}
	}
	if err := t.editSent(edited); err != nil {
		return nil, err
	}
	if known := t.fromMemory(edited); known != nil { // Nothing is sent.
		return known, nil
	}
	response, err := t.base.RoundTrip(edited)
	if err == nil {
		err = t.editSeen(edited, response)
	}
	if err == nil && response.StatusCode == http.StatusUnauthorized && t.set.Has(RefusedTokenKept) {
		response.StatusCode = http.StatusForbidden
	}
	if err != nil || !t.set.Has(MetadataIssuerNotCompared) || !strings.Contains(r.URL.Path, "oauth-authorization-server") {
		return response, err
	}
	return forgiveIssuer(response)
}

// sendBefore sends the same request once more, ahead of it.
func (t clientTransport) sendBefore(r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	twin := r.Clone(r.Context())
	twin.Body, r.Body = io.NopCloser(bytes.NewReader(body)), io.NopCloser(bytes.NewReader(body))
	response, err := t.base.RoundTrip(twin)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

// secretToBody takes the credentials out of the header into the form.
func secretToBody(r *http.Request) error {
	id, secret, _ := r.BasicAuth()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	body = append(body, "&client_id="+id+"&client_secret="+secret...)
	r.Header.Del("Authorization")
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return nil
}

// AgentAnswer is what the agent tells of what it did.
func AgentAnswer(set Set, sentence string, err error) (string, error) {
	if set.Has(AgentHidesErrors) {
		err = nil
	}
	if set.Has(AgentSaysNothing) {
		sentence = "Done."
	}
	return sentence, err
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
