package plan

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	messages "github.com/cucumber/messages/go/v21"

	"github.com/grantproof/grantproof/harness/target"
)

// refusal is a Then that says no. A server that refuses everything meets it,
// so that it needs a positive control.
var refusal = regexp.MustCompile(`^(the request is refused|no access token is issued|the requested scope is not granted|` +
	`the user agent is not redirected|the client gets neither|the response status is 4|the access token is refused|the protected resource lets nobody in|the MCP server answers without a result|the tool fails|the agent fails|the agent gives up|the agent did not show)`)

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
			problems = append(problems, fmt.Errorf("%s: @needs:%s is no capability; there are %s", where, need, strings.Join(target.CapabilityNames(), ", ")))
		}
	}
	if s.Refuses() && !controlled(s) {
		problems = append(problems, fmt.Errorf("%s: it expects a refusal and has no positive control; put the deviation into the table of the When, "+
			"or add `But the same request succeeds with…` or `…without it`", where))
	}
	return errors.Join(problems...)
}

// Refuses tells whether a step expects a refusal.
func (s *Scenario) Refuses() bool {
	for _, step := range s.Steps {
		if step.Type != messages.PickleStepType_OUTCOME {
			continue
		}
		if refusal.MatchString(step.Text) || strings.HasPrefix(step.Text, "the user agent returns to the client with") && namesError(step) {
			return true
		}
	}
	return false
}

func controlled(s *Scenario) bool {
	return s.SaysControl() || slices.ContainsFunc(s.Steps, func(step *messages.PickleStep) bool {
		return step.Type == messages.PickleStepType_ACTION && step.Argument != nil && step.Argument.DataTable != nil
	})
}

// SaysControl tells whether a step is the scenario's positive control.
func (s *Scenario) SaysControl() bool {
	return slices.ContainsFunc(s.Steps, func(step *messages.PickleStep) bool {
		return strings.HasPrefix(step.Text, "the same request ")
	})
}

func namesError(step *messages.PickleStep) bool {
	if step.Argument == nil || step.Argument.DataTable == nil {
		return false
	}
	for _, row := range step.Argument.DataTable.Rows {
		if len(row.Cells) == 2 && row.Cells[0].Value == "error" && row.Cells[1].Value != "(absent)" {
			return true
		}
	}
	return false
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
