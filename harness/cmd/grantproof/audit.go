package main

import (
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/store"
)

func newAudit() *cobra.Command {
	var since time.Duration
	var asJSON bool
	cmd := storeCommand(&cobra.Command{
		Use: "audit", Short: "Show what was decided about security: tokens, sign-ins, clients, keys",
		Long: `Show the events that the servers keep in their store, the oldest first: tokens
issued and refused, sign-ins right and wrong, consent, clients, keys. None holds a
secret, a code or a token.`,
		Example: "  grantproof audit --since 1h\n  grantproof audit --since 24h --json | grep sign-in-failed", Args: cobra.NoArgs,
	}, func(cmd *cobra.Command, s store.Store, _ []string) error {
		events, err := s.Events(cmd.Context(), time.Now().Add(-since))
		if err != nil {
			return err
		}
		return showEvents(cmd.OutOrStdout(), events, asJSON)
	})
	cmd.Flags().DurationVar(&since, "since", time.Hour, "how far back to look")
	cmd.Flags().BoolVar(&asJSON, "json", false, "a line of JSON for each event, as the servers log it")
	return cmd
}

func showEvents(out io.Writer, events []store.Event, asJSON bool) error {
	if asJSON {
		log := &audit.Log{Lines: audit.Lines(out)}
		for _, event := range events {
			log.Write(event)
		}
		return nil
	}
	var rows [][]string
	for _, e := range events {
		rows = append(rows, []string{e.At.Local().Format(time.DateTime), e.Name, e.ClientID, e.UserID, e.Address, strings.TrimSpace(e.GrantType + " " + e.Reason)})
	}
	return table(out, []string{"TIME", "EVENT", "CLIENT", "USER", "FROM", "WHY"}, rows)
}
