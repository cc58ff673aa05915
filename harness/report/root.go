package report

import (
	"fmt"
	"io"
	"strings"

	"charm.land/lipgloss/v2"
)

// Root is what several rows have in common that did not pass: what one header or one
// error code causes is one finding.
type Root struct{ Rows []Row }

// Roots groups the rows that did not pass by what was expected and what came instead,
// in the order of their first ones.
func Roots(r Report) []Root {
	var roots []Root
	index := map[string]int{}
	for _, row := range Rows(r) {
		if !DidNotPass(row.Verdict) {
			continue
		}
		key := strings.Join(append([]string{string(row.Verdict), row.Kind, row.Actual, row.cause()}, row.Expected...), "\x00")
		i, known := index[key]
		if !known {
			i = len(roots)
			index[key], roots = i, append(roots, Root{})
		}
		roots[i].Rows = append(roots[i].Rows, row)
	}
	return roots
}

// cause is the reason of a row of which nothing else is told.
func (r Row) cause() string {
	if r.Actual == "" || r.Verdict == ExpectedFailure {
		return r.Reason
	}
	return ""
}

// broken are the requirements that did not pass in any of the rows, each once.
func (root Root) broken() []string {
	var ids []string
	seen := map[string]bool{}
	for _, row := range root.Rows {
		for _, id := range row.told() {
			if !seen[id] {
				ids = append(ids, id)
			}
			seen[id] = true
		}
	}
	return ids
}

// manyShown is how many scenarios and requirements of one root are listed.
const manyShown = 6

// explain writes a root for a person: alone a scenario stands under its title, and
// several under what they have in common.
func (root Root) explain(w io.Writer, says map[string]Requirement) {
	first := root.Rows[0]
	title := first.Name
	if n := len(root.Rows); n > 1 {
		title = fmt.Sprintf("%d scenarios: %s", n, first.Headline())
	}
	lipgloss.Fprintf(w, "%s %s\n", marks[first.Verdict], lipgloss.NewStyle().Bold(true).Render(title))
	root.requirements(w, says)
	if len(root.Rows) > 1 {
		for i, row := range root.Rows {
			if i == manyShown {
				line(w, "", fmt.Sprintf("and %d more", len(root.Rows)-i))
				break
			}
			line(w, label("scenario", i), row.Name)
		}
	}
	if first.Actual != "" {
		line(w, "expected", strings.Join(first.Expected, "\n                or "))
		line(w, "actual", first.Actual)
	}
	if first.Kind != "" {
		line(w, "kind", first.Kind)
	}
	if first.Reason != "" {
		line(w, "why", first.Reason)
	}
	line(w, "reproduce", first.Reproduce)
	lipgloss.Fprintln(w)
}

func (root Root) requirements(w io.Writer, says map[string]Requirement) {
	broken := root.broken()
	for i, id := range broken {
		if i == manyShown && len(root.Rows) > 1 {
			line(w, "", fmt.Sprintf("and %d more", len(broken)-i))
			break
		}
		requirement := says[id]
		line(w, "requirement", strings.ToUpper(string(requirement.Level))+" "+requirement.Says)
		line(w, "", faint.Render(requirement.URL))
	}
}

func line(w io.Writer, label, text string) {
	lipgloss.Fprintf(w, "    %s %s\n", faint.Render(fmt.Sprintf("%-11s", label)), text)
}

// label stands before the first of several lines alone.
func label(name string, i int) string {
	if i > 0 {
		return ""
	}
	return name
}
