package report

import (
	"fmt"
	"io"
	"strings"

	generated "github.com/grantproof/grantproof/generated/report"
)

// writeMarkdown is for the summary of a pull request: the counts, and a row
// for everything that did not pass.
func writeMarkdown(w io.Writer, r Report) error {
	var text strings.Builder
	fmt.Fprintf(&text, "## grantproof: %s\n\n%s\n", escape(r.Target.Name), Counts(r))
	open := false
	for _, row := range Rows(r) {
		if row.Verdict == Passed || row.Verdict == NotApplicable {
			continue
		}
		if !open {
			text.WriteString("\n| verdict | scenario | what happened | requirement |\n| --- | --- | --- | --- |\n")
			open = true
		}
		fmt.Fprintf(&text, "| %s | %s | %s | %s |\n", row.Verdict, escape(row.Name), escape(row.Headline()), strings.Join(row.Requirements, " "))
	}
	_, err := io.WriteString(w, text.String())
	return err
}

func escape(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;").Replace(s)
}

// Counts is the summary in one line; verdicts that did not occur are left out.
func Counts(r Report) string { return counts(r.Summary, r.DurationMs) }

func counts(s generated.Summary, milliseconds float64) string {
	parts := []string{fmt.Sprintf("%d passed", s.Passed), fmt.Sprintf("%d failed", s.Failed)}
	for _, count := range []struct {
		n    int
		word string
	}{{s.Warned, "warned"}, {s.Inconclusive, "inconclusive"}, {s.ExpectedFailure, "expected failures"}, {s.NotApplicable, "not applicable"}} {
		if count.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count.n, count.word))
		}
	}
	return fmt.Sprintf("%s in %.1f s", strings.Join(parts, ", "), milliseconds/1000)
}
