package main

import (
	"time"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

func newUsers() *cobra.Command {
	return groupOf(&cobra.Command{
		Use: "users", Short: "List, add and remove the people who sign in at the authorization server",
		Example: "  grantproof users add ada --email ada@example.com\n  grantproof users password ada\n  grantproof users remove ada",
	}, newUsersList(), newUsersAdd(), newUsersPassword(), newUsersRemove())
}

func newUsersList() *cobra.Command {
	return storeCommand(&cobra.Command{
		Use: "list", Short: "List the users", Long: "List the users by their names.", Example: "  grantproof users list", Args: cobra.NoArgs,
	}, func(cmd *cobra.Command, s store.Store, _ []string) error {
		users, err := s.Users(cmd.Context())
		if err != nil {
			return err
		}
		var rows [][]string
		for _, user := range users {
			rows = append(rows, []string{user.Username, user.ID, user.Email})
		}
		return table(cmd.OutOrStdout(), []string{"NAME", "ID", "EMAIL"}, rows)
	})
}

const aboutPassword = `The password is asked for, or read from standard
input where that is no terminal: its first line. It has 15 characters at least,
and only its argon2id hash is kept.`

func newUsersAdd() *cobra.Command {
	var email string
	cmd := storeCommand(&cobra.Command{
		Use: "add NAME", Short: "Add a user", Long: "Add a user who signs in with a name and a password. " + aboutPassword,
		Example: "  grantproof users add ada --email ada@example.com\n  grantproof users add ada < password.txt", Args: cobra.ExactArgs(1),
	}, func(cmd *cobra.Command, s store.Store, args []string) error {
		secret, err := readPassword(cmd)
		if err != nil {
			return err
		}
		user, err := realm.AddUser(cmd.Context(), s, store.User{Username: args[0], Email: email}, secret, time.Now())
		if err != nil {
			return err
		}
		_, err = lipgloss.Fprintf(cmd.OutOrStdout(), "The user %s is added, with the id %s.\n", user.Username, user.ID)
		return err
	})
	cmd.Flags().StringVar(&email, "email", "", "the email `address`")
	return cmd
}

func newUsersPassword() *cobra.Command {
	return storeCommand(&cobra.Command{
		Use: "password NAME", Short: "Give a user another password", Long: "Give a user another password, and end the sessions of before. " + aboutPassword,
		Example: "  grantproof users password ada", Args: cobra.ExactArgs(1),
	}, func(cmd *cobra.Command, s store.Store, args []string) error {
		secret, err := readPassword(cmd)
		if err != nil {
			return err
		}
		if err := realm.SetPassword(cmd.Context(), s, args[0], secret, time.Now()); err != nil {
			return err
		}
		_, err = lipgloss.Fprintf(cmd.OutOrStdout(), "The user %s has another password.\n", args[0])
		return err
	})
}

func newUsersRemove() *cobra.Command {
	return storeCommand(&cobra.Command{
		Use: "remove NAME", Short: "Remove a user and end all that the user granted",
		Long: "Remove a user. All that the user granted ends, and the tokens with that.", Example: "  grantproof users remove ada", Args: cobra.ExactArgs(1),
	}, func(cmd *cobra.Command, s store.Store, args []string) error {
		if err := realm.RemoveUser(cmd.Context(), s, args[0], time.Now()); err != nil {
			return err
		}
		_, err := lipgloss.Fprintf(cmd.OutOrStdout(), "The user %s is removed.\n", args[0])
		return err
	})
}
