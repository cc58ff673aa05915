package site

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
)

var (
	diagram = regexp.MustCompile("(?ms)^```sequence\n(.*?)^```$")
	message = regexp.MustCompile(`^(.+?) (->|-->) (.+?): (.+)$`)
)

// drawDiagrams replaces each ```sequence block, whose lines are "A -> B: text"
// (--> for an answer), with a drawing.
func drawDiagrams(text string) (string, error) {
	var problem error
	drawn := diagram.ReplaceAllStringFunc(text, func(block string) string {
		drawing, err := draw(diagram.FindStringSubmatch(block)[1])
		if err != nil {
			problem = err
		}
		return drawing
	})
	return drawn, problem
}

const (
	column = 260 // Between two parties, in pixels.
	line   = 46  // Between two messages.
	top    = 58  // Where the first message may be.
)

type arrow struct {
	from, to int
	text     string
	answer   bool
}

func draw(source string) (string, error) {
	var parties []string
	var arrows []arrow
	for text := range strings.Lines(strings.TrimSpace(source)) {
		match := message.FindStringSubmatch(strings.TrimSpace(text))
		if match == nil {
			return "", fmt.Errorf("a diagram's line is \"A -> B: text\", not %q", text)
		}
		a := arrow{text: match[4], answer: match[2] == "-->"}
		a.from, parties = indexOf(parties, match[1])
		a.to, parties = indexOf(parties, match[3])
		arrows = append(arrows, a)
	}
	return drawing(parties, arrows), nil
}

func indexOf(parties []string, name string) (int, []string) {
	if i := slices.Index(parties, name); i >= 0 {
		return i, parties
	}
	return len(parties), append(parties, name)
}

func drawing(parties []string, arrows []arrow) string {
	width, height := column*len(parties), top+line*len(arrows)+16
	var svg strings.Builder
	fmt.Fprintf(&svg, `<figure class="sequence"><svg viewBox="0 0 %d %d" width="%d" role="img" aria-label="%s">`+"\n", width, height, width, spoken(parties, arrows))
	for i, party := range parties {
		x := i*column + column/2
		fmt.Fprintf(&svg, `<line class="life" x1="%d" y1="34" x2="%d" y2="%d"/>`, x, x, height)
		fmt.Fprintf(&svg, `<rect x="%d" y="4" width="%d" height="30" rx="6"/><text x="%d" y="24">%s</text>`+"\n", x-85, 170, x, html.EscapeString(party))
	}
	for i, a := range arrows {
		svg.WriteString(drawArrow(a, top+i*line+18))
	}
	svg.WriteString("</svg></figure>\n")
	return svg.String()
}

func drawArrow(a arrow, y int) string {
	from, to := a.from*column+column/2, a.to*column+column/2
	class := "call"
	if a.answer {
		class = "answer"
	}
	if a.from == a.to {
		return fmt.Sprintf(`<text class="note" x="%d" y="%d">%s</text>`+"\n", from, y, html.EscapeString(a.text))
	}
	head := 8
	if to > from {
		head = -8
	}
	return fmt.Sprintf(`<line class="%s" x1="%d" y1="%d" x2="%d" y2="%d"/><path d="M%d %dl%d -5v10z"/><text x="%d" y="%d">%s</text>`+"\n",
		class, from, y, to, y, to, y, head, (from+to)/2, y-7, html.EscapeString(a.text))
}

// spoken is the diagram for who cannot see it.
func spoken(parties []string, arrows []arrow) string {
	var sentences []string
	for _, a := range arrows {
		sentences = append(sentences, parties[a.from]+" to "+parties[a.to]+": "+a.text)
	}
	return html.EscapeString(strings.Join(sentences, ". "))
}
