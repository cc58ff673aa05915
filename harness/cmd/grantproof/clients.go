package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/printable"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

func newClients() *cobra.Command {
	var in inStore
	cmd := &cobra.Command{
		Use:   "clients",
		Short: "Register and remove clients of serve beforehand",
		Long: `Register, show and remove the clients of "grantproof serve". A client is a JSON
object of the metadata that RFC 7591 section 2 defines. Its secret, if it needs
one, is printed once and kept as a hash. The member serves is a list of protected
resources that the client is itself, such as an MCP server: it may introspect the
tokens for them, and exchange them for tokens of others if it is registered for
the grant type urn:ietf:params:oauth:grant-type:token-exchange.`,
		Example: `  grantproof clients list
  echo '{"client_name":"Notes","redirect_uris":["https://notes.example/cb"]}' | grantproof clients add --file -
  grantproof clients remove client-3q2-7wAAq1Zy0bQ2`,
	}
	in.flag(cmd)
	cmd.AddCommand(newClientsList(&in), newClientsAdd(&in), newClientsRemove(&in))
	return cmd
}

func newClientsList(in *inStore) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "Show the clients", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				clients, err := r.Store().Clients(cmd.Context())
				for _, client := range clients {
					origin := "added here"
					if client.SelfRegistered {
						origin = "registered itself"
					}
					lipgloss.Fprintf(cmd.OutOrStdout(), "%-28s %-20s %-22s %-18s %s\n", printable.Line(client.ID), printable.Line(client.AuthMethod),
						printable.Line(strings.Join(client.GrantTypes, " ")), origin, printable.Line(client.Name))
				}
				return err
			})
		},
	}
}

func newClientsAdd(in *inStore) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use: "add --file FILE", Short: "Register a client", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			metadata, err := readMetadata(file, cmd.InOrStdin())
			if err != nil {
				return err
			}
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				added, err := authserver.AddClient(cmd.Context(), r, metadata)
				if err != nil {
					return err
				}
				// How a client manages its registration is for those that made it
				// themselves.
				shown := map[string]any{"client_id": added.ClientID, "token_endpoint_auth_method": added.TokenEndpointAuthMethod,
					"grant_types": added.GrantTypes, "redirect_uris": added.RedirectUris, "scope": added.Scope}
				if serves, named := metadata.AdditionalProperties["serves"]; named {
					shown["serves"] = serves
				}
				if added.ClientSecret != nil {
					shown["client_secret"] = *added.ClientSecret
				}
				encoder := json.NewEncoder(cmd.OutOrStdout())
				encoder.SetIndent("", "  ")
				return encoder.Encode(shown)
			})
		},
	}
	cmd.Flags().StringVar(&file, "file", "", "JSON `file` with the metadata; - is standard input")
	_ = cmd.MarkFlagRequired("file")
	return cmd
}

// maxMetadata is the largest file of metadata that is read, in bytes.
const maxMetadata = 64 << 10

func readMetadata(file string, input io.Reader) (oauth.ClientMetadata, error) {
	var (
		metadata oauth.ClientMetadata
		content  []byte
		err      error
	)
	if file == "-" {
		content, err = io.ReadAll(io.LimitReader(input, maxMetadata))
	} else {
		content, err = readFile(file, maxMetadata)
	}
	if err == nil {
		err = json.Unmarshal(content, &metadata)
	}
	if err != nil {
		return metadata, fmt.Errorf("the client's metadata: %w; give a JSON object such as {\"client_name\":\"Notes\",\"redirect_uris\":[\"https://notes.example/cb\"]}", err)
	}
	return metadata, nil
}

// readFile reads a file up to a size in bytes.
func readFile(name string, most int64) ([]byte, error) {
	opened, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	content, err := io.ReadAll(io.LimitReader(opened, most+1))
	if err == nil && int64(len(content)) > most {
		err = fmt.Errorf("it has more than %d bytes", most)
	}
	return content, err
}

func newClientsRemove(in *inStore) *cobra.Command {
	return &cobra.Command{
		Use: "remove CLIENT_ID", Short: "Remove a client and end all that it was granted", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				if _, err := r.Store().Client(cmd.Context(), args[0]); err != nil {
					return fmt.Errorf("the client %q: %w; \"grantproof clients list\" shows them", args[0], err)
				}
				if err := r.Store().DeleteClient(cmd.Context(), args[0]); err != nil {
					return err
				}
				return audit.ByCommand(cmd.Context(), r.Store(), store.Event{Name: audit.ClientDeleted, ClientID: args[0]}, time.Now())
			})
		},
	}
}
