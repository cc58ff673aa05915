package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

func newClients() *cobra.Command {
	return groupOf(&cobra.Command{
		Use: "clients", Short: "List, add and remove the clients of the authorization server",
		Example: "  grantproof clients list\n  grantproof clients add --file client.json\n  grantproof clients remove my-app",
	}, newClientsList(), newClientsAdd(), newClientsRemove())
}

func newClientsList() *cobra.Command {
	return storeCommand(&cobra.Command{
		Use: "list", Short: "List the clients", Long: "List the clients by their ids; none of their secrets is known.",
		Example: "  grantproof clients list", Args: cobra.NoArgs,
	}, func(cmd *cobra.Command, s store.Store, _ []string) error {
		clients, err := s.Clients(cmd.Context())
		if err != nil {
			return err
		}
		var rows [][]string
		for _, client := range clients {
			by := "people here"
			if client.SelfRegistered {
				by = "itself"
			}
			rows = append(rows, []string{client.ID, fmt.Sprintf("%q", client.Name), client.AuthMethod, strings.Join(client.GrantTypes, " "), client.Scope.String(), by})
		}
		return table(cmd.OutOrStdout(), []string{"CLIENT_ID", "NAME", "AUTHENTICATION", "GRANTS", "SCOPE", "REGISTERED BY"}, rows)
	})
}

func newClientsAdd() *cobra.Command {
	var file, id string
	cmd := storeCommand(&cobra.Command{
		Use: "add --file client.json", Short: "Register a client, and show its secret once",
		Long: `Register a client by its metadata as JSON, as RFC 7591 has it: client_name,
redirect_uris, grant_types, scope, token_endpoint_auth_method, jwks and so on. A
secret that it needs is made, and shown this once.

  {"client_name": "My app", "redirect_uris": ["https://app.example.com/callback"],
   "grant_types": ["authorization_code", "refresh_token"], "scope": "tasks:read"}`,
		Example: `  grantproof clients add --file client.json --id my-app
  echo '{"grant_types": ["client_credentials"]}' | grantproof clients add --file -`, Args: cobra.NoArgs,
	}, func(cmd *cobra.Command, s store.Store, _ []string) error {
		metadata, err := readFile(cmd, file)
		if err != nil {
			return err
		}
		r, err := realm.OfStore(s)
		if err != nil {
			return err
		}
		client, secret, err := authserver.Preregister(cmd.Context(), r, id, metadata)
		if err != nil {
			return err
		}
		lipgloss.Fprintf(cmd.OutOrStdout(), "client_id      %s\n", client.ID)
		if secret != "" {
			lipgloss.Fprintf(cmd.OutOrStdout(), "client_secret  %s\nIt is shown this once: only its hash is kept.\n", secret)
		}
		return nil
	})
	cmd.Flags().StringVar(&file, "file", "", "`file` with the metadata; - is standard input")
	cmd.Flags().StringVar(&id, "id", "", "the client_id (default: a random one)")
	_ = cmd.MarkFlagRequired("file") // fails for no flag that there is
	return cmd
}

// maxMetadata bounds what is read of a file, in bytes.
const maxMetadata = 64 << 10

func readFile(cmd *cobra.Command, name string) ([]byte, error) {
	in := cmd.InOrStdin()
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("--file: %w", err)
		}
		defer file.Close()
		in = file
	}
	content, err := io.ReadAll(io.LimitReader(in, maxMetadata+1))
	if err == nil && len(content) > maxMetadata {
		err = errors.New("--file: it is larger than 64 KiB")
	}
	return content, err
}

func newClientsRemove() *cobra.Command {
	return storeCommand(&cobra.Command{
		Use: "remove ID", Short: "Remove a client and end all that was granted to it",
		Long: "Remove a client. What users granted it ends, and its tokens with that.", Example: "  grantproof clients remove my-app", Args: cobra.ExactArgs(1),
	}, func(cmd *cobra.Command, s store.Store, args []string) error {
		if err := authserver.Unregister(cmd.Context(), s, args[0], time.Now()); err != nil {
			return err
		}
		_, err := lipgloss.Fprintf(cmd.OutOrStdout(), "The client %s is removed.\n", args[0])
		return err
	})
}
