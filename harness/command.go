package harness

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/fixture"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// clientRole is the role of a command.
const clientRole = "mcp-client"

// command is a client of MCP servers that is a program, among the embedded
// servers; and the servers of the target, if it names some.
type command struct {
	*fixture.System
	target target.Target
}

// startCommand starts the servers that the client talks to. The client itself is
// started in each scenario.
func startCommand(t target.Target) (system, error) {
	if _, err := exec.LookPath(t.MCPClient.Command[0]); err != nil {
		return nil, fmt.Errorf("%w: mcp_client.command: the program cannot be started (%w); give its path, and each argument as an entry of its own", ErrConfiguration, err)
	}
	servers, err := fixture.Start()
	return command{servers, t}, err
}

// Begin returns what the scenarios of a run share.
func (c command) Begin(ctx context.Context, altered world.Altered) (*world.Run, error) {
	if !altered.Nothing() {
		return nil, errors.New("faults and variants are switched on in the reference system, and the target is another; leave them out")
	}
	client, err := c.beginClient(ctx)
	if err != nil || !c.target.HasServers() {
		return client, err
	}
	run, err := remote{target: c.target}.Begin(ctx, world.Altered{})
	if err != nil {
		return nil, err
	}
	run.Clients = client
	return run, nil
}

// beginClient is the part of the run that is about the client. What its servers
// can do is not under examination, and is not claimed.
func (c command) beginClient(ctx context.Context) (*world.Run, error) {
	run, err := c.System.Begin(ctx, world.Altered{})
	if err != nil {
		return nil, err
	}
	run.Target.Name = cmp.Or(c.target.Name, strings.Join(c.target.MCPClient.Command, " "))
	run.Target.MCPClient, run.Target.Flags, run.Target.Profiles = c.target.MCPClient, c.target.Flags, c.target.Profiles
	if len(run.Target.Profiles) == 0 {
		run.Target.Profiles = []string{"mcp-2025-11-25", "mcp-2026-07-28"}
	}
	run.Capabilities = map[string]bool{"control": true, "refreshes": true, "offline_access": true, "client_document": true}
	return run, c.tryClient(ctx, run)
}

// tryClient finds a client that takes no part, before anything is judged.
func (c command) tryClient(ctx context.Context, run *world.Run) error {
	began, silent := time.Now(), new(check.Inconclusive)
	err := acts.TryCommand(ctx, run)
	if errors.As(err, &silent) {
		run.Leave(world.Absence{Reason: "a sound MCP server was tried first: " + silent.Reason, Since: began})
		return nil
	}
	if err != nil {
		return err
	}
	run.Capabilities["step_up"], err = acts.CommandStepsUp(ctx, run)
	return err
}

// examinesCommand: the target has a client.
func (c Config) examinesCommand() bool { return c.Target != nil && len(c.Target.MCPClient.Command) > 0 }

// commandAlone: the target is a client and nothing else.
func (c Config) commandAlone() bool { return c.examinesCommand() && !c.Target.HasServers() }

// checkCommand finds roles that a client alone does not have.
func (c Config) checkCommand() error {
	if c.commandAlone() && slices.ContainsFunc(c.Roles, func(role string) bool { return role != clientRole }) {
		return fmt.Errorf("the target is a client alone, which is examined as %s; leave the other roles out, or name servers too", clientRole)
	}
	return nil
}
