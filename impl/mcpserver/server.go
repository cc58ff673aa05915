// Package mcpserver is the MCP server: it owns the tools that an AI assistant
// may call, what they take and return, and the sentences with which a call
// fails. It calls the task API as an OAuth client with credentials of its own.
//
// It does not own the protocol, which is the official SDK's, nor how it is
// authorized, which is impl/oauthclient's.
package mcpserver

import (
	"context"
	"errors"
	"log/slog"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/oauthclient"
)

const instructions = "Tasks of one user. Call list_tasks first to learn their ids. " +
	"A call that fails says in its text what to do."

// demo is the documented client of the MCP server; its secret is public.
var demo = oauthclient.Demo{ClientID: "mcp-task-manager", ClientSecret: "mcp-secret-12345"}

// ConfigFromEnv reads the settings of the MCP server; without any it is the
// documented client at the demo servers.
func ConfigFromEnv(getenv func(string) string) (oauthclient.Config, error) {
	return oauthclient.ConfigFromEnv(getenv, demo)
}

// New returns the server with its tools; it sends nothing yet.
func New(config oauthclient.Config) (*mcp.Server, error) {
	oauth, err := oauthclient.New(config)
	if err != nil {
		return nil, err
	}
	api, err := resourceserver.NewClient(config.ResourceServer, resourceserver.WithHTTPClient(oauth))
	if err != nil {
		return nil, err
	}
	return newServer(config.Logger, func(context.Context) (*resourceserver.Client, error) { return api, nil }, register)
}

// newServer returns a server with the tools that are registered on it.
func newServer(log *slog.Logger, api upstream, registrations ...func(*registry, upstream) []error) (*mcp.Server, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	server := mcp.NewServer(
		&mcp.Implementation{Name: "grantproof-tasks", Title: "Task manager", Version: "1.0.0"},
		&mcp.ServerOptions{Instructions: instructions, Logger: log, Capabilities: &mcp.ServerCapabilities{}},
	)
	r := &registry{server: server, inputs: inputs{}}
	for _, registers := range registrations {
		if err := errors.Join(registers(r, api)...); err != nil {
			return nil, err
		}
	}
	server.AddReceivingMiddleware(r.inputs.guard)
	return server, nil
}
