package acts

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
	if err := checkPhrase(asGiven); err == nil || !strings.HasSuffix(err.Error(), "it is a Then") {
		t.Errorf("a Then as a Given: %v", err)
	}
	sound := everyPhrase
	defer func() { everyPhrase = sound; meanings.Clear() }()
	meanings.Clear()
	everyPhrase = func() []compiled { return append(slices.Clone(sound()), compile(Then, step{says: "an? .* is issued"})) }
	if err := checkPhrase(issued); err == nil || !strings.Contains(err.Error(), "ambiguous") {
		t.Errorf("a step that two phrases know: %v", err)
	}
	for text, nearest := range map[string]string{
		"the client redems the code":                        `did you mean "the client redeems the code"`,
		"the client request a token with:":                  `did you mean "the client requests a token with:"`,
		`the client uses the mehod "PUT" at every endpoint`: `did you mean "the client uses the method "…" at every endpoint"`,
	} {
		if err := checkPhrase(&messages.PickleStep{Type: messages.PickleStepType_ACTION, Text: text}); err == nil || !strings.Contains(err.Error(), nearest) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
