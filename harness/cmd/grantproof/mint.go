package main

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/url"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/repro"
	"github.com/grantproof/grantproof/impl/printable"
)

// newMint makes what a request needs fresh; each prints one line.
func newMint() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "mint",
		Short: "Make a random value, PKCE pair, key, client assertion or Basic credentials for a request",
		Long:  "Print a value that a request needs. The scripts of `grantproof run --repro` use it.",
		Example: `  verifier=$(grantproof mint verifier)
  challenge=$(grantproof mint challenge -- "$verifier")
  key=$(grantproof mint key ES256 my-key)
  assertion=$(grantproof mint assertion -- "$key" '{"kid":"my-key"}' '{"iss":"my-client","sub":"my-client","aud":"https://as.example.com","jti":"(random)","exp":"(now)+60"}')
  curl -H "Authorization: Basic $(grantproof mint basic my-client my-secret)" …`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	add := func(use, short, example string, args int, make func(args []string) string) {
		cmd.AddCommand(&cobra.Command{Use: use, Short: short, Example: "  grantproof mint " + example, Args: cobra.ExactArgs(args), RunE: func(cmd *cobra.Command, args []string) error {
			_, err := fmt.Fprintln(exactly(cmd), make(args))
			return err
		}})
	}
	add("random", "Print a random value of 256 bits", "random", 0, func([]string) string { return proof.Random() })
	add("verifier", "Print a code_verifier (RFC 7636 section 4.1)", "verifier", 0, func([]string) string { return proof.Verifier() })
	add("challenge VERIFIER", "Print the S256 code_challenge of a code_verifier (RFC 7636 section 4.2)", `challenge -- "$verifier"`, 1, func(args []string) string { return proof.Challenge(args[0]) })
	add("encoded VALUE", "Encode a value for a form or a query", `encoded -- "a b&c"`, 1, func(args []string) string { return url.QueryEscape(args[0]) })
	add("json VALUE", "Encode a value for a JSON string, without its quotes", `json -- 'say "hello"'`, 1, func(args []string) string { return repro.JSON(args[0]) })
	add("basic ID SECRET", "Print the credentials of a Basic Authorization header (RFC 6749 section 2.3.1)", "basic my-client my-secret", 2, func(args []string) string {
		return base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(args[0]) + ":" + url.QueryEscape(args[1])))
	})
	for _, made := range assertionMints {
		cmd.AddCommand(&cobra.Command{Use: made.use, Short: made.short, Example: "  grantproof mint " + made.example, Args: cobra.ExactArgs(made.args), RunE: func(cmd *cobra.Command, args []string) error {
			value, err := made.make(args)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(exactly(cmd), value)
			return err
		}})
	}
	return cmd
}

// exactly is the output of a command for a program, which takes every byte as it
// is.
func exactly(cmd *cobra.Command) io.Writer { return printable.Under(cmd.OutOrStdout()) }
