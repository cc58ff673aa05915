package mutants

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/mutants/condition"
	"github.com/grantproof/grantproof/harness/report"
)

// sound is what the scenarios saw without any mutant.
type sound struct {
	Scenarios []scenario      `json:"scenarios"` // In their order.
	Rules     []rule          `json:"rules"`
	Start     map[string]bool `json:"start"` // What was seen before the first scenario.
}

type scenario struct {
	ID      string          `json:"id"`
	Verdict report.Verdict  `json:"verdict"`
	Seen    map[string]bool `json:"seen,omitempty"` // Conditions with their values, such as 12=true.
}

type rule struct {
	ID      string         `json:"id"`
	Verdict report.Verdict `json:"verdict"`
}

func take() map[string]bool {
	taken := map[string]bool{}
	for _, seen := range condition.Take() {
		taken[seen.String()] = true
	}
	return taken
}

// Survey runs every scenario of a build with mutants, one after the other and none of
// the mutants, and writes what each saw.
func Survey(ctx context.Context, out io.Writer) error {
	condition.Watch()
	var seen sound
	suite, err := harness.NewSuite(ctx, harness.Config{Concurrency: 1, Finished: func(s report.Scenario) {
		seen.Scenarios = append(seen.Scenarios, scenario{s.ID, s.Verdict, take()})
	}})
	if err != nil {
		return err
	}
	defer suite.Close()
	seen.Start = take()
	result, err := suite.Run(ctx)
	if err != nil {
		return err
	}
	if !report.OK(result) {
		return fmt.Errorf("the suite fails without any mutant (%s); mend that first", report.Counts(result))
	}
	for _, each := range result.Rules {
		seen.Rules = append(seen.Rules, rule{each.ID, each.Verdict})
	}
	return json.NewEncoder(out).Encode(seen)
}

// stalled: where no scenario ends for so long, the mutant has made one hang.
const stalled = 30 * time.Second

// Watch runs the scenarios that are read from in, with the mutant that the environment
// names, until the first one that has another verdict than before. It writes the id of
// that one, and nothing if there is none.
func Watch(ctx context.Context, in io.Reader, out io.Writer) error {
	var before sound
	if err := json.NewDecoder(in).Decode(&before); err != nil {
		return err
	}
	var once sync.Mutex
	watch(ctx, before, func(who string) {
		once.Lock() // Until the process ends.
		fmt.Fprintln(out, who)
		os.Exit(0)
	})
	return nil
}

// watch runs scenarios and calls notice with each that has another verdict than before.
func watch(ctx context.Context, before sound, notice func(who string)) {
	verdicts, only := map[string]report.Verdict{}, []string{}
	for _, each := range before.Scenarios {
		verdicts[each.ID], only = each.Verdict, append(only, each.ID)
	}
	hang := time.AfterFunc(stalled, func() { notice("a scenario that did not end") })
	defer hang.Stop()
	result, err := harness.Run(ctx, harness.Config{Only: only, Finished: func(s report.Scenario) {
		hang.Reset(stalled)
		if s.Verdict != verdicts[s.ID] {
			notice(s.ID)
		}
	}})
	if err != nil {
		notice("the start of the suite: " + err.Error())
	}
	for _, each := range result.Rules {
		if each.Verdict == report.Failed && slices.Contains(before.Rules, rule{each.ID, report.Passed}) {
			notice(each.ID)
		}
	}
}
