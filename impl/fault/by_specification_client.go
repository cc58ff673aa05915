package fault

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Faults of a client that were written as those of the servers were: by the
// specification alone.
const (
	ChallengeCutToSupported  Name = "challenge-cut-to-supported-scopes"
	StepUpCutToSupported     Name = "step-up-cut-to-supported-scopes"
	UnlistedChallengeIgnored Name = "unlisted-challenge-ignored"
	ConsentAskedOnce         Name = "consent-asked-for-once"
	LoginAskedForConsent     Name = "login-asked-for-instead-of-consent"
	OfflineAccessAlone       Name = "consent-not-asked-for-offline-access-alone"
)

var _ = add([]Fault{
	{Name: ChallengeCutToSupported, Role: MCPClient, Violates: ids{mcpSpec + "scope-selection-strategy/no-set-relation"}, Summary: "At first the client asks only for the challenged scopes that are in scopes_supported."},
	{Name: StepUpCutToSupported, Role: MCPClient, Violates: ids{mcpSpec + "scope-selection-strategy/no-set-relation"}, Summary: "When its scope does not suffice, the client asks only for scopes that are in scopes_supported."},
	{Name: UnlistedChallengeIgnored, Role: MCPClient, Violates: ids{mcpSpec + "scope-selection-strategy/no-set-relation"}, Summary: "Where a challenge names a scope that is not in scopes_supported, the client asks for these instead."},
	{Name: ConsentAskedOnce, Role: MCPClient, Violates: ids{"oidc-core-11/prompt-consent-sent"}, Summary: "When it authorizes again, the client asks for offline access without prompt."},
	{Name: LoginAskedForConsent, Role: MCPClient, Violates: ids{"oidc-core-11/prompt-consent-sent"}, Summary: "The client asks for offline access with prompt=login."},
	{Name: OfflineAccessAlone, Role: MCPClient, Violates: ids{"oidc-core-11/prompt-consent-sent"}, Summary: "A client that asks for offline access and nothing else does so without prompt."},
})

// editBySpecification edits the parameters of an authorization request.
func (b *ClientBrowser) editBySpecification(query url.Values) {
	again := b.sent > 1
	switch scope := query.Get("scope"); {
	case b.set.Has(ConsentAskedOnce) && again, b.set.Has(OfflineAccessAlone) && scope == "offline_access":
		query.Del("prompt")
	case b.set.Has(LoginAskedForConsent) && query.Has("prompt"):
		query.Set("prompt", "login")
	case b.set.Has(ChallengeCutToSupported) && !again, b.set.Has(StepUpCutToSupported) && again:
		query.Set("scope", strings.Join(slices.DeleteFunc(strings.Fields(scope), b.isUnlisted), " "))
	case b.set.Has(UnlistedChallengeIgnored) && slices.ContainsFunc(strings.Fields(scope), b.isUnlisted):
		query.Set("scope", strings.Join(b.supported, " "))
	}
}

// isUnlisted: whether a client may stay is between it and the authorization server.
func (b *ClientBrowser) isUnlisted(scope string) bool {
	return scope != "offline_access" && len(b.supported) > 0 && !slices.Contains(b.supported, scope)
}

// Reads has the browser know which scopes the MCP server says that it supports.
func (b *ClientBrowser) Reads(base http.RoundTripper) http.RoundTripper { return reader{b, base} }

type reader struct {
	browser *ClientBrowser
	base    http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (t reader) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := t.base.RoundTrip(r)
	if err != nil || !strings.Contains(r.URL.Path, "oauth-protected-resource") || response.StatusCode != http.StatusOK {
		return response, err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	if err := response.Body.Close(); err != nil {
		return nil, err
	}
	var resource struct {
		Scopes []string `json:"scopes_supported"`
	}
	_ = json.Unmarshal(body, &resource)
	t.browser.mu.Lock()
	t.browser.supported = resource.Scopes
	t.browser.mu.Unlock()
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}
