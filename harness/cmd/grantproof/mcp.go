package main

import (
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/mcpserver"
	"github.com/grantproof/grantproof/impl/realm"
)

func newMCP() *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Run the MCP server over standard streams, for the configuration of an AI assistant, or over HTTP",
		Long: `Run the MCP server with the tools list_tasks, create_task, update_task and get_task
over standard input and output. It is an OAuth client of the resource server.

Environment: AUTH_SERVER_URL (default http://localhost:4000), RESOURCE_SERVER_URL
(default http://localhost:4001), CLIENT_ID and CLIENT_SECRET (default: the demo
client mcp-task-manager).

With --http it is a protected resource on an address of this machine, and its callers
need a token of the authorization server. The authorization server must know this
address; the one of "grantproof serve" knows localhost:4002. MCP_CLIENT_SECRET is then
the secret of the client task-mcp, which exchanges these tokens for tokens of the
resource server.`,
		Example: `  In the configuration of an AI assistant:
    {"mcpServers": {"tasks": {"command": "grantproof", "args": ["mcp"]}}}

  grantproof serve --mcpserver ""        without an MCP server; then, in another terminal
  grantproof mcp --http localhost:4002`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := mcpserver.ConfigFromEnv(os.Getenv)
			if err != nil {
				return err
			}
			if address == "" {
				return mcpserver.ServeStdio(cmd.Context(), config)
			}
			if err := checkLoopback(address); err != nil {
				return err
			}
			return serve(cmd, impl.Config{
				MCPServer: address, Issuer: config.AuthServer, Resource: config.ResourceServer, MCPSecret: os.Getenv("MCP_CLIENT_SECRET"),
				Policy: realm.Policy{Documented: true, Verify: realm.ByJWT}, Store: "memory",
				Log: slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil)),
			})
		},
	}
	cmd.Flags().StringVar(&address, "http", "", "loopback `address` to serve Streamable HTTP on, such as localhost:4002 (default: standard streams)")
	return cmd
}
