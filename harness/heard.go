package harness

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	generated "github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/report"
)

// heard is what the servers received of an agent or an MCP server, whose own
// exchanges the examiner does not send.
func (r *running) heard(ctx context.Context) []report.Exchange {
	requests, _, err := r.world.Traffic(ctx)
	if err != nil {
		return nil
	}
	party := map[string]string{"mcp-server": "MCP server", "mcp-client": "agent"}[r.scenario.Role]
	var exchanges []report.Exchange
	for _, request := range requests {
		if request.Role == "mcp-server" {
			continue // The examiner sent it itself.
		}
		from := party
		if request.Headers != nil && strings.Contains((*request.Headers)["User-Agent"], "resource-server") {
			from = "protected resource"
		}
		to, endpoint := "authorization server", strings.TrimPrefix(request.Path, "/oauth/")
		if request.Role == "resource-server" {
			to, endpoint = "protected resource", "resource"
		} else if strings.HasPrefix(request.Path, "/.well-known/") {
			endpoint = "metadata"
		}
		exchanges = append(exchanges, report.Exchange{
			Purpose: new(generated.ExchangePurpose("request")), Endpoint: &endpoint, From: &from, To: &to,
			Method: request.Method, URL: request.Path, Request: r.world.Log.Redact(textOf(request)), Status: request.Status, Response: "",
		})
	}
	return exchanges
}

// hidden are the headers and parameters that are never shown: an agent's
// secrets are not known to the examiner, so that it cannot shorten them.
var hidden = []string{"Authorization", "Cookie", "client_secret", "code", "code_verifier", "token", "access_token", "refresh_token", "client_assertion"}

func textOf(request control.Request) string {
	var lines []string
	for _, part := range []*map[string]string{request.Headers, request.Parameters} {
		if part == nil {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(*part)) {
			value := (*part)[name]
			if slices.Contains(hidden, name) {
				scheme, _, _ := strings.Cut(value, " ")
				value = "…"
				if name == "Authorization" {
					value = scheme + " …"
				}
			}
			lines = append(lines, fmt.Sprintf("%s: %s", name, value))
		}
	}
	return strings.Join(lines, "\n")
}
