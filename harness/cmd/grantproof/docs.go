package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/api"
	"github.com/grantproof/grantproof/features"
	"github.com/grantproof/grantproof/harness/site"
	"github.com/grantproof/grantproof/impl/wire"
)

func newDocs() *cobra.Command {
	var address, folder string
	cmd := &cobra.Command{
		Use:   "docs",
		Short: "Read the API documentation, the features, the requirements and the guide",
		Long:  "Serve the documentation on loopback, or write it to a folder as a static site.",
		Example: `  grantproof docs
  grantproof docs --out public`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			pages, err := site.Build(site.Config{Specs: api.Specs, Features: features.FS})
			if err != nil {
				return err
			}
			if folder != "" {
				lipgloss.Fprintf(cmd.OutOrStdout(), "%d files in %s\n", len(pages), folder)
				return pages.Write(folder)
			}
			return serveDocs(cmd, pages, address)
		},
	}
	cmd.Flags().StringVar(&address, "address", "localhost:4080", "`address` to listen on")
	cmd.Flags().StringVar(&folder, "out", "", "write a static site to this `folder` instead")
	return cmd
}

func serveDocs(cmd *cobra.Command, pages site.Site, address string) error {
	if err := checkLoopback(address); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; choose another with --address", address, err)
	}
	server := wire.Server(wire.Local(nil, pages), slog.New(slog.DiscardHandler))
	lipgloss.Fprintf(cmd.OutOrStdout(), "documentation  http://%s\nStop with Ctrl-C.\n", address)
	go func() {
		<-cmd.Context().Done()
		_ = server.Close()
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
