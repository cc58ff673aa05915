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
	markdownCoverage(&text, r)
	_, err := io.WriteString(w, text.String())
	return err
}

// markdownCoverage says how much of each profile was examined, and what did not
// apply.
func markdownCoverage(page *strings.Builder, r Report) {
	if len(list(r.CoverageOfTarget)) > 0 {
		page.WriteString("\n| profile | examined | not examined | why |\n| --- | --- | --- | --- |\n")
	}
	for _, c := range list(r.CoverageOfTarget) {
		var why []string
		for _, group := range Grouped(c.Reasons) {
			why = append(why, fmt.Sprintf("%d %s", group.Count, group.Class))
		}
		fmt.Fprintf(page, "| %s | %d of %d requirements | %d | %s |\n", c.Profile, c.Examined, c.Requirements, c.NotExamined, strings.Join(why, ", "))
	}
	if remains := Remains(r); remains != "" {
		page.WriteString("\n" + remains + ".\n")
	}
	if len(list(r.NotApplicable)) > 0 {
		page.WriteString("\n| not applicable | why | what is lacking |\n| --- | --- | --- |\n")
	}
	for _, group := range Grouped(list(r.NotApplicable)) {
		fmt.Fprintf(page, "| %d | %s: %s | %s |\n", group.Count, group.Class, group.Says, escape(group.What()))
	}
}

func escape(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;").Replace(s)
}

// Counts is the summary in one line; verdicts that did not occur are left out.
func Counts(r Report) string { return counts(r.Summary, r.DurationMs) }

func counts(s generated.Summary, milliseconds float64) string {
	return fmt.Sprintf("%s in %.1f s", tally(s), milliseconds/1000)
}

// tally is the verdicts of a run; those that did not occur are left out.
func tally(s generated.Summary) string {
	parts := []string{fmt.Sprintf("%d passed", s.Passed), fmt.Sprintf("%d failed", s.Failed)}
	for _, count := range []struct {
		n    int
		word string
	}{{s.Warned, "warned"}, {s.Inconclusive, "inconclusive"}, {s.ExpectedFailure, "expected failures"}, {s.NotApplicable, "not applicable"}} {
		if count.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count.n, count.word))
		}
	}
	return strings.Join(parts, ", ")
}
