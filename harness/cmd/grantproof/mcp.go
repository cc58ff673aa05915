package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/mcpserver"
)

func newMCP() *cobra.Command {
	return &cobra.Command{
		Use:   "mcp",
		Short: "Be the MCP server over standard streams, for an AI assistant's configuration",
		Long: `Be the MCP server with the tools list_tasks, create_task, update_task and
get_task over standard input and output. It is itself an OAuth client of the
resource server.

Environment: AUTH_SERVER_URL (default http://localhost:4000), RESOURCE_SERVER_URL
(default http://localhost:4001), CLIENT_ID and CLIENT_SECRET (default: the demo
client mcp-task-manager).`,
		Example: `  In the configuration of an AI assistant:
    {"mcpServers": {"tasks": {"command": "grantproof", "args": ["mcp"]}}}`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := mcpserver.ConfigFromEnv(os.Getenv)
			if err != nil {
				return err
			}
			return mcpserver.ServeStdio(cmd.Context(), config)
		},
	}
}
