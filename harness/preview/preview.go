// Package preview shows what a run would do before it does it: which scenarios
// apply, and what they would send. It runs nothing.
package preview

import (
	"fmt"
	"io"
	"time"

	"charm.land/lipgloss/v2"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/plan"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl/printable"
)

// List writes a line for each scenario, with the reason why it does not apply.
func List(out io.Writer, scenarios []*plan.Scenario) {
	for _, s := range scenarios {
		reason := ""
		if s.Reason != "" {
			reason = "  (not applicable: " + printable.Line(s.Reason) + ")"
		}
		lipgloss.Fprintf(out, "%-6s %s%s\n", s.Level, s.ID, reason)
	}
	lipgloss.Fprintf(out, "%d scenarios\n", len(scenarios))
}

// Requests writes what each scenario would send, in words, and how much that is.
// examined is nil for the embedded system.
func Requests(out io.Writer, examined *target.Target, intents []harness.Intent) {
	for _, intent := range intents {
		lipgloss.Fprintf(out, "%s  %s%s\n", lipgloss.NewStyle().Bold(true).Render(intent.ID), lipgloss.NewStyle().Faint(true).Render(intent.Role), marksOf(intent))
		for _, step := range intent.Does {
			lipgloss.Fprintf(out, "    %s\n", step)
		}
	}
	writeTotals(out, examined, intents)
}

func marksOf(intent harness.Intent) string {
	said := ""
	if intent.Registers {
		said += ", registers clients"
	}
	if intent.SignsIn {
		said += ", the resource owner takes part"
	}
	if intent.Repeats {
		said += ", repeats the request without its deviation"
	}
	if intent.Waits > 0 {
		said += fmt.Sprintf(", waits %.0f s", intent.Waits.Seconds())
	}
	return said
}

func writeTotals(out io.Writer, examined *target.Target, intents []harness.Intent) {
	var registers, signsIn, repeats, waits int
	var longest time.Duration
	for _, intent := range intents {
		registers += one(intent.Registers)
		signsIn += one(intent.SignsIn)
		repeats += one(intent.Repeats)
		waits += one(intent.Waits > 0)
		longest = max(longest, intent.Waits)
	}
	lipgloss.Fprintf(out, "\n%d scenarios would run; `grantproof run --list` says which do not apply, and why.\n", len(intents))
	lipgloss.Fprintf(out, "%d of them register clients, and delete them again where the server allows it; in %d the resource owner takes part; %d repeat a request without its deviation.\n", registers, signsIn, repeats)
	if waits > 0 {
		lipgloss.Fprintf(out, "%d wait, the longest for %.0f s.\n", waits, longest.Seconds())
	}
	if examined != nil && examined.Limits.RequestsPerSecond > 0 {
		lipgloss.Fprintf(out, "At most %d requests a second would be sent.\n", examined.Limits.RequestsPerSecond)
	} else if examined != nil {
		lipgloss.Fprintln(out, "Requests would be sent as fast as the target answers; limits.requests_per_second in the target file sets a limit.")
	}
	lipgloss.Fprintln(out, "Only the metadata of the target was requested; nothing else was sent.")
}

func one(holds bool) int {
	if holds {
		return 1
	}
	return 0
}
