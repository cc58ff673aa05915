package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/administration"
	"github.com/grantproof/grantproof/impl/realm"
)

func newClients() *cobra.Command {
	var in inStore
	cmd := &cobra.Command{
		Use:   "clients",
		Short: "Register and remove the clients of serve",
		Long: `Register, show and remove the clients of "grantproof serve". A client is a JSON object
with the metadata of RFC 7591 section 2. Its secret is printed once; the store keeps
a hash of it. The member "serves" lists the protected resources that the client runs,
such as an MCP server: the client may introspect tokens for them. With the grant type
urn:ietf:params:oauth:grant-type:token-exchange it may also exchange these tokens.`,
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
		Example: "  grantproof clients list --store sqlite:grantproof.db",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				return administration.WriteClients(cmd.Context(), cmd.OutOrStdout(), r)
			})
		},
	}
}

func newClientsAdd(in *inStore) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use: "add --file FILE", Short: "Register a client", Args: cobra.NoArgs,
		Example: "  grantproof clients add --file notes.json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			content, err := readMetadata(file, cmd.InOrStdin())
			if err != nil {
				return err
			}
			metadata, err := administration.ReadMetadata(content)
			if err != nil {
				return err
			}
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				return administration.AddClient(cmd.Context(), cmd.OutOrStdout(), r, metadata)
			})
		},
	}
	cmd.Flags().StringVar(&file, "file", "", "JSON `file` with the metadata; - is standard input")
	_ = cmd.MarkFlagRequired("file")
	return cmd
}

// maxMetadata is the largest file of metadata that is read, in bytes.
const maxMetadata = 64 << 10

func readMetadata(file string, input io.Reader) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(io.LimitReader(input, maxMetadata))
	}
	content, err := readFile(file, maxMetadata)
	if err != nil {
		err = fmt.Errorf("the client's metadata cannot be read: %w", err)
	}
	return content, err
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
		Use: "remove CLIENT_ID", Short: "Remove a client and end everything that was granted to it", Args: cobra.ExactArgs(1),
		Example: "  grantproof clients remove client-3q2-7wAAq1Zy0bQ2",
		RunE: func(cmd *cobra.Command, args []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error { return administration.RemoveClient(cmd.Context(), r, args[0]) })
		},
	}
}
