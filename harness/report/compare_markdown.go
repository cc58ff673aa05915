package report

import (
	"fmt"
	"html"
	"io"
	"strings"
)

// writeComparisonMarkdown writes how each target did, and a table for each
// specification of which a requirement did not pass somewhere.
func writeComparisonMarkdown(w io.Writer, c Comparison) error {
	var page strings.Builder
	fmt.Fprintf(&page, "## grantproof: %s compared\n\n| target | result | requirements examined |\n| --- | --- | --- |\n", number(len(c.Targets), "target"))
	for _, t := range c.Targets {
		result := Result(t)
		if t.Summary != nil {
			result = tally(*t.Summary) // The same run gives the same text.
			if open := interruption(t.Interrupted, t.NotRun); open != "" {
				result += "; " + open
			}
			if t.Absent != nil {
				result += "; " + *t.Absent
			}
		}
		fmt.Fprintf(&page, "| %s | %s | %s |\n", escape(t.ID), escape(result), escape(strings.Join(examinedOf(t), ", ")))
	}
	page.WriteString("\n✓ passed; known: a MUST fails, and the baseline of the target says why; warned: a SHOULD fails; –: not applicable.\n")
	var leftOut group
	for _, g := range groups(c) {
		leftOut.Passed, leftOut.Unseen = append(leftOut.Passed, g.Passed...), append(leftOut.Unseen, g.Unseen...)
		if len(g.Differing) > 0 {
			fmt.Fprintf(&page, "\n### %s\n\n", link(g.Title, g.URL))
			markdownRows(&page, started(c), g.Differing)
		}
	}
	if folded := leftOut.Folded(); folded != "" {
		fmt.Fprintf(&page, "\nOf the requirements that are left out, %s.\n", folded)
	}
	for _, t := range c.Targets {
		markdownAccounts(&page, c, t)
	}
	_, err := io.WriteString(w, page.String())
	return err
}

// examinedOf says how much of each profile was examined at a target.
func examinedOf(t ComparedTarget) []string {
	var said []string
	for _, c := range list(t.CoverageOfTarget) {
		said = append(said, fmt.Sprintf("%s: %d of %d", c.Profile, c.Examined, ofItsRoles(c)))
	}
	return said
}

func markdownRows(page *strings.Builder, targets []ComparedTarget, requirements []ComparedRequirement) {
	page.WriteString("| requirement |")
	for _, t := range targets {
		page.WriteString(" " + escape(t.ID) + " |")
	}
	page.WriteString("\n| --- |" + strings.Repeat(" --- |", len(targets)) + "\n")
	for _, requirement := range requirements {
		fmt.Fprintf(page, "| %s %s: %s |", link(requirement.Section, requirement.URL), strings.ToUpper(escape(string(requirement.Level))), escape(requirement.Says))
		for _, t := range targets {
			page.WriteString(" " + cells[requirement.Verdicts[t.ID]] + " |")
		}
		page.WriteString("\n")
	}
}

// markdownAccounts says of a target what happened where requirements did not
// pass.
func markdownAccounts(page *strings.Builder, c Comparison, t ComparedTarget) {
	accounts := accountsOf(c, t)
	if len(accounts) == 0 {
		return
	}
	fmt.Fprintf(page, "\n<details><summary>%s: what happened</summary>\n\n", html.EscapeString(t.ID))
	for _, account := range accounts {
		var about []string
		for _, requirement := range account.About {
			about = append(about, link(requirement.ID, requirement.URL))
		}
		if account.isAbsence(t) {
			about = []string{account.extent()}
		}
		verdict := word(account.Verdict)
		fmt.Fprintf(page, "- %s: %s (%s)\n", strings.ToUpper(verdict[:1])+verdict[1:], escape(account.Text), strings.Join(about, ", "))
	}
	page.WriteString("\n</details>\n")
}

// cells are verdicts in a wide table.
var cells = map[Verdict]string{Passed: "✓", Failed: "**failed**", Warned: "warned", Inconclusive: "**inconclusive**", ExpectedFailure: "known", NotApplicable: "–"}

func number(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
