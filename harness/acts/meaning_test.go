package acts

import (
	"strings"
	"testing"
	"time"

	messages "github.com/cucumber/messages/go/v21"
)

func pickled(kind messages.PickleStepType, text string, rows ...[]string) *messages.PickleStep {
	step := &messages.PickleStep{Type: kind, Text: text}
	if rows == nil {
		return step
	}
	table := &messages.PickleTable{}
	for _, row := range rows {
		cells := &messages.PickleTableRow{}
		for _, cell := range row {
			cells.Cells = append(cells.Cells, &messages.PickleTableCell{Value: cell})
		}
		table.Rows = append(table.Rows, cells)
	}
	step.Argument = &messages.PickleStepArgument{DataTable: table}
	return step
}

// What a step means for a plan comes from the attributes of its phrase, and of its
// arguments and its table where they decide.
func TestMeaning(t *testing.T) {
	const given, when, then = messages.PickleStepType_CONTEXT, messages.PickleStepType_ACTION, messages.PickleStepType_OUTCOME
	for _, test := range []struct {
		step  *messages.PickleStep
		means Meaning
	}{
		{pickled(given, "a public client"), Meaning{Registers: true}},
		{pickled(when, "the client registers with:", []string{"scope", "read"}), Meaning{Registers: true}},
		{pickled(given, "the resource owner approves"), Meaning{SignsIn: true}},
		{pickled(given, "60 seconds have passed"), Meaning{Waits: time.Minute}},
		{pickled(then, `the request is refused with "invalid_grant"`), Meaning{Refuses: true}},
		{pickled(then, "the response status is 401"), Meaning{Refuses: true}},
		{pickled(then, "the response status is 200"), Meaning{}},
		{pickled(then, "the user agent returns to the client with:", []string{"error", "access_denied"}), Meaning{Refuses: true}},
		{pickled(then, "the user agent returns to the client with:", []string{"error", "(absent)"}), Meaning{}},
		{pickled(then, "the same request succeeds without it"), Meaning{Controls: true}},
		{pickled(then, "nobody knows this step"), Meaning{}},
	} {
		if got := MeaningOf(test.step); got != test.means {
			t.Errorf("%q means %+v, expected %+v", test.step.Text, got, test.means)
		}
	}
	if rule := MeaningOf(pickled(then, `every exchange keeps the rule "no-null"`)).Rule; rule == nil || rule.Name != "no-null" {
		t.Errorf("the rule is %v", rule)
	}
	problems := Check([]*messages.PickleStep{pickled(then, `every exchange keeps the rule "no-nul"`)})
	if len(problems) != 1 || !strings.Contains(problems[0].Err.Error(), `did you mean "no-null"`) {
		t.Errorf("an unknown rule: %v", problems)
	}
}
