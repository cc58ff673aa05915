package oauthclient

import (
	"net/http"
)

// HTTPClient is for the requests to the MCP server itself: it follows redirects
// within the server alone, as no other one must see the token. It has no
// timeout, as answers may be long; the context of a call bounds it, and
// maxMessage each message.
func (h *Handler) HTTPClient() *http.Client {
	var base http.RoundTripper
	if h.config.HTTPClient != nil {
		base = h.config.HTTPClient.Transport
	}
	return &http.Client{Transport: bounded{patiently(base, h.config.Wait, h.now)}, CheckRedirect: redirectsWithin(h.url, func(problem string) error {
		return &StepError{Step: StepMCP, URL: h.resource, Problem: problem, Advice: "give the URL that it really has"}
	})}
}
