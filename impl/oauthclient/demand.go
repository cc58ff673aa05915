package oauthclient

import (
	"fmt"
	"net/http"
	"strings"
)

// demand is what the MCP server wants before it answers a request.
type demand struct {
	shown    string // The token that it refused, empty for none.
	scopes   []string
	metadata string // The resource_metadata of its challenge.
	stepUp   bool   // The token is good, and its scope is not enough.
}

// key is the same for callers who are served by the same authorization.
func (d demand) key() string {
	return fmt.Sprintf("%q %q %q %v", d.shown, strings.Join(d.scopes, " "), d.metadata, d.stepUp)
}

// demandOf reads the refusal of the MCP server. A person is asked anew only if a 403 is
// about the scope (RFC 6750 section 3.1, https://www.rfc-editor.org/rfc/rfc6750#section-3.1).
func (h *Handler) demandOf(request *http.Request, response *http.Response) (demand, error) {
	d := demand{shown: shownBy(request)}
	if !within(h.url, request.URL) {
		return d, &StepError{Step: StepMCP, URL: bare(request.URL), Problem: "is not within " + h.resource + ", for which the client gets tokens", Advice: "make a handler for each MCP server"}
	}
	challenge := bearerChallenge(response.Header)
	said := describe(quotable(challenge["error"], []string{d.shown}), quotable(challenge["error_description"], []string{d.shown}))
	d.scopes, d.metadata = strings.Fields(challenge["scope"]), challenge["resource_metadata"]
	d.stepUp = response.StatusCode == http.StatusForbidden
	failed := &StepError{Step: StepMCP, URL: h.resource, Code: quotable(challenge["error"], []string{d.shown}), Advice: "have its operator look at it"}
	switch {
	case d.stepUp && !isAboutScope(challenge):
		failed.Problem = "refuses with status 403, which no other scope helps against: " + said
	case !d.stepUp && response.StatusCode != http.StatusUnauthorized:
		failed.Layer, failed.Problem = LayerHTTP, fmt.Sprintf("answered with status %d, which no token helps against", response.StatusCode)
	default:
		return d, nil
	}
	return d, failed
}

// isAboutScope tells whether a challenge says that the scope is not enough. A server
// should name the error, and need not; then the scope that it names says so (RFC 6750
// section 3, https://www.rfc-editor.org/rfc/rfc6750#section-3).
func isAboutScope(challenge map[string]string) bool {
	return challenge["error"] == "insufficient_scope" || challenge["error"] == "" && challenge["scope"] != ""
}

// shownBy is the token of a request.
func shownBy(request *http.Request) string {
	scheme, shown, _ := strings.Cut(request.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return shown
}
