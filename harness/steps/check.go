package steps

import (
	"fmt"
	"regexp"
	"sync"

	messages "github.com/cucumber/messages/go/v21"
)

var keywords = map[messages.PickleStepType]Keyword{
	messages.PickleStepType_CONTEXT: Given,
	messages.PickleStepType_ACTION:  When,
	messages.PickleStepType_OUTCOME: Then,
}

// Check says whether exactly one phrase of its keyword is meant by a step.
func Check(step *messages.PickleStep) error {
	meant := phrasesOf(step)
	switch len(meant) {
	case 0:
		return fmt.Errorf("nobody knows the step %q (%s)", step.Text, keywords[step.Type])
	case 1:
		return nil
	}
	var patterns []string
	for _, c := range meant {
		patterns = append(patterns, c.pattern)
	}
	return fmt.Errorf("the step %q is ambiguous: %q", step.Text, patterns)
}

// meanings remembers which phrases a step means: the features are read more
// often than they change, and there are many phrases.
var meanings sync.Map // said → []compiled

type said struct {
	keyword Keyword
	text    string
}

// phrasesOf are the phrases of its keyword that a step means; one, where it is
// well made.
func phrasesOf(step *messages.PickleStep) []compiled {
	key := said{keywords[step.Type], step.Text}
	if known, ok := meanings.Load(key); ok {
		return known.([]compiled)
	}
	var meant []compiled
	for _, phrases := range [][]compiled{compiledGivens, compiledWhens, compiledThens} {
		for _, c := range phrases {
			if c.keyword == key.keyword && (matches(c.plain, key.text) || matches(c.withTable, key.text)) {
				meant = append(meant, c)
			}
		}
	}
	meanings.Store(key, meant)
	return meant
}

func matches(expression *regexp.Regexp, text string) bool {
	return expression != nil && expression.MatchString(text)
}
