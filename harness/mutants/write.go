package mutants

import (
	"io"
	"path"

	"charm.land/lipgloss/v2"

	"github.com/grantproof/grantproof/harness/report"
)

// Proof is what became of the mutants that were tried.
type Proof struct {
	Mutants []Result `json:"mutants"`
	Summary []Sum    `json:"summary"` // By package.
}

// Sum is what became of the mutants of a package.
type Sum struct {
	Package  string `json:"package"`
	Mutants  int    `json:"mutants"`
	BySuite  int    `json:"by_suite"`
	ByTests  int    `json:"by_tests"`
	Excused  int    `json:"excused"`
	Survived int    `json:"survived"`
}

// Share is how many percent are noticed or excused.
func (s Sum) Share() float64 {
	if s.Mutants == 0 {
		return 100
	}
	return 100 * float64(s.Mutants-s.Survived) / float64(s.Mutants)
}

// NewProof sums results up.
func NewProof(results []Result) Proof {
	proof := Proof{Mutants: results}
	for _, result := range results {
		if last := len(proof.Summary) - 1; last < 0 || proof.Summary[last].Package != result.Package() {
			proof.Summary = append(proof.Summary, Sum{Package: result.Package()})
		}
		proof.Summary[len(proof.Summary)-1].add(result.Outcome)
	}
	return proof
}

func (s *Sum) add(outcome Outcome) {
	s.Mutants++
	switch outcome {
	case BySuite:
		s.BySuite++
	case ByTests:
		s.ByTests++
	case Excused:
		s.Excused++
	default:
		s.Survived++
	}
}

// Total is the sum of all packages.
func (p Proof) Total() Sum {
	total := Sum{Package: "all"}
	for _, result := range p.Mutants {
		total.add(result.Outcome)
	}
	return total
}

// Create opens the file of a proof, which is JSON.
func Create(name string) (*report.File[Proof], error) {
	return report.CreateFile(name, map[string]func(io.Writer, Proof) error{".json": report.WriteJSON[Proof]})
}

// WriteProof writes the survivors by file, and a table by package.
func WriteProof(out io.Writer, p Proof) {
	bold, faint := lipgloss.NewStyle().Bold(true), lipgloss.NewStyle().Faint(true)
	file := ""
	for _, result := range p.Mutants {
		if result.Outcome != Survived && result.Outcome != Needless {
			continue
		}
		if result.File != file {
			file = result.File
			lipgloss.Fprintf(out, "%s\n", bold.Render(file))
		}
		lipgloss.Fprintf(out, "  %s\n", describe(result))
	}
	lipgloss.Fprintf(out, "%s\n", faint.Render("")+"package                  mutants   suite   tests excused survived   share")
	for _, sum := range append(p.Summary, p.Total()) {
		lipgloss.Fprintf(out, "%-24s %7d %7d %7d %7d %8d %6.1f%%\n", sum.Package, sum.Mutants, sum.BySuite, sum.ByTests, sum.Excused, sum.Survived, sum.Share())
	}
}

// longest is how much of a condition is shown.
const longest = 100

func describe(r Result) string {
	source := r.Source
	if len(source) > longest {
		source = source[:longest] + "…"
	}
	name := path.Base(r.File)
	line := lipgloss.Sprintf("%s:%d %s: %s is always %t", name, r.Line, r.In, source, r.Forced)
	switch {
	case r.Outcome == Needless:
		return line + " (noticed by " + r.By + "; remove its excuse)"
	case r.Reached == 0:
		return line + " (nothing reaches it)"
	}
	return line
}
