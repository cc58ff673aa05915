package harness

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/fixture"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// clientRole is the role of what a target with a command is.
const clientRole = "mcp-client"

// command is a client of MCP servers that is a program, among the embedded
// servers.
type command struct {
	*fixture.System
	target target.Target
}

// startCommand starts the servers that a client talks to. The client itself is
// started in each scenario.
func startCommand(t target.Target) (system, error) {
	if _, err := exec.LookPath(t.MCPClient.Command[0]); err != nil {
		return nil, fmt.Errorf("%w: mcp_client.command: the program cannot be started (%w); give its path, and each argument as an entry of its own", ErrConfiguration, err)
	}
	servers, err := fixture.Start()
	return command{servers, t}, err
}

// Begin returns what the scenarios of a run share. What the servers can do is
// not under examination, and is not claimed.
func (c command) Begin(ctx context.Context, faults []string) (*world.Run, error) {
	if len(faults) > 0 {
		return nil, errors.New("faults are switched on in the reference system, and the target is a command; leave them out")
	}
	run, err := c.System.Begin(ctx, nil)
	if err != nil {
		return nil, err
	}
	run.Target.Name = cmp.Or(c.target.Name, strings.Join(c.target.MCPClient.Command, " "))
	run.Target.MCPClient, run.Target.Flags = c.target.MCPClient, c.target.Flags
	run.Target.Profiles = c.target.Profiles
	if len(run.Target.Profiles) == 0 {
		run.Target.Profiles = []string{"mcp-2025-11-25", "mcp-2026-07-28"}
	}
	run.Capabilities = map[string]bool{"control": true}
	return run, nil
}

// examinesCommand: the target is a client, whose servers are ours.
func (c Config) examinesCommand() bool { return c.Target != nil && len(c.Target.MCPClient.Command) > 0 }

// checkCommand finds what cannot be meant of a target that is a command.
func (c Config) checkCommand() error {
	if !c.examinesCommand() {
		return nil
	}
	if slices.ContainsFunc(c.Roles, func(role string) bool { return role != clientRole }) {
		return fmt.Errorf("the target is a command, which is examined as %s alone; leave the other roles out", clientRole)
	}
	return c.Target.Check()
}
