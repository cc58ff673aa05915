package plan

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	messages "github.com/cucumber/messages/go/v21"

	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl/nearest"
)

// Meaning is what a step means, which nothing here reads from its text.
type Meaning struct {
	Refuses  bool // It expects a refusal. A server that refuses everything meets it, so that it needs a positive control.
	Controls bool // It is a positive control.
	Deviates bool // It deviates from a valid request by its text, and not by a table.
}

// lint holds a scenario against the conventions of the features.
func lint(where string, s *Scenario) error {
	var problems []error
	if words := strings.Fields(strings.ToLower(s.Name)); slices.Contains(words, "should") {
		problems = append(problems, fmt.Errorf("%s: a title states what is; take the \"should\" out", where))
	}
	if whens := count(s.Steps, messages.PickleStepType_ACTION); whens > 1 {
		problems = append(problems, fmt.Errorf("%s: there are %d Whens; a scenario has one", where, whens))
	}
	for _, need := range s.Needs {
		if !target.IsCapability(need) {
			problems = append(problems, fmt.Errorf("%s: @needs:%s is no capability%s; there are %s", where, need, nearest.Hint(need, target.CapabilityNames()), strings.Join(target.CapabilityNames(), ", ")))
		}
	}
	thens := count(s.Steps, messages.PickleStepType_OUTCOME)
	for _, id := range s.Requirements {
		if s.HeldBy[id] > thens {
			problems = append(problems, fmt.Errorf("%s: @%s:%d names a Then that is not there; the scenario has %d", where, id, s.HeldBy[id], thens))
		}
	}
	if s.Refuses() && !controlled(s) {
		problems = append(problems, fmt.Errorf("%s: it expects a refusal and has no positive control; put the deviation into the table of the When, "+
			"or add `But the same request succeeds without it`, `… with:` or `… given` another Given", where))
	}
	return errors.Join(problems...)
}

// Refuses tells whether a step expects a refusal.
func (s *Scenario) Refuses() bool {
	return slices.ContainsFunc(s.meanings, func(m Meaning) bool { return m.Refuses })
}

// SaysControl tells whether a step is the scenario's positive control.
func (s *Scenario) SaysControl() bool {
	return slices.ContainsFunc(s.meanings, func(m Meaning) bool { return m.Controls })
}

func controlled(s *Scenario) bool {
	deviates := slices.ContainsFunc(s.meanings, func(m Meaning) bool { return m.Deviates })
	return s.SaysControl() || deviates || slices.ContainsFunc(s.Steps, func(step *messages.PickleStep) bool {
		return step.Type == messages.PickleStepType_ACTION && step.Argument != nil && step.Argument.DataTable != nil
	})
}

func count(steps []*messages.PickleStep, kind messages.PickleStepType) int {
	n := 0
	for _, step := range steps {
		if step.Type == kind {
			n++
		}
	}
	return n
}
