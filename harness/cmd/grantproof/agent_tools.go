package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/agent"
	"github.com/grantproof/grantproof/impl/printable"
)

func newAgentTools(where *mcpFlags) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "tools --mcp URL",
		Short:   "List the tools of an MCP server with their arguments",
		Long:    "List the tools of any MCP server with their arguments. An argument in [brackets] may be omitted.",
		Example: "  grantproof agent tools --mcp https://mcp.example.com/mcp",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return where.remotely(cmd, func(ctx context.Context, remote *agent.Remote) error {
				tools, err := remote.Tools(ctx)
				switch {
				case err != nil:
					return err
				case asJSON:
					return writeJSON(cmd, tools)
				}
				for _, tool := range tools {
					lipgloss.Fprintln(cmd.OutOrStdout(), shownTool(tool))
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the tools as JSON")
	return cmd
}

func shownTool(tool agent.Tool) string {
	line := printable.Line(tool.Name)
	for _, argument := range tool.Arguments {
		shown := argument.Name + "="
		if argument.Type != "string" && argument.Type != "" {
			shown = argument.Name + ":=" + argument.Type
		}
		if !argument.Required {
			shown = "[" + shown + "]"
		}
		line += " " + printable.Line(shown)
	}
	if tool.Description != "" {
		line += "\n    " + printable.Line(tool.Description)
	}
	return line
}

func newAgentCall(where *mcpFlags) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "call NAME [ARGUMENT…] --mcp URL",
		Short: "Call any tool of an MCP server",
		Long: `Call any tool of an MCP server. An argument is NAME=TEXT, or NAME:=JSON for a number,
a boolean, a list or an object. "grantproof agent tools" lists the tools.`,
		Example: `  grantproof agent call search --mcp https://mcp.example.com/mcp query='open issues' limit:=10
  grantproof agent call book --mcp https://mcp.example.com/mcp confirmed:=true seats:='["1A", "1B"]' --json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			arguments, err := agent.ParseArguments(args[1:])
			if err != nil {
				return err
			}
			return where.remotely(cmd, func(ctx context.Context, remote *agent.Remote) error {
				result, err := remote.CallTool(ctx, args[0], arguments)
				switch {
				case err != nil:
					return err
				case asJSON:
					return writeJSON(cmd, result)
				}
				lipgloss.Fprintln(cmd.OutOrStdout(), strings.TrimRight(printable.Text(result.Sentence), "\n"))
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

// remotely does work by the MCP server.
func (f *mcpFlags) remotely(cmd *cobra.Command, work func(context.Context, *agent.Remote) error) error {
	if f.server == "" {
		return fmt.Errorf("--mcp is missing: give the URL of the MCP server, such as grantproof agent %s --mcp https://mcp.example.com/mcp", cmd.Name())
	}
	remote, err := f.connect(cmd)
	if err != nil {
		return err
	}
	defer func() { _ = remote.Close() }()
	if err := work(cmd.Context(), remote); err != nil {
		return failure(cmd, err)
	}
	return nil
}

func writeJSON(cmd *cobra.Command, value any) error {
	encoder := json.NewEncoder(cmd.OutOrStdout())
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
