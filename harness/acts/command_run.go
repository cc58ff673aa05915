package acts

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// runCommand starts the command with the URL of a server, and waits for its end. It
// returns the end of what it wrote, and why it did not succeed: a *check.Inconclusive
// where it did not even end by itself.
func runCommand(ctx context.Context, client target.MCPClient, server string, environment []string) (string, error) {
	patience := cmp.Or(client.Timeout, CommandPatience)
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var said, complained tail
	program := exec.CommandContext(limited, client.Command[0], append(slices.Clone(client.Command[1:]), server)...)
	program.Env, program.Stdout, program.Stderr = environment, &said, &complained
	program.WaitDelay = time.Second // Its children may hold what it writes to.
	stopWithChildren(program)
	err := program.Run()
	return strings.TrimSpace(string(said) + "\n" + string(complained)), ending(err, limited.Err() != nil, patience, lastLines(string(complained)))
}

// ending tells how a command ended.
func ending(err error, late bool, patience time.Duration, lines string) error {
	if lines != "" {
		lines = "; its last lines on stderr: " + lines
	}
	exit := new(exec.ExitError)
	switch {
	case err == nil:
		return nil
	case late:
		return &check.Inconclusive{Reason: fmt.Sprintf("the command did not end within %v and was stopped; --client-timeout or mcp_client.timeout gives it more time%s", patience, lines)}
	case !errors.As(err, &exit):
		return &check.Inconclusive{Reason: fmt.Sprintf("the command cannot be started (%v); check its path and permissions", err)}
	case exit.ExitCode() < 0 || exit.ExitCode() > 125: // A signal ended it, or that of a shell could not start it.
		return &check.Inconclusive{Reason: fmt.Sprintf("the command crashed (%v)%s", err, lines)}
	}
	return fmt.Errorf("the command ended otherwise than with exit code 0 (%w)%s", err, lines)
}

// noise are lines that tell nothing of what went wrong: frames of a stack, marks under
// a column, and the name of the runtime.
var noise = regexp.MustCompile(`^\s*$|^\s+at |^[\s^~]+$|^Node\.js v|^exit status \d+$|^goroutine \d+|^\s+File "|^npm (ERR!|error)|^Bun v`)

// lastLines are the last three that say something, quoted.
func lastLines(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if !noise.MatchString(strings.TrimRight(line, "\r\n")) {
			lines = append(lines, fmt.Sprintf("%q", strings.TrimSpace(line)))
		}
	}
	return strings.Join(lines[max(0, len(lines)-3):], " ")
}

// tail is the end of what was written to it.
type tail []byte

const tailSize = 16 << 10

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	*t = append(*t, p...)
	if more := len(*t) - tailSize; more > 0 {
		*t = slices.Delete(*t, 0, more)
	}
	return len(p), nil
}

// TryCommand runs the command under examination against sound servers, whose user
// agrees to everything, before anything is judged. It tells why the command takes no
// part; what it does wrong is not looked at.
func TryCommand(ctx context.Context, run *world.Run) error {
	traffic, problem, err := tried(ctx, run, "")
	if err != nil {
		return err
	}
	switch silent := new(check.Inconclusive); {
	case errors.As(problem, &silent):
		return silent
	case len(traffic) > 0:
		return nil
	case problem != nil:
		return &check.Inconclusive{Reason: "the command sent nothing to the MCP server, whose URL is its last argument: " + problem.Error()}
	}
	return &check.Inconclusive{Reason: "the command ended with exit code 0 and sent nothing to the MCP server, whose URL is its last argument"}
}

// CommandStepsUp tells whether the command asks for more scopes where a sound MCP server
// challenges it to, which is a SHOULD
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#step-up-authorization-flow).
func CommandStepsUp(ctx context.Context, run *world.Run) (bool, error) {
	const beyond = "get_user" // It needs a scope that no client asks for at first.
	traffic, _, err := tried(ctx, run, beyond)
	asked := 0
	for _, request := range traffic {
		if places["authorization"](request) {
			asked++
		}
	}
	return asked > 1, err
}

// tried is what sound servers hear of the command, and why it did not succeed.
func tried(ctx context.Context, run *world.Run, tool string) (heard []control.Request, problem, err error) {
	w := run.New()
	defer w.Close(ctx)
	if err := PrepareMCPClient(ctx, w); err != nil {
		return nil, nil, err
	}
	if tool != "" {
		if err := w.Change(ctx, control.RealmRequest{Tools: onlyTool(tool)}); err != nil {
			return nil, nil, err
		}
	}
	setup := world.Part[ExaminedClient](w).Setup
	_, problem = runCommand(ctx, run.Target.MCPClient, setup.Server, told(setup, tool))
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	heard, _, err = w.Traffic(ctx)
	return heard, problem, err
}

// noPart tells that what is examined took no part in the scenario, so that what it did
// not do shows nothing.
func noPart(w *world.World) error {
	if silent := new(check.Inconclusive); errors.As(w.Last.Problem, &silent) {
		return silent
	}
	return nil
}
