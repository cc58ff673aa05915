package mutation

import (
	"io"
	"strings"

	"charm.land/lipgloss/v2"
)

// Departure is something that chaos does now and then.
type Departure struct{ Name, Summary string }

// WriteCatalogue lists faults, which are sorted by role, and departures.
func WriteCatalogue(out io.Writer, faults []Fault, departures []Departure) {
	bold, faint := lipgloss.NewStyle().Bold(true), lipgloss.NewStyle().Faint(true)
	role := ""
	for _, f := range faults {
		if f.Role != role {
			role = f.Role
			lipgloss.Fprintf(out, "%s\n", bold.Render(role))
		}
		lipgloss.Fprintf(out, "  %-40s %s\n  %-40s %s\n", f.Name, f.Summary, "", faint.Render("violates "+strings.Join(f.Violates, ", ")))
	}
	lipgloss.Fprintf(out, "%s\n", bold.Render("chaos"))
	for _, d := range departures {
		lipgloss.Fprintf(out, "  %-40s %s\n", d.Name, d.Summary)
	}
}

// WriteResult writes what became of one fault.
func WriteResult(out io.Writer, r Result) {
	switch {
	case !r.Killed():
		lipgloss.Fprintf(out, "SURVIVED %-40s no scenario failed that cites %s\n", r.Name, strings.Join(r.Unseen, ", "))
	case !r.Sound():
		lipgloss.Fprintf(out, "STRAY    %-40s %s: unrelated scenarios changed, the first is %s\n", r.Name, strings.Join(r.Violates, ", "), r.Strays[0])
	default:
		lipgloss.Fprintf(out, "killed   %-40s %s (%d of its scenarios, %d others)\n", r.Name, strings.Join(r.Violates, ", "), len(r.Killers), len(r.Others))
	}
}

// WriteProof writes a table by role, and the sum.
func WriteProof(out io.Writer, p Proof) {
	lipgloss.Fprintf(out, "%-22s %7s %7s %9s %7s\n", "role", "faults", "killed", "survived", "strays")
	for _, role := range p.ByRole() {
		lipgloss.Fprintf(out, "%-22s %7d %7d %9d %7d\n", role.Name, len(role.Faults), role.Killed, role.Survived, role.Strays)
	}
	lipgloss.Fprintf(out, "%d of %d MUSTs with scenarios have a fault that violates them\n", p.Proven, p.Proven+len(p.Unproven))
	for _, id := range p.Unproven {
		lipgloss.Fprintf(out, "UNPROVEN %s\n", id)
	}
	lipgloss.Fprintf(out, "%d of %d faults killed\n", p.Killed, len(p.Faults))
}
