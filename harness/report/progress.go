package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"charm.land/lipgloss/v2"
)

// Progress shows a run while it goes on: one line that is rewritten in a
// terminal, a line for each scenario with verbose, nothing where the output is
// neither.
type Progress struct {
	Out      io.Writer
	Terminal bool
	Verbose  bool
	Total    int

	mu   sync.Mutex
	done int
	bad  int
}

// Finished reports the verdict of one scenario.
func (p *Progress) Finished(s Scenario) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if s.Verdict == Failed || s.Verdict == Inconclusive {
		p.bad++
	}
	switch {
	case p.Verbose:
		lipgloss.Fprintf(p.Out, "%s %s\n", marks[s.Verdict], s.ID)
	case p.Terminal:
		fmt.Fprintf(p.Out, "\r%s %d of %d scenarios, %d failed ", bar(p.done, p.Total), p.done, p.Total, p.bad)
	}
}

// End clears the line.
func (p *Progress) End() {
	if p.Terminal && !p.Verbose {
		fmt.Fprint(p.Out, "\r\x1b[K")
	}
}

func bar(done, total int) string {
	const width = 24
	full := 0
	if total > 0 {
		full = width * done / total
	}
	return "[" + strings.Repeat("=", full) + strings.Repeat(" ", width-full) + "]"
}

func sortedKeys(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }
