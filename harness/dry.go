package harness

import (
	"context"
	"strings"
	"time"

	messages "github.com/cucumber/messages/go/v21"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/plan"
)

// Intent is what a scenario would do to the target, in the words of its steps.
type Intent struct {
	*plan.Scenario
	Does      []string // The steps that send something; what they have to bring about is left out.
	Registers bool     // It registers clients, and deletes them again where the server lets it.
	SignsIn   bool     // The resource owner takes part.
	Repeats   bool     // Requests that have to be refused are sent again as they are right.
	Waits     time.Duration
}

// DryRun says what a run would do, in the order of the features. Nothing is sent
// but what it takes to see what the target offers.
func DryRun(ctx context.Context, config Config) ([]Intent, error) {
	config.Ready = nil
	suite, err := NewSuite(ctx, config)
	if err != nil {
		return nil, err
	}
	defer suite.Close()
	var intents []Intent
	for _, scenario := range suite.Plan.Selected() {
		if scenario.Reason == "" {
			intents = append(intents, suite.intent(scenario))
		}
	}
	return intents, nil
}

func (s *Suite) intent(scenario *plan.Scenario) Intent {
	run := s.runOf(scenario.Role)
	foreign := run.Target.Control.URL == ""
	intent := Intent{Scenario: scenario, Repeats: scenario.Refuses()}
	if foreign {
		intent.Waits = acts.Waits(scenario.Steps)
	}
	for _, step := range scenario.Steps {
		if step.Type == messages.PickleStepType_OUTCOME {
			continue
		}
		meaning := acts.MeaningOf(step)
		intent.Does = append(intent.Does, inWords(step))
		intent.Registers = intent.Registers || foreign && run.Capabilities["registration"] && meaning.Registers
		intent.SignsIn = intent.SignsIn || foreign && meaning.SignsIn
	}
	return intent
}

// inWords is a step on one line.
func inWords(step *messages.PickleStep) string {
	words := "Given "
	if step.Type == messages.PickleStepType_ACTION {
		words = "When "
	}
	words += step.Text
	if step.Argument == nil || step.Argument.DataTable == nil {
		return words
	}
	var rows []string
	for _, row := range step.Argument.DataTable.Rows {
		rows = append(rows, row.Cells[0].Value+" = "+row.Cells[len(row.Cells)-1].Value)
	}
	return strings.TrimSuffix(words, ":") + ": " + strings.Join(rows, ", ")
}
