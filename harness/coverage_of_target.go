package harness

import (
	generated "github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/plan"
	"github.com/grantproof/grantproof/harness/report"
)

// seen is what became of a requirement: it was examined, or the reason of those
// about which a person can do most.
type seen struct {
	examined bool
	class    report.Class
	lacks    string
}

// coverageOfTarget says for each selected profile how much of what it demands
// was examined, and why the rest was not.
func (s *Suite) coverageOfTarget(r report.Report) []generated.ProfileCoverage {
	coverage := []generated.ProfileCoverage{}
	for _, profile := range s.profiles {
		of := map[string]seen{}
		for _, scenario := range r.Scenarios {
			s.see(of, profile, s.Plan.ByID(scenario.ID), scenario.Verdict, scenario.NotApplicableClass, scenario.Lacks)
		}
		for _, rule := range r.Rules {
			s.see(of, profile, s.Plan.ByID(rule.ID), rule.Verdict, rule.NotApplicableClass, nil)
		}
		coverage = append(coverage, summed(profile, of))
	}
	return coverage
}

// see adds what a scenario or rule says about the requirements that it cites, of
// those that the profile demands.
func (s *Suite) see(of map[string]seen, profile string, scenario *plan.Scenario, verdict report.Verdict, class *report.Class, lacks *string) {
	if scenario.Levels[profile] == citation.NotRequired {
		return
	}
	now := seen{examined: verdict != report.NotApplicable}
	if class != nil {
		now.class = *class
	}
	if lacks != nil {
		now.lacks = *lacks
	}
	for _, id := range scenario.Requirements {
		if requirement, _ := s.registry.Lookup(id); s.registry.LevelUnder(requirement, profile) == citation.NotRequired {
			continue
		}
		before, known := of[id]
		if !known || !before.examined && (now.examined || report.Nearer(now.class, before.class) < 0) {
			of[id] = now
		}
	}
}

func summed(profile string, of map[string]seen) generated.ProfileCoverage {
	c := generated.ProfileCoverage{Profile: profile, Requirements: len(of)}
	reasons := report.Lacks{}
	for _, what := range of {
		if what.examined {
			c.Examined++
			continue
		}
		c.NotExamined++
		reasons.Add(what.class, what.lacks)
	}
	c.Reasons = reasons.List()
	return c
}
