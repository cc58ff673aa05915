package harness

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"github.com/grantproof/grantproof/features"
	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/plan"
)

// planned reads the features and selects the scenarios; it starts and asks nothing.
func planned(config Config) (*Suite, error) {
	s := &Suite{config: config}
	s.rules = sync.OnceValue(s.boundRules)
	var err error
	if s.registry, err = registryOf(config); err != nil {
		return nil, err
	}
	if s.Plan, err = planOf(config, s.registry); err != nil {
		return nil, err
	}
	return s, errors.Join(s.registry.CheckProfiles(config.profiles()), config.checkCommand(), s.Plan.Select(config.selection()), s.checkBaseline())
}

// profiles are those that are asked for: by the call, else by the target.
func (c Config) profiles() []string {
	if len(c.Profiles) == 0 && c.Target != nil {
		return c.Target.Profiles
	}
	return c.Profiles
}

// embeddedRegistry is read once; nobody changes it.
var embeddedRegistry = sync.OnceValues(func() (*citation.Registry, error) { return citation.Load(features.FS) })

// embeddedPlan is read once, and each run has its own copy.
var embeddedPlan = sync.OnceValues(func() (*plan.Plan, error) {
	registry, err := embeddedRegistry()
	if err != nil {
		return nil, err
	}
	return loadPlan(features.FS, registry)
})

func planOf(config Config, registry *citation.Registry) (*plan.Plan, error) {
	if config.Features != nil {
		return loadPlan(config.Features, registry)
	}
	read, err := embeddedPlan()
	if err != nil {
		return nil, err
	}
	return read.Clone(), nil
}

func loadPlan(features fs.FS, registry *citation.Registry) (*plan.Plan, error) {
	p, err := plan.Load(features, registry, meaningOf)
	if err != nil {
		return nil, err
	}
	return p, checkSteps(p)
}

// meaningOf is what a step means for a plan.
func meaningOf(step *pickleStep) plan.Meaning {
	meaning := acts.MeaningOf(step)
	return plan.Meaning{Refuses: meaning.Refuses, Controls: meaning.Controls, Deviates: meaning.Deviates}
}

func registryOf(config Config) (*citation.Registry, error) {
	if config.Features != nil {
		return citation.Load(config.Features)
	}
	return embeddedRegistry()
}

// checkBaseline refuses entries that are about nothing.
func (s *Suite) checkBaseline() error {
	var problems []error
	for _, id := range slices.Sorted(maps.Keys(s.config.Baseline)) {
		if s.Plan.ByID(id) == nil {
			problems = append(problems, fmt.Errorf("the baseline has %q, which is the id of no scenario%s; `grantproof run --list` shows the ids", id, s.Plan.Nearest(id)))
		}
	}
	return errors.Join(problems...)
}

// checkSteps finds steps that no phrase knows, or two, and words and rows without a
// meaning where they stand, each once.
func checkSteps(p *plan.Plan) error {
	var problems []error
	said := map[string]bool{}
	for _, scenario := range p.Scenarios {
		for _, problem := range acts.Check(scenario.Steps) {
			err := fmt.Errorf("%s: %w", scenario.Where(problem.Step, problem.Row), problem.Err)
			if !said[err.Error()] {
				said[err.Error()] = true
				problems = append(problems, err)
			}
		}
	}
	return errors.Join(problems...)
}
