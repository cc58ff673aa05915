package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/agent"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/printable"
)

// mcpFlags say at which MCP server the agent acts, and as whom.
type mcpFlags struct {
	server, clientID, issuer, metadata, redirectURI, grant, credentials string
	noBrowser                                                           bool
}

func (f *mcpFlags) add(cmd *cobra.Command) {
	flags := cmd.PersistentFlags()
	flags.StringVar(&f.server, "mcp", "", "use the tools of the MCP server at this `URL`")
	flags.StringVar(&f.clientID, "client-id", "", "with --mcp: the `id` of a registered client; its secret is in CLIENT_SECRET")
	flags.StringVar(&f.issuer, "issuer", "", "with --client-id: the `URL` of the authorization server where the client is registered")
	flags.StringVar(&f.metadata, "client-metadata", "", "with --mcp: the `URL` of the client's metadata document")
	flags.StringVar(&f.redirectURI, "redirect-uri", "", "with --mcp: the redirect `URI`, on this machine (default http://127.0.0.1/callback at a free port)")
	flags.StringVar(&f.grant, "grant", oauthclient.GrantAuthorizationCode, "with --mcp: authorization_code, for a person, or client_credentials, for the client itself")
	flags.StringVar(&f.credentials, "credentials", "", "with --mcp: the `file` that keeps registrations and tokens, or none (default: a file in your configuration folder)")
	flags.BoolVar(&f.noBrowser, "no-browser", false, "with --mcp: print the authorization URL instead of opening it")
}

// store is the file that keeps credentials; without a home nothing is kept.
func (f *mcpFlags) store() oauthclient.Store {
	path := f.credentials
	if path == "" {
		path, _ = oauthclient.DefaultStorePath()
	}
	if path == "" || path == "none" {
		return oauthclient.NewMemoryStore()
	}
	return oauthclient.NewFileStore(path)
}

// actor does actions: at the resource server, or by an MCP server.
type actor interface {
	Run(ctx context.Context, action string, args map[string]string) (agent.Result, error)
}

// actor connects; close ends what it began.
func (f *mcpFlags) actor(cmd *cobra.Command) (a actor, end func(), err error) {
	if f.server == "" {
		config, err := agent.ConfigFromEnv(os.Getenv)
		if err != nil {
			return nil, nil, err
		}
		a, err := agent.New(config)
		return a, func() {}, err
	}
	remote, err := f.connect(cmd)
	if err != nil {
		return nil, nil, err
	}
	return remote, func() { _ = remote.Close() }, nil
}

// connect connects to the MCP server.
func (f *mcpFlags) connect(cmd *cobra.Command) (*agent.Remote, error) {
	config, err := f.config(cmd.ErrOrStderr())
	if err != nil {
		return nil, err
	}
	handler, err := oauthclient.NewHandler(config)
	if err != nil {
		return nil, err
	}
	remote, err := agent.Connect(cmd.Context(), f.server, handler, "")
	if err != nil {
		return nil, failure(cmd, err)
	}
	return remote, nil
}

func (f *mcpFlags) config(person io.Writer) (oauthclient.HandlerConfig, error) {
	config := oauthclient.HandlerConfig{Server: f.server, Grant: f.grant, MetadataURL: f.metadata, RedirectURI: f.redirectURI, Browser: f.browser(person), Store: f.store()}
	if f.clientID == "" {
		config.Registration = agent.Metadata("grantproof agent")
		return config, nil
	}
	secret, issuer := os.Getenv("CLIENT_SECRET"), cmp.Or(f.issuer, os.Getenv("AUTH_SERVER_URL"))
	if secret != "" && issuer == "" {
		return config, errors.New("--issuer is missing: give the authorization server where the client is registered; its secret goes to no other server")
	}
	config.Credentials = []oauthclient.Credentials{{Issuer: issuer, ClientID: f.clientID, ClientSecret: secret}}
	return config, nil
}

// browser shows the authorization URL in a window, or on the terminal where
// there is none.
func (f *mcpFlags) browser(person io.Writer) func(context.Context, string) error {
	return func(ctx context.Context, address string) error {
		if !f.noBrowser && oauthclient.OpenBrowser(ctx, address) == nil {
			_, err := fmt.Fprintln(person, "Approve or deny the agent in your browser.")
			return err
		}
		_, err := fmt.Fprintf(person, "Open this URL in a browser on this machine, and approve or deny the agent:\n\n%s\n\n", printable.Line(address))
		return err
	}
}
