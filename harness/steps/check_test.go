package steps

import (
	"slices"
	"strings"
	"testing"

	messages "github.com/cucumber/messages/go/v21"
)

// A step that nobody knows and one that two phrases know are both refused.
func TestCheck(t *testing.T) {
	issued := &messages.PickleStep{Type: messages.PickleStepType_OUTCOME, Text: "an access token is issued"}
	if err := checkPhrase(issued); err != nil {
		t.Errorf("a known step: %v", err)
	}
	asGiven := &messages.PickleStep{Type: messages.PickleStepType_CONTEXT, Text: issued.Text}
	if err := checkPhrase(asGiven); err == nil || !strings.Contains(err.Error(), "nobody knows") {
		t.Errorf("a Then as a Given: %v", err)
	}
	sound := everyPhrase
	defer func() { everyPhrase = sound; meanings.Clear() }()
	meanings.Clear()
	everyPhrase = func() []compiled { return append(slices.Clone(sound()), compile(Then, step{says: "an? .* is issued"})) }
	if err := checkPhrase(issued); err == nil || !strings.Contains(err.Error(), "ambiguous") {
		t.Errorf("a step that two phrases know: %v", err)
	}
}
