package acts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
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
