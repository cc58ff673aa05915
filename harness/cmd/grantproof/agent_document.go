package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/agent"
	"github.com/grantproof/grantproof/impl/oauthclient"
)

func newAgentDocument() *cobra.Command {
	var name, redirectURI string
	cmd := &cobra.Command{
		Use:   "client-metadata URL",
		Short: "Print the client ID metadata document to publish at URL",
		Long: `Print the client ID metadata document of the agent. Publish it at URL: by https, as
application/json, with status 200 and without redirects. The agent then identifies
itself with --client-metadata URL and does not register.`,
		Example: `  grantproof agent client-metadata https://app.example.com/agent.json > agent.json
  grantproof agent list-tasks --mcp https://mcp.example.com/mcp --client-metadata https://app.example.com/agent.json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			config := oauthclient.HandlerConfig{MetadataURL: args[0], RedirectURI: redirectURI, Registration: agent.Metadata(name)}
			document, err := config.Document()
			if err == nil {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s\n", document)
			}
			return err
		},
	}
	cmd.Flags().StringVar(&name, "name", "grantproof agent", "the `name` that people see")
	cmd.Flags().StringVar(&redirectURI, "redirect-uri", "", "the redirect `URI`, on the machine of the person (default http://127.0.0.1/callback at any port)")
	return cmd
}
