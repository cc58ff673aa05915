package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/agent"
)

func newAgentConformance() *cobra.Command {
	return &cobra.Command{
		Use:   "conformance URL",
		Short: "Run the agent as the client under the conformance tests of the Model Context Protocol",
		Long: `Connect to the MCP server at URL, authorize without a browser, list its tools and
call the first one. Exit code 0: every step worked. 1: the step that is printed failed.

Environment: MCP_CONFORMANCE_SCENARIO, MCP_CONFORMANCE_CONTEXT (JSON) and
MCP_CONFORMANCE_PROTOCOL_VERSION, as the tests set them.`,
		Example: "  npx @modelcontextprotocol/conformance client --command 'grantproof agent conformance' --scenario auth/scope-step-up",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			told, err := agent.ConformanceFromEnv(os.Getenv)
			if err != nil {
				return err
			}
			if err := told.Run(cmd.Context(), args[0]); err != nil {
				tell(cmd.ErrOrStderr(), err)
				return errFailed
			}
			return nil
		},
	}
}
