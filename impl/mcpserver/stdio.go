package mcpserver

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

// ServeStdio serves one assistant over standard input and output until it
// hangs up or ctx ends. Nothing but the protocol may appear on standard
// output, so that the log goes to standard error
// (https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio).
func ServeStdio(ctx context.Context, config oauthclient.Config) error {
	if config.Logger == nil {
		config.Logger = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	server, err := New(config)
	if err != nil {
		return err
	}
	out := &output{Writer: os.Stdout}
	session, err := server.Connect(ctx, &mcp.IOTransport{Reader: newLines(os.Stdin, out), Writer: out}, nil)
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, func() { _ = session.Close() })()
	if err := session.Wait(); err != nil && ctx.Err() == nil {
		return fmt.Errorf("the connection broke, or what came in is not MCP: %w", err)
	}
	return nil
}
