package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/printable"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

func newAudit() *cobra.Command {
	var in inStore
	var since time.Duration
	var asJSON bool
	cmd := &cobra.Command{
		Use: "audit", Short: "Show the security decisions of serve: tokens, sign-ins, clients, keys", Args: cobra.NoArgs,
		Long: `Show the events in the store of "grantproof serve", the oldest first: tokens issued
and refused, sign-ins that succeeded and failed, consent, clients, keys. No event holds
a secret, a code or a token.`,
		Example: "  grantproof audit --since 1h\n  grantproof audit --since 24h --json | grep sign-in-failed",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				events, err := r.Store().Events(cmd.Context(), time.Now().Add(-since))
				if err != nil {
					return err
				}
				return showEvents(cmd.OutOrStdout(), events, asJSON)
			})
		},
	}
	in.flag(cmd)
	cmd.Flags().DurationVar(&since, "since", time.Hour, "show the events of this time, up to now")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print each event as a line of JSON, like serve --audit")
	return cmd
}

// asOne is a value that a client may have chosen, as one of a list.
func asOne(value string) string {
	if shown := printable.Line(value); !strings.ContainsAny(shown, " ,\"") {
		return shown
	}
	return printable.Line(strconv.Quote(value))
}

func showEvents(out io.Writer, events []store.Event, asJSON bool) error {
	if asJSON {
		log := &audit.Log{Lines: audit.Lines(out)}
		for _, event := range events {
			log.Write(event)
		}
		return nil
	}
	if len(events) == 0 {
		_, err := fmt.Fprintln(out, "There are no events in this time; --since looks further back.")
		return err
	}
	for _, e := range events {
		about := []string{}
		for _, field := range [][2]string{{"client", e.ClientID}, {"user", e.UserID}, {"from", e.Address}, {"by", e.GrantType}, {"because of", e.Reason}} {
			if field[1] != "" {
				about = append(about, field[0]+" "+asOne(field[1]))
			}
		}
		if _, err := fmt.Fprintf(out, "%s  %-28s %s\n", e.At.Local().Format(time.DateTime), e.Name, strings.Join(about, ", ")); err != nil {
			return err
		}
	}
	return nil
}
