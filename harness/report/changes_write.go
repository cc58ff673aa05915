package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"charm.land/lipgloss/v2"
)

//go:embed page/changes.html
var changesText string

var changesPage = template.Must(template.New("changes").Funcs(functions).Funcs(template.FuncMap{"counts": Counts}).Parse(changesText))

// changesWriters by the ending of the file's name.
var changesWriters = map[string]func(io.Writer, Changes) error{
	".html": forPeople(writeChangesHTML),
	".md":   forPeople(writeChangesMarkdown),
}

// CreateChanges opens the file of a comparison of two runs.
func CreateChanges(name string) (*File[Changes], error) { return CreateFile(name, changesWriters) }

// ChangesTerminal writes what changed, then the counts before and after.
func ChangesTerminal(w io.Writer, c Changes) {
	c = clean(c)
	for _, group := range c.Groups() {
		lipgloss.Fprintln(w, lipgloss.NewStyle().Bold(true).Render(fmt.Sprintf("%s (%d)", group.Name, len(group.Changes))))
		for _, change := range group.Changes {
			lipgloss.Fprintf(w, "%s %s  %s\n", mark(change.Verdict), change.Name, faint.Render(change.Says()))
			if why := change.Why(); why != "" {
				lipgloss.Fprintf(w, "    %s\n", why)
			}
			if bad(change.Verdict) {
				lipgloss.Fprintf(w, "    %s %s\n", faint.Render("reproduce"), change.Reproduce)
			}
		}
		lipgloss.Fprintln(w)
	}
	lipgloss.Fprintf(w, "before  %s\nafter   %s\n", Counts(c.Before), Counts(c.After))
	for _, warning := range c.Warnings() {
		lipgloss.Fprintf(w, "%s %s\n", marks[Inconclusive], warning)
	}
	lipgloss.Fprintln(w, c.Summary())
}

func mark(v Verdict) string {
	if v == "" {
		return " "
	}
	return marks[v]
}

// Summary is how much changed, in a line.
func (c Changes) Summary() string {
	groups := c.Groups()
	if len(groups) == 0 {
		return "nothing changed"
	}
	var parts []string
	for _, group := range groups {
		parts = append(parts, fmt.Sprintf("%d %s", len(group.Changes), strings.ToLower(group.Name)))
	}
	return strings.Join(parts, ", ")
}

func writeChangesMarkdown(w io.Writer, c Changes) error {
	var page strings.Builder
	fmt.Fprintf(&page, "## grantproof: %s\n\n| run | target | result |\n| --- | --- | --- |\n", c.Summary())
	for name, r := range c.runs() {
		fmt.Fprintf(&page, "| %s | %s | %s |\n", name, escape(r.Target.Name), Counts(r))
	}
	for _, warning := range c.Warnings() {
		fmt.Fprintf(&page, "\n**Warning:** %s.\n", escape(warning))
	}
	for _, group := range c.Groups() {
		fmt.Fprintf(&page, "\n### %s\n\n| scenario | verdict | what happened |\n| --- | --- | --- |\n", group.Name)
		for _, change := range group.Changes {
			fmt.Fprintf(&page, "| %s | %s | %s |\n", escape(change.Name), escape(change.Says()), escape(change.Why()))
		}
	}
	_, err := io.WriteString(w, page.String())
	return err
}

// writeChangesHTML writes a page that stands on its own: it loads nothing.
func writeChangesHTML(w io.Writer, c Changes) error {
	return changesPage.Execute(w, struct {
		Changes
		Style template.CSS
	}{c, template.CSS(pageStyle)})
}

// runs are the two reports with their names.
func (c Changes) runs() func(func(string, Report) bool) {
	return func(yield func(string, Report) bool) {
		_ = yield("before", c.Before) && yield("after", c.After)
	}
}
