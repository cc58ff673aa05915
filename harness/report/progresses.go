package report

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/printable"
)

// Progresses shows several runs while they go on: in a terminal a line for each
// that is rewritten, else a line as each begins.
type Progresses struct {
	Out      io.Writer
	Terminal bool

	mu    sync.Mutex
	lines []*ProgressLine
	drawn time.Time
	shown int // Lines on the screen.
}

// ProgressLine is one of the runs.
type ProgressLine struct {
	of               *Progresses
	name             string
	total, done, bad int
	waits            time.Time
}

// Line adds a run.
func (p *Progresses) Line(name string) *ProgressLine {
	line := &ProgressLine{of: p, name: printable.Line(name)}
	p.lines = append(p.lines, line)
	return line
}

// Began says of how many scenarios it is.
func (l *ProgressLine) Began(total int) {
	l.of.update(func() {
		l.total = total
		if !l.of.Terminal {
			fmt.Fprintf(l.of.Out, "%s: %d scenarios\n", l.name, total)
		}
	})
}

// Finished reports the verdict of one scenario.
func (l *ProgressLine) Finished(s Scenario) {
	l.of.update(func() {
		l.done++
		if bad(s.Verdict) {
			l.bad++
		}
	})
}

// Waiting says that a scenario waits for real time to pass.
func (l *ProgressLine) Waiting(until time.Time) {
	l.of.update(func() {
		if !until.After(l.waits) {
			return
		}
		l.waits = until
		if !l.of.Terminal {
			fmt.Fprintf(l.of.Out, "%s: scenarios wait until %s\n", l.name, until.Format(time.TimeOnly))
		}
	})
}

// Slowed says why fewer requests go to the target at once.
func (l *ProgressLine) Slowed(reason string) {
	l.of.update(func() {
		if !l.of.Terminal {
			fmt.Fprintf(l.of.Out, "%s: %s\n", l.name, printable.Line(reason))
			return
		}
		l.name += " (fewer requests at once)"
	})
}

// update changes a line and draws them all anew, not too often.
func (p *Progresses) update(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	if p.Terminal && time.Since(p.drawn) > 50*time.Millisecond {
		p.drawn = time.Now()
		p.draw()
	}
}

func (p *Progresses) draw() {
	var text strings.Builder
	p.rewind(&text)
	width := 0
	for _, line := range p.lines {
		width = max(width, len(line.name))
	}
	for _, line := range p.lines {
		state := "not begun"
		if line.total > 0 {
			state = bar(line.done, line.total) + " " + sofar(line.done, line.total, "scenarios", line.bad) + waits(line.waits)
		}
		fmt.Fprintf(&text, "%-*s %s\x1b[K\n", width, line.name, state)
	}
	p.shown = len(p.lines)
	_, _ = io.WriteString(p.Out, text.String())
}

// rewind goes back to where the first line is.
func (p *Progresses) rewind(text *strings.Builder) {
	if p.shown > 0 {
		fmt.Fprintf(text, "\x1b[%dA\r", p.shown)
	}
}

// End clears the lines.
func (p *Progresses) End() {
	var text strings.Builder
	p.rewind(&text)
	if p.shown > 0 {
		text.WriteString("\x1b[J")
	}
	_, _ = io.WriteString(p.Out, text.String())
}
