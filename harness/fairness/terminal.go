package fairness

import (
	"io"
	"strings"

	"charm.land/lipgloss/v2"
)

// WriteCatalogue lists variants, which are sorted by role.
func WriteCatalogue(out io.Writer, variants []Variant) {
	bold, faint := lipgloss.NewStyle().Bold(true), lipgloss.NewStyle().Faint(true)
	role := ""
	for _, v := range variants {
		if v.Role != role {
			role = v.Role
			lipgloss.Fprintf(out, "%s\n", bold.Render(role))
		}
		lipgloss.Fprintf(out, "  %-40s %s\n  %-40s %s\n", v.Name, v.Summary, "", faint.Render(v.Allows))
	}
}

// WriteResult writes what became of one company.
func WriteResult(out io.Writer, r Result) {
	names := strings.Join(r.Variants, ", ")
	if len(r.Accused) == 0 {
		lipgloss.Fprintf(out, "fair     %-40s %d scenarios", names, r.Tried)
		if r.Inapplicable > 0 {
			lipgloss.Fprintf(out, ", %d do not apply", r.Inapplicable)
		}
		lipgloss.Fprintf(out, "\n")
		return
	}
	lipgloss.Fprintf(out, "ACCUSED  %s\n", names)
	for _, change := range r.Accused {
		lipgloss.Fprintf(out, "         %s was %s and is %s\n           %s\n", change.Scenario, change.Was, change.Is, change.Reason)
	}
}

// WriteProof writes the sum.
func WriteProof(out io.Writer, p Proof) {
	lipgloss.Fprintf(out, "%d variants alone, and %d companies of them: no variant is accused in %d of %d runs\n",
		p.Alone, len(p.Results)-p.Alone, p.Fair, len(p.Results))
}
