// Package sequence draws who said what to whom, as an SVG that stands on its
// own. It does not know what the messages mean.
package sequence

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
)

// Message is one arrow, or a note where it goes from a party to itself.
type Message struct {
	From, To string
	Text     string
	Detail   string // A second, smaller line.
	Answer   bool
	Class    string // For the style sheet, besides call or answer.
}

// The measures, in pixels.
const (
	column = 330 // Between two parties.
	line   = 46  // Between two messages.
	more   = 16  // For a second line.
	top    = 58  // Where the first message may be.
	widest = 52  // Characters of a line between neighbours.
)

// Draw draws messages between parties: first those of order that take part,
// then the others as they appear.
func Draw(messages []Message, order ...string) string {
	parties := partiesOf(messages)
	slices.SortStableFunc(parties, func(a, b string) int { return placeIn(order, a) - placeIn(order, b) })
	width, height := column*len(parties), top+16
	for _, m := range messages {
		height += heightOf(m)
	}
	var svg strings.Builder
	fmt.Fprintf(&svg, `<figure class="sequence"><svg viewBox="0 0 %d %d" width="%d" role="img" aria-label="%s">`+"\n", width, height, width, spoken(messages))
	for i, party := range parties {
		x := i*column + column/2
		fmt.Fprintf(&svg, `<line class="life" x1="%d" y1="34" x2="%d" y2="%d"/>`, x, x, height)
		fmt.Fprintf(&svg, `<rect x="%d" y="4" width="%d" height="30" rx="6"/><text x="%d" y="24">%s</text>`+"\n", x-90, 180, x, html.EscapeString(party))
	}
	y := top + 18
	for _, m := range messages {
		y += heightOf(m) - line
		svg.WriteString(m.draw(slices.Index(parties, m.From), slices.Index(parties, m.To), y))
		y += line
	}
	svg.WriteString("</svg></figure>\n")
	return svg.String()
}

func partiesOf(messages []Message) []string {
	var parties []string
	for _, m := range messages {
		for _, party := range []string{m.From, m.To} {
			if !slices.Contains(parties, party) {
				parties = append(parties, party)
			}
		}
	}
	return parties
}

func placeIn(order []string, party string) int {
	if i := slices.Index(order, party); i >= 0 {
		return i
	}
	return len(order)
}

func heightOf(m Message) int {
	if m.Detail != "" {
		return line + more
	}
	return line
}

func (m Message) draw(from, to, y int) string {
	x1, x2 := from*column+column/2, to*column+column/2
	if from == to {
		return fmt.Sprintf(`<text class="note" x="%d" y="%d">%s</text>`+"\n", x1, y, html.EscapeString(m.Text))
	}
	kind, head, room := "call", 8, widest*max(from-to, to-from)
	if m.Answer {
		kind = "answer"
	}
	if to > from {
		head = -8
	}
	above := y - 7
	var detail string
	if m.Detail != "" {
		detail = fmt.Sprintf(`<text class="detail" x="%d" y="%d">%s</text>`, (x1+x2)/2, above, shorten(m.Detail, room))
		above -= more
	}
	return fmt.Sprintf(`<g class="%s"><line x1="%d" y1="%d" x2="%d" y2="%d"/><path d="M%d %dl%d -5v10z"/><text x="%d" y="%d">%s</text>%s</g>`+"\n",
		html.EscapeString(cmp.Or(strings.TrimSpace(kind+" "+m.Class), kind)), x1, y, x2, y, x2, y, head, (x1+x2)/2, above, shorten(m.Text, room), detail)
}

func shorten(text string, room int) string {
	if letters := []rune(text); len(letters) > room {
		text = string(letters[:room-1]) + "…"
	}
	return html.EscapeString(text)
}

// spoken is the diagram for who cannot see it.
func spoken(messages []Message) string {
	var sentences []string
	for _, m := range messages {
		sentences = append(sentences, strings.TrimSpace(m.From+" to "+m.To+": "+m.Text+" "+m.Detail))
	}
	return html.EscapeString(strings.Join(sentences, ". "))
}
