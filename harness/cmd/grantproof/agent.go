package main

import (
	"errors"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/agent"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/printable"
)

const agentEnvironment = `Environment: AUTH_SERVER_URL (default http://localhost:4000), RESOURCE_SERVER_URL
(default http://localhost:4001), CLIENT_ID and CLIENT_SECRET (default: the demo
client of the agent). With --mcp the agent discovers the authorization server;
AUTH_SERVER_URL and CLIENT_SECRET then belong to --client-id.`

func newAgent() *cobra.Command {
	parent := &cobra.Command{
		Use:     "agent ACTION",
		Short:   "Tell the AI agent what to do",
		Long:    "The AI agent works on the tasks of the user on whose behalf its client acts.\n\n" + agentEnvironment,
		Example: "  grantproof agent list-tasks\n  grantproof agent create-task --title 'Write the report'\n  grantproof agent complete-oldest-pending --json\n  grantproof agent list-tasks --mcp https://mcp.example.com/mcp\n  grantproof agent tools --mcp https://mcp.example.com/mcp\n  grantproof agent call search --mcp https://mcp.example.com/mcp query='open issues' limit:=10",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	where := new(mcpFlags)
	where.add(parent)
	for _, action := range agent.Actions {
		parent.AddCommand(newAction(action, where))
	}
	parent.AddCommand(newAgentTools(where), newAgentCall(where), newAgentConformance(), newAgentDocument())
	return parent
}

func newAction(action agent.Action, where *mcpFlags) *cobra.Command {
	var asJSON bool
	values := map[string]*string{}
	cmd := &cobra.Command{
		Use: action.Name, Short: action.Summary, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			made, end, err := where.actor(cmd)
			if err != nil {
				return err
			}
			defer end()
			return act(cmd, made, action.Name, values, asJSON)
		},
	}
	cmd.Example = "  grantproof agent " + action.Name
	for _, argument := range action.Arguments {
		flag := flagOf(argument.Name)
		if argument.Required {
			cmd.Example += " --" + flag + " " + exampleOf(argument)
		}
		usage := argument.Summary
		if len(argument.OneOf) > 0 {
			usage += ": " + strings.Join(argument.OneOf, ", ")
		}
		values[argument.Name] = cmd.Flags().String(flag, "", usage)
		if argument.Required {
			_ = cmd.MarkFlagRequired(flag)
		}
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

// exampleOf is a value that an argument can have.
func exampleOf(argument agent.Argument) string {
	switch {
	case len(argument.OneOf) > 0:
		return argument.OneOf[0]
	case strings.HasSuffix(argument.Name, "id"):
		return "1"
	}
	return "'Write the report'"
}

// flagOf is the name of an argument as a flag: task_id is --task-id.
func flagOf(argument string) string { return strings.ReplaceAll(argument, "_", "-") }

func act(cmd *cobra.Command, made actor, action string, values map[string]*string, asJSON bool) error {
	arguments := map[string]string{}
	for name, value := range values {
		if cmd.Flags().Changed(flagOf(name)) {
			arguments[name] = *value
		}
	}
	result, err := made.Run(cmd.Context(), action, arguments)
	if err != nil {
		return failure(cmd, err)
	}
	if asJSON {
		return writeJSON(cmd, result)
	}
	lipgloss.Fprintln(cmd.OutOrStdout(), printable.Line(result.Sentence))
	return nil
}

// failure says what failed; a server that cannot be reached is a mistake in the
// call.
func failure(cmd *cobra.Command, err error) error {
	unreachable, step := new(oauthclient.UnreachableError), new(oauthclient.StepError)
	if errors.As(err, &unreachable) || errors.As(err, &step) && (step.Step == oauthclient.StepMCP || step.Step == oauthclient.StepConnection) {
		return err
	}
	tell(cmd.ErrOrStderr(), err)
	return errFailed
}
