package agent

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/printable"
)

// inWords leaves of an error what a person can use: what the call waited for, where it
// was ended, the step that failed, where the SDK has wrapped one, and else what it says
// of the layer.
func (r *Remote) inWords(ctx context.Context, step oauthclient.Step, err error) error {
	if ctx.Err() != nil && r.handler.Asks() {
		return r.handler.Unfinished(ctx.Err())
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return &oauthclient.StepError{Step: step, Layer: oauthclient.LayerComputer, URL: r.server, Problem: "was not waited for, as the call was cancelled", Advice: "call again"}
	}
	return inWords(step, r.server, err)
}

func inWords(step oauthclient.Step, server string, err error) error {
	if failed := new(oauthclient.StepError); errors.As(err, &failed) {
		return failed
	}
	failed := &oauthclient.StepError{Step: step, Layer: layerOf(err), URL: server, Advice: "check that it runs and that this is its URL"}
	if errors.Is(err, context.DeadlineExceeded) {
		err = errors.New("it did not answer the message in time")
	}
	if sent := new(url.Error); errors.As(err, &sent) {
		err = sent.Err
	}
	failed.Problem = "does not serve (" + printable.Line(err.Error()) + ")"
	switch status := statusIn(err); {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		failed.Layer, failed.Advice = oauthclient.LayerOAuth, "have its operator look at which issuer, audience and scope it wants"
		failed.Problem = "refuses the token that its authorization server issued (" + printable.Line(err.Error()) + ")"
	case status >= http.StatusInternalServerError || status == http.StatusTooManyRequests:
		failed.Advice = "try again later"
	}
	return failed
}

// layerOf reads in the text of the SDK what its errors do not say otherwise.
func layerOf(err error) oauthclient.Layer {
	sent := new(url.Error)
	text := err.Error()
	switch {
	case errors.As(err, &sent), errors.Is(err, context.DeadlineExceeded), strings.Contains(text, "failed to read body"):
		return oauthclient.LayerNetwork
	case strings.Contains(text, "failed to decode response"):
		return oauthclient.LayerJSON
	case statusIn(err) != 0:
		return oauthclient.LayerHTTP
	}
	return oauthclient.LayerMCP
}

// statusIn is the status with whose text an error of the SDK ends, 0 for none.
func statusIn(err error) int {
	for status := http.StatusBadRequest; status < 600; status++ {
		if text := http.StatusText(status); text != "" && strings.HasSuffix(err.Error(), ": "+text) {
			return status
		}
	}
	return 0
}

// refused is what a tool says why it did not do what it was called for.
func (r *Remote) refused(result *mcp.CallToolResult) error {
	return &toolError{r.server, printable.Line(said(result))}
}

// toolError is in the words of a tool.
type toolError struct{ server, says string }

// Error implements error.
func (e *toolError) Error() string {
	return string(oauthclient.StepToolCall) + " (" + string(oauthclient.LayerMCP) + "): " + e.server + " says: " + e.says
}
