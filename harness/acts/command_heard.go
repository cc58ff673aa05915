package acts

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// calls are the requests that an MCP server has heard.
type calls []control.Request

// letIn: a request with a token was answered; where a tool was to be called, that
// of a call.
func (c calls) letIn(calling bool) bool {
	return slices.ContainsFunc(c, func(r control.Request) bool {
		scheme, _, _ := strings.Cut((*r.Headers)["Authorization"], " ")
		return r.Status/100 == 2 && strings.EqualFold(scheme, "Bearer") && (!calling || (*r.Parameters)["method"] == "tools/call")
	})
}

func (c calls) missing(tool string) string {
	switch {
	case len(c) == 0:
		return "the MCP server has heard nothing of it"
	case tool != "":
		return "the MCP server answered no call of the tool " + tool + ", the only one that it lists"
	}
	return "the MCP server answered no request of it with a token"
}

// speaks: a command that spoke another revision of the protocol than it was told
// shows nothing of that one.
func (c calls) speaks(revision string) error {
	var spoken []string
	for _, request := range c {
		if named := (*request.Headers)["Mcp-Protocol-Version"]; named != "" {
			spoken = append(spoken, named)
		}
	}
	if revision == "" || len(spoken) == 0 || slices.Contains(spoken, revision) {
		return nil
	}
	return &check.NotApplicable{Reason: fmt.Sprintf("the command speaks MCP %s, though MCP_CONFORMANCE_PROTOCOL_VERSION was %s", spoken[0], revision)}
}

// heardOf says what the servers heard of a client that failed: which of its requests
// they refused last, and why; else with which request it ended. That the MCP server
// wants a token is no refusal.
func heardOf(ctx context.Context, w *world.World) string {
	requests, _, err := w.Traffic(ctx)
	if err != nil || len(requests) == 0 {
		return ""
	}
	for _, r := range slices.Backward(requests) {
		switch answered := serverOf(r) + " answered its " + r.Method + " " + r.Path; {
		case r.Role == "mcp-server" && (*r.Headers)["Authorization"] == "":
		case r.Refusal != nil:
			return serverOf(r) + " refused its " + r.Method + " " + r.Path + ": " + *r.Refusal
		case r.Status >= http.StatusBadRequest:
			return fmt.Sprintf("%s with status %d", answered, r.Status)
		}
	}
	last := requests[len(requests)-1]
	return fmt.Sprintf("its last request was %s %s, which %s answered with status %d", last.Method, last.Path, serverOf(last), last.Status)
}

func serverOf(r control.Request) string {
	return "the " + strings.ReplaceAll(strings.Replace(r.Role, "mcp", "MCP", 1), "-", " ")
}
