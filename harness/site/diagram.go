package site

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/grantproof/grantproof/harness/report/sequence"
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
		messages, err := readDiagram(diagram.FindStringSubmatch(block)[1])
		if err != nil {
			problem = err
		}
		return sequence.Draw(messages)
	})
	return drawn, problem
}

func readDiagram(source string) ([]sequence.Message, error) {
	var messages []sequence.Message
	for text := range strings.Lines(strings.TrimSpace(source)) {
		match := message.FindStringSubmatch(strings.TrimSpace(text))
		if match == nil {
			return nil, fmt.Errorf("a diagram's line is \"A -> B: text\", not %q", text)
		}
		messages = append(messages, sequence.Message{From: match[1], To: match[3], Text: match[4], Answer: match[2] == "-->"})
	}
	return messages, nil
}
