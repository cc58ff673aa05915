package world

import (
	"context"
	"iter"
	"net/http"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
)

// metadataOfTools are the URLs at which a client may find the metadata of an MCP server;
// the server is asked for a challenge only if the others have nothing.
func (r *Run) metadataOfTools(ctx context.Context, endpoint string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield(WellKnown(endpoint, "oauth-protected-resource")) || !yield(WellKnown(Origin(endpoint), "oauth-protected-resource")) {
			return
		}
		if named := r.challenged(ctx, endpoint); named != "" {
			yield(named)
		}
	}
}

// challenged is the URL of the metadata in the challenge of an MCP server (RFC 9728
// section 5.1, https://www.rfc-editor.org/rfc/rfc9728#section-5.1); "" for none.
func (r *Run) challenged(ctx context.Context, endpoint string) string {
	log := &exchange.Log{Client: r.HTTP}
	answer, err := log.Send(ctx, exchange.Request{
		Endpoint: exchange.MCP, Method: http.MethodPost, URL: endpoint, Body: []byte(`{"jsonrpc":"2.0","id":1,"method":"ping"}`),
		Header: http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"}},
	})
	if err != nil {
		return ""
	}
	challenge, err := check.Challenge(answer, "Bearer")
	if err != nil {
		return ""
	}
	return challenge["resource_metadata"]
}
