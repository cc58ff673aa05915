package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness/shell"
	"github.com/grantproof/grantproof/impl/administration"
	"github.com/grantproof/grantproof/impl/password"
	"github.com/grantproof/grantproof/impl/realm"
)

func newUsers() *cobra.Command {
	var in inStore
	cmd := &cobra.Command{
		Use:   "users",
		Short: "Add and remove the people who sign in to serve",
		Long: `Add and remove the people who sign in to "grantproof serve", and change their
passwords. The command asks for a password, or reads the first line of standard input.
The store keeps an argon2id hash. A new password signs the person out everywhere.`,
		Example: "  grantproof users add ada --email ada@example.com\n  grantproof users password ada < password.txt\n  grantproof users list",
	}
	in.flag(cmd)
	cmd.AddCommand(newUsersAdd(&in), newUsersPassword(&in), newUsersRemove(&in), newUsersList(&in))
	return cmd
}

func newUsersAdd(in *inStore) *cobra.Command {
	var email string
	cmd := &cobra.Command{
		Use: "add USERNAME", Short: "Add a person", Args: cobra.ExactArgs(1),
		Example: "  grantproof users add ada --email ada@example.com",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := administration.CheckUser(args[0], email); err != nil {
				return err
			}
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				err := administration.AddUser(cmd.Context(), r, args[0], email, asked(cmd))
				if errors.Is(err, administration.ErrUserExists) {
					return fmt.Errorf("the user %q exists already; \"grantproof users password %s\" changes the password", args[0], shell.Operand(args[0]))
				}
				return err
			})
		},
	}
	cmd.Flags().StringVar(&email, "email", "", "email `address`, which applications see with the scope email")
	return cmd
}

func newUsersPassword(in *inStore) *cobra.Command {
	return &cobra.Command{
		Use: "password USERNAME", Short: "Change a person's password", Args: cobra.ExactArgs(1),
		Example: "  grantproof users password ada < password.txt",
		RunE: func(cmd *cobra.Command, args []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				return administration.ChangePassword(cmd.Context(), r, args[0], asked(cmd))
			})
		},
	}
}

func newUsersRemove(in *inStore) *cobra.Command {
	return &cobra.Command{
		Use: "remove USERNAME", Short: "Remove a person and end all access that they gave to applications",
		Long:    "Remove a person and end all access that they gave to applications.\n\nAn API that introspects tokens refuses theirs at once. An API that verifies JWTs by\nitself accepts them until they expire, for an hour at most.",
		Example: "  grantproof users remove ada",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error { return administration.RemoveUser(cmd.Context(), r, args[0]) })
		},
	}
}

func newUsersList(in *inStore) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "Show the people", Args: cobra.NoArgs,
		Example: "  grantproof users list",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				return administration.WriteUsers(cmd.Context(), cmd.OutOrStdout(), r)
			})
		},
	}
}

// asked is a password that the person at the command gives.
func asked(cmd *cobra.Command) administration.Password {
	return func() (string, error) { return readPassword(cmd.InOrStdin(), cmd.ErrOrStderr()) }
}

// readPassword asks without showing what is typed, or takes the first line.
func readPassword(input io.Reader, prompt io.Writer) (string, error) {
	if terminal, ok := input.(*os.File); ok && term.IsTerminal(terminal.Fd()) {
		fmt.Fprint(prompt, "Password: ")
		typed, err := term.ReadPassword(terminal.Fd())
		fmt.Fprintln(prompt)
		return string(typed), err
	}
	line, err := bufio.NewReader(io.LimitReader(input, password.Longest+2)).ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}
