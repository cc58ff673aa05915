package steps

import (
	"fmt"
	"regexp"

	messages "github.com/cucumber/messages/go/v21"
)

var keywords = map[messages.PickleStepType]Keyword{
	messages.PickleStepType_CONTEXT: Given,
	messages.PickleStepType_ACTION:  When,
	messages.PickleStepType_OUTCOME: Then,
}

// Check says whether exactly one phrase of its keyword is meant by a step.
func Check(step *messages.PickleStep) error {
	keyword := keywords[step.Type]
	var matches []string
	for _, phrases := range [][]compiled{compiledGivens, compiledWhens, compiledThens} {
		for _, c := range phrases {
			if c.keyword == keyword && (matched(c.plain, step) || matched(c.withTable, step)) {
				matches = append(matches, c.pattern)
			}
		}
	}
	switch len(matches) {
	case 0:
		return fmt.Errorf("nobody knows the step %q (%s)", step.Text, keyword)
	case 1:
		return nil
	}
	return fmt.Errorf("the step %q is ambiguous: %q", step.Text, matches)
}

func matched(expression *regexp.Regexp, step *messages.PickleStep) bool {
	return expression != nil && expression.MatchString(step.Text)
}
