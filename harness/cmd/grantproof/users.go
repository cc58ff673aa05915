package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness/shell"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/password"
	"github.com/grantproof/grantproof/impl/printable"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

func newUsers() *cobra.Command {
	var in inStore
	cmd := &cobra.Command{
		Use:   "users",
		Short: "Add and remove the people who sign in to serve",
		Long: `Add and remove the people who sign in to "grantproof serve", and change their
passwords. A password is asked for, or read as the first line of standard input;
it is kept as an argon2id hash, and a new one signs the person out everywhere.`,
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
		RunE: func(cmd *cobra.Command, args []string) error {
			if !printable.IsName(args[0]) || !printable.Is(email) {
				return errors.New("the user name or the email address has characters that nobody sees, or is empty: give what is shown as it is, without control characters")
			}
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				_, err := r.Store().UserByName(cmd.Context(), args[0])
				if err == nil {
					return fmt.Errorf("there is a user %q already; \"grantproof users password %s\" changes the password", args[0], shell.Quote(args[0]))
				}
				if !errors.Is(err, store.ErrNotFound) {
					return err
				}
				return setPassword(cmd, r, store.User{ID: "user-" + token.NewID(), Username: args[0], Email: email}, audit.UserAdded)
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
				user, err := userNamed(cmd.Context(), r, args[0])
				if err != nil {
					return err
				}
				return setPassword(cmd, r, user, audit.PasswordChanged)
			})
		},
	}
}

func newUsersRemove(in *inStore) *cobra.Command {
	return &cobra.Command{
		Use: "remove USERNAME", Short: "Remove a person, and end all access that they gave to applications",
		Long: "Remove a person, and end all access that they gave to applications.\n\nAn API that checks tokens by itself may take one that is out already until it\nexpires, for an hour at most; one that introspects tokens refuses it at once.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				user, err := userNamed(cmd.Context(), r, args[0])
				if err != nil {
					return err
				}
				if err := r.Store().DeleteUser(cmd.Context(), user.ID); err != nil {
					return err
				}
				return audit.ByCommand(cmd.Context(), r.Store(), store.Event{Name: audit.UserRemoved, UserID: user.ID}, time.Now())
			})
		},
	}
}

func userNamed(ctx context.Context, r *realm.Realm, name string) (store.User, error) {
	user, err := r.Store().UserByName(ctx, name)
	if err != nil {
		return user, fmt.Errorf("the user %q: %w; \"grantproof users list\" shows them", name, err)
	}
	return user, nil
}

func newUsersList(in *inStore) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "Show the people", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				users, err := r.Store().Users(cmd.Context())
				for _, user := range users {
					lipgloss.Fprintf(cmd.OutOrStdout(), "%-24s %-24s %s\n", printable.Line(user.Username), user.ID, printable.Line(user.Email))
				}
				return err
			})
		},
	}
}

// setPassword also ends the sessions that began with the one before. What else of
// the user has changed while the password was typed stays.
func setPassword(cmd *cobra.Command, r *realm.Realm, user store.User, event string) error {
	given, err := readPassword(cmd.InOrStdin(), cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	if user.PasswordHash, err = hash(cmd.Context(), given); err != nil {
		return err
	}
	user.PasswordAt = time.Now()
	if event == audit.UserAdded {
		err = r.Store().PutUser(cmd.Context(), user)
	} else {
		err = r.Store().ChangeUser(cmd.Context(), user.ID, func(now *store.User) error {
			now.PasswordHash, now.PasswordAt = user.PasswordHash, user.PasswordAt
			return nil
		})
	}
	if err != nil {
		return err
	}
	return audit.ByCommand(cmd.Context(), r.Store(), store.Event{Name: event, UserID: user.ID}, user.PasswordAt)
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
