package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"charm.land/lipgloss/v2"

	"github.com/grantproof/grantproof/harness"
)

// dryRun says what a run would send, and how much.
func dryRun(ctx context.Context, out io.Writer, config harness.Config) error {
	intents, err := harness.DryRun(ctx, config)
	if err != nil {
		return configurationError(err)
	}
	for _, intent := range intents {
		lipgloss.Fprintf(out, "%s  %s%s\n", lipgloss.NewStyle().Bold(true).Render(intent.ID), lipgloss.NewStyle().Faint(true).Render(intent.Role), marksOf(intent))
		for _, step := range intent.Does {
			lipgloss.Fprintf(out, "    %s\n", step)
		}
	}
	tellTotals(out, config, intents)
	return nil
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
		said += ", sends the request again without its mistake"
	}
	if intent.Waits > 0 {
		said += fmt.Sprintf(", waits %.0f s", intent.Waits.Seconds())
	}
	return said
}

func tellTotals(out io.Writer, config harness.Config, intents []harness.Intent) {
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
	lipgloss.Fprintf(out, "%d of them register clients, and delete them again where the server lets them; in %d the resource owner takes part; %d send a request again without its mistake.\n", registers, signsIn, repeats)
	if waits > 0 {
		lipgloss.Fprintf(out, "%d wait, the longest for %.0f s.\n", waits, longest.Seconds())
	}
	if config.Target != nil && config.Target.Limits.RequestsPerSecond > 0 {
		lipgloss.Fprintf(out, "At most %d requests would be sent a second.\n", config.Target.Limits.RequestsPerSecond)
	} else if config.Target != nil {
		lipgloss.Fprintln(out, "As many requests would be sent a second as the target answers; limits.requests_per_second in the target file bounds them.")
	}
	lipgloss.Fprintln(out, "Nothing was sent but what it takes to see what the target offers.")
}

func one(holds bool) int {
	if holds {
		return 1
	}
	return 0
}
