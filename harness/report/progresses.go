package report

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// Progresses shows several runs while they go on: in a terminal a line for each
// that is rewritten, else a line as each begins.
type Progresses struct {
	Out      io.Writer
	Terminal bool

	mu    sync.Mutex
	lines []*progressLine
	drawn time.Time
	shown int // Lines on the screen.
}

type progressLine struct {
	name             string
	total, done, bad int
}

// Line adds a run; it is told of the number of its scenarios and of each that
// ends.
func (p *Progresses) Line(name string) (began func(total int), finished func(Scenario)) {
	line := &progressLine{name: name}
	p.lines = append(p.lines, line)
	return func(total int) { p.update(func() { p.begin(line, total) }) },
		func(s Scenario) {
			p.update(func() {
				line.done++
				if s.Verdict == Failed || s.Verdict == Inconclusive {
					line.bad++
				}
			})
		}
}

func (p *Progresses) begin(line *progressLine, total int) {
	line.total = total
	if !p.Terminal {
		fmt.Fprintf(p.Out, "%s: %d scenarios\n", line.name, total)
	}
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
		state := "waits"
		if line.total > 0 {
			state = fmt.Sprintf("%s %d of %d scenarios, %d failed", bar(line.done, line.total), line.done, line.total, line.bad)
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
