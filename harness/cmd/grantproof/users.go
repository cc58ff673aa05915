package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/password"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

func newUsers() *cobra.Command {
	var in inStore
	cmd := &cobra.Command{
		Use:   "users",
		Short: "Add the people who sign in to serve",
		Long: `Add the people who sign in to "grantproof serve", and change their passwords. A
password is asked for, or read as the first line of standard input; it is kept
as an argon2id hash.`,
		Example: "  grantproof users add ada --email ada@example.com\n  grantproof users password ada < password.txt\n  grantproof users list",
	}
	in.flag(cmd)
	cmd.AddCommand(newUsersAdd(&in), newUsersPassword(&in), newUsersList(&in))
	return cmd
}

func newUsersAdd(in *inStore) *cobra.Command {
	var email string
	cmd := &cobra.Command{
		Use: "add USERNAME", Short: "Add a person", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				_, err := r.Store().UserByName(cmd.Context(), args[0])
				if err == nil {
					return fmt.Errorf("there is a user %s already; \"grantproof users password %s\" changes the password", args[0], args[0])
				}
				if !errors.Is(err, store.ErrNotFound) {
					return err
				}
				return setPassword(cmd, r, store.User{ID: "user-" + token.NewID(), Username: args[0], Email: email})
			})
		},
	}
	cmd.Flags().StringVar(&email, "email", "", "email `address`, which applications see with the scope email")
	return cmd
}

func newUsersPassword(in *inStore) *cobra.Command {
	return &cobra.Command{
		Use: "password USERNAME", Short: "Change a person's password", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				user, err := r.Store().UserByName(cmd.Context(), args[0])
				if err != nil {
					return fmt.Errorf("the user %s: %w; \"grantproof users list\" shows them", args[0], err)
				}
				return setPassword(cmd, r, user)
			})
		},
	}
}

func newUsersList(in *inStore) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "Show the people", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				users, err := r.Store().Users(cmd.Context())
				for _, user := range users {
					lipgloss.Fprintf(cmd.OutOrStdout(), "%-24s %-24s %s\n", user.Username, user.ID, user.Email)
				}
				return err
			})
		},
	}
}

func setPassword(cmd *cobra.Command, r *realm.Realm, user store.User) error {
	given, err := readPassword(cmd.InOrStdin(), cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	if user.PasswordHash, err = hash(cmd.Context(), given); err != nil {
		return err
	}
	return r.Store().PutUser(cmd.Context(), user)
}

// minPassword is that of NIST SP 800-63B section 3.1.1.2 for passwords that
// stand alone (https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver).
const minPassword = 15

func hash(ctx context.Context, given string) (string, error) {
	if len(given) < minPassword || len(given) > password.Longest {
		return "", fmt.Errorf("a password has %d to %d characters; a few words in a row are easy to keep in mind", minPassword, password.Longest)
	}
	return password.Hash(ctx, given)
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
