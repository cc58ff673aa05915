// Package baseline updates the list of known failures of a target: it asks for
// the reason of each new one, edits the file's text and says what changed. Which
// failures are new or gone is the run's to say; the form of the file is target's.
package baseline

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl/printable"
)

// Reasons are the entries for what newly fails: all for one reason, or each for
// the reason that a person types. Without both it is an error.
func Reasons(ask *bufio.Reader, out io.Writer, failing []report.Row, reason string) ([]target.Known, error) {
	if reason == "" && ask == nil && len(failing) > 0 {
		return nil, fmt.Errorf("%d failures are not in the baseline and need a reason; give --reason TEXT, or call this in a terminal: %s", len(failing), idsOf(failing))
	}
	var entries []target.Known
	for _, row := range failing {
		given := reason
		if given == "" {
			var err error
			if given, err = asked(ask, out, row); err != nil {
				return nil, err
			}
		}
		if given != "" {
			entries = append(entries, target.Known{ID: row.ID, Reason: given})
		}
	}
	return entries, nil
}

func asked(ask *bufio.Reader, out io.Writer, row report.Row) (string, error) {
	lipgloss.Fprintf(out, "%s (%s)\n    %s\n    %s\nWhy does this stay as it is? (leave empty to add no entry) ", row.Name, strings.Join(row.Requirements, ", "), row.ID, printable.Line(row.Headline()))
	line, err := ask.ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("no reason was given, and nothing was written: %w", err)
	}
	return strings.TrimSpace(line), nil
}

// Edit adds the new entries to the text of a baseline and drops the stale ones.
func Edit(text *target.BaselineText, added []target.Known, update harness.BaselineUpdate) {
	for _, entry := range added {
		text.Add(entry)
	}
	for _, entry := range update.Stale {
		text.Drop(entry.ID)
	}
}

func idsOf(rows []report.Row) string {
	var ids []string
	for _, row := range rows {
		ids = append(ids, row.ID)
	}
	return strings.Join(ids, ", ")
}

// Write says what was added, dropped and kept, and what is left to do.
func Write(out io.Writer, file string, added []target.Known, update harness.BaselineUpdate) {
	tell := func(word string, entries []target.Known) {
		for _, entry := range entries {
			lipgloss.Fprintf(out, "%-8s %s\n", word, entry.ID)
		}
	}
	tell("added", added)
	tell("dropped", update.Stale)
	tell("expired", update.Expired)
	tell("unseen", update.Unseen)
	for _, row := range update.Undecided {
		lipgloss.Fprintf(out, "%-8s %s: %s\n", "undecided", row.ID, printable.Line(row.Headline()))
	}
	if len(update.Expired) > 0 {
		lipgloss.Fprintln(out, "Expired entries fail the run: the day in until has passed. Fix the failure, or change until.")
	}
	if len(update.Unseen) > 0 {
		lipgloss.Fprintln(out, "Unseen entries got no verdict in this run and were kept.")
	}
	lipgloss.Fprintf(out, "%s: %d added, %d dropped\n", file, len(added), len(update.Stale))
}
