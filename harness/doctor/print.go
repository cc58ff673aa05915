package doctor

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/grantproof/grantproof/impl/printable"
)

var (
	red   = lipgloss.NewStyle().Foreground(lipgloss.Red).Bold(true)
	faint = lipgloss.NewStyle().Faint(true)
)

var marks = map[Status]string{
	OK: lipgloss.NewStyle().Foreground(lipgloss.Green).Render("✓"), Warning: lipgloss.NewStyle().Foreground(lipgloss.Yellow).Render("!"),
	Error: red.Render("✗"), Skipped: faint.Render("-"),
}

// Print writes findings as a checklist, with what to change below those that are
// not as they have to be. Colours are dropped where they do not belong.
func Print(out io.Writer, findings []Finding) {
	widest := 0
	findings = shown(findings)
	for _, f := range findings {
		widest = max(widest, len(f.Name))
	}
	for _, f := range findings {
		lipgloss.Fprintf(out, "%s %s  %s\n", marks[f.Status], f.Name+strings.Repeat(" ", widest-len(f.Name)), f.summary())
		if f.Status == OK || f.Status == Skipped {
			continue
		}
		line := func(label, text string) {
			if text != "" {
				lipgloss.Fprintf(out, "    %s %s\n", faint.Render(fmt.Sprintf("%-9s", label)), text)
			}
		}
		line("tried", f.Tried)
		line("came back", f.CameBack)
		line("change", f.Change)
		line("where", strings.TrimSpace(f.Line+"  "+f.Key))
	}
}

// shown are findings in which everything is seen: what came back is the text of a
// server.
func shown(findings []Finding) []Finding {
	all := slices.Clone(findings)
	for i := range all {
		for _, text := range []*string{&all[i].Name, &all[i].Tried, &all[i].CameBack, &all[i].Change, &all[i].Key, &all[i].Line} {
			*text = printable.Line(*text)
		}
	}
	return all
}

// summary is what is said in the line of a finding; the others say it below.
func (f Finding) summary() string {
	if f.Status == OK || f.Status == Skipped {
		return f.CameBack
	}
	return ""
}

// PrintSerious writes the findings after which a run does not start, else one
// line for each warning.
func PrintSerious(out io.Writer, findings []Finding) {
	if Worst(findings) == Error {
		Print(out, slices.DeleteFunc(slices.Clone(findings), func(f Finding) bool { return f.Status != Error }))
		return
	}
	for _, f := range shown(findings) {
		if f.Status == Warning {
			lipgloss.Fprintf(out, "%s %s: %s (`grantproof doctor` says more)\n", marks[Warning], f.Name, f.CameBack)
		}
	}
}

// Problem is the errors among findings as one; nil where there is none.
func Problem(findings []Finding) error {
	var problems []error
	for _, f := range shown(findings) {
		if f.Status == Error {
			problems = append(problems, fmt.Errorf("%s: %s; %s (%s)", f.Name, f.CameBack, f.Change, cmp.Or(f.Line, f.Key)))
		}
	}
	return errors.Join(problems...)
}
