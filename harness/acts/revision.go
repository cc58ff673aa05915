package acts

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// The revisions of MCP on which scenarios speak.
const (
	Stateful  = "2025-11-25"
	Stateless = "2026-07-28"
)

// Speak chooses the revision of the protocol.
func Speak(ctx context.Context, w *world.World, revision string) error {
	world.Part[ToolServer](w).Revision = revision
	if spoken := w.Run.Setting.Revisions(ctx, w.Run); !slices.Contains(spoken, revision) {
		return &check.NotApplicable{Reason: fmt.Sprintf("the MCP server does not speak the revision %s; it speaks %s", revision, strings.Join(spoken, " and "))}
	}
	return nil
}
