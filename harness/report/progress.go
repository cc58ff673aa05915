package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"charm.land/lipgloss/v2"

	"github.com/grantproof/grantproof/impl/printable"
)

// Progress shows a run while it goes on: one line that is rewritten in a
// terminal, a line for each scenario with verbose, nothing where the output is
// neither.
type Progress struct {
	Out      io.Writer
	Terminal bool
	Verbose  bool
	Total    int

	mu    sync.Mutex
	done  int
	bad   int
	waits time.Time // Until when a scenario waits.
}

// Waiting says that a scenario waits for real time to pass.
func (p *Progress) Waiting(until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !until.After(p.waits) {
		return
	}
	p.waits = until
	if p.Terminal && !p.Verbose {
		p.draw()
		return
	}
	fmt.Fprintf(p.Out, "scenarios wait until %s\n", until.Format(time.TimeOnly))
}

// Slowed says why fewer requests go to the target at once.
func (p *Progress) Slowed(reason string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.End()
	fmt.Fprintln(p.Out, printable.Line(reason))
}

// Finished reports the verdict of one scenario.
func (p *Progress) Finished(s Scenario) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if bad(s.Verdict) {
		p.bad++
	}
	switch {
	case p.Verbose:
		lipgloss.Fprintf(p.Out, "%s %s\n", marks[s.Verdict], printable.Line(s.ID))
	case p.Terminal:
		p.draw()
	}
}

func (p *Progress) draw() {
	fmt.Fprintf(p.Out, "\r%s %s%s \x1b[K", bar(p.done, p.Total), sofar(p.done, p.Total, "scenarios", p.bad), waits(p.waits))
}

// waits says until when something waits, if it does.
func waits(until time.Time) string {
	if !until.After(time.Now()) {
		return ""
	}
	return ", waits until " + until.Format(time.TimeOnly)
}

// End clears the line.
func (p *Progress) End() {
	if p.Terminal && !p.Verbose {
		fmt.Fprint(p.Out, "\r\x1b[K")
	}
}

// Count shows how far something long has come: one line that is rewritten in a
// terminal, else a line now and then. It is not safe for use by several
// goroutines.
type Count struct {
	Out      io.Writer
	Terminal bool
	Total    int
	Noun     string // Of what there are so many.

	done, bad int
}

// seldom: outside of a terminal there is a line for so many.
const seldom = 100

// Finished counts one more.
func (c *Count) Finished(sound bool) {
	c.done++
	if !sound {
		c.bad++
	}
	switch {
	case c.Terminal:
		fmt.Fprintf(c.Out, "\r%s %s \x1b[K", bar(c.done, c.Total), sofar(c.done, c.Total, c.Noun, c.bad))
	case c.done%seldom == 0:
		fmt.Fprintln(c.Out, sofar(c.done, c.Total, c.Noun, c.bad))
	}
}

// End clears the line.
func (c *Count) End() {
	if c.Terminal {
		fmt.Fprint(c.Out, "\r\x1b[K")
	}
}

// sofar says how far something has come.
func sofar(done, total int, noun string, bad int) string {
	return fmt.Sprintf("%d of %d %s, %d failed", done, total, noun, bad)
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
