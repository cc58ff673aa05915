package report

import (
	"fmt"
	"io"
	"net/url"
	"strings"

	generated "github.com/grantproof/grantproof/generated/report"
)

// writeMarkdown is for the summary of a pull request: the counts, and a row
// for everything that did not pass.
func writeMarkdown(w io.Writer, r Report) error {
	var text strings.Builder
	fmt.Fprintf(&text, "## grantproof: %s\n\n%s\n", escape(r.Target.Name), Counts(r))
	if said := Interruption(r); said != "" {
		fmt.Fprintf(&text, "\n**The run was %s.**\n", escape(said))
	}
	open := false
	for _, row := range Rows(r) {
		if row.Verdict == Passed || row.Verdict == NotApplicable {
			continue
		}
		if !open {
			text.WriteString("\n| verdict | scenario | what happened | requirement |\n| --- | --- | --- | --- |\n")
			open = true
		}
		fmt.Fprintf(&text, "| %s | %s | %s | %s |\n", escape(string(row.Verdict)), escape(row.Name), escape(row.Headline()), escape(strings.Join(row.Requirements, " ")))
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
		fmt.Fprintf(page, "| %s | %d of %d requirements | %d | %s |\n", escape(c.Profile), c.Examined, c.Requirements, c.NotExamined, strings.Join(why, ", "))
	}
	if remains := Remains(r); remains != "" {
		page.WriteString("\n" + escape(remains) + ".\n")
	}
	if len(list(r.NotApplicable)) > 0 {
		page.WriteString("\n| not applicable | why | what is lacking |\n| --- | --- | --- |\n")
	}
	for _, group := range Grouped(list(r.NotApplicable)) {
		fmt.Fprintf(page, "| %d | %s: %s | %s |\n", group.Count, group.Class, group.Says, escape(group.What()))
	}
}

// marksUp are the characters that mean something within a line of Markdown
// (https://spec.commonmark.org/0.31.2/#ascii-punctuation-character says that each
// can be escaped): those of tables, links, images, code, HTML and addresses that
// become links by themselves.
const marksUp = "\\`*_~[]!|<>&@#$"

// escape is text within a line of Markdown that is shown as it is.
func escape(text string) string {
	var escaped strings.Builder
	for i, r := range text {
		schemes := r == ':' && i+1 < len(text) && text[i+1] != ' '
		www := r == '.' && i >= 3 && strings.EqualFold(text[i-3:i], "www")
		if strings.ContainsRune(marksUp, r) || schemes || www {
			escaped.WriteByte('\\')
		}
		escaped.WriteRune(r)
	}
	return escaped.String()
}

// link is a link where address is one of the web without anything that ends it
// early, and else the text alone.
func link(text, address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "https" && parsed.Scheme != "http" || strings.ContainsAny(address, " <>()\\|") {
		return escape(text)
	}
	return "[" + escape(text) + "](" + address + ")"
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
