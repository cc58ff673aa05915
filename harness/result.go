package harness

import (
	"cmp"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	generated "github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/plan"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/world"
)

// recorder collects the results of scenarios that run at the same time.
type recorder struct {
	mu        sync.Mutex
	scenarios []report.Scenario
	examined  map[string]int
	offenders map[string][]report.Offender
	trials    []generated.Advertised
	refresh   *generated.RefreshProfile
}

// addFindings records what a scenario found besides its verdict.
func (c *recorder) addFindings(found world.Result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p := found.Refresh; p != nil {
		c.refresh = &generated.RefreshProfile{
			Class: generated.RefreshProfileClass(p.Class), Parallel: p.Parallel, LostResponse: optional(p.LostResponse),
			GraceSeconds: p.GraceSeconds, Reuse: p.Reuse, Summary: p.Summary(),
		}
		if p.DeadAfter >= 0 {
			c.refresh.DeadAfterSeconds = &p.DeadAfter
		}
	}
	for _, trial := range found.Trials {
		c.trials = append(c.trials, generated.Advertised{
			Member: trial.Member, Value: trial.Value, Advertised: trial.Advertised, Honoured: trial.Honoured, Observed: &trial.Observed,
		})
	}
}

// advertised returns the trials by member, nil without any.
func (c *recorder) advertised() *[]generated.Advertised {
	if len(c.trials) == 0 {
		return nil
	}
	slices.SortStableFunc(c.trials, func(a, b generated.Advertised) int { return strings.Compare(a.Member, b.Member) })
	return &c.trials
}

// boundRule is a rule for every exchange with the scenario that states it.
type boundRule struct {
	check.Rule
	*plan.Scenario
	excused bool // The baseline knows that it is broken.
}

// boundRules are those of the plan that apply to the target, whether or not their
// own scenarios are selected.
func (s *Suite) boundRules() []boundRule {
	var bound []boundRule
	for _, scenario := range s.Plan.Scenarios {
		if !scenario.Rule || scenario.Reason != "" {
			continue
		}
		for _, step := range scenario.Steps {
			if rule := acts.MeaningOf(step).Rule; rule != nil {
				bound = append(bound, boundRule{*rule, scenario, s.excuses(scenario.ID)})
			}
		}
	}
	return bound
}

// add records a scenario and judges its exchanges. The error says which rule
// that is a MUST was broken.
func (c *recorder) add(finished report.Scenario, rules []boundRule, exchanges []*exchange.Exchange) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.examined == nil {
		c.examined, c.offenders = map[string]int{}, map[string][]report.Offender{}
	}
	c.scenarios = append(c.scenarios, finished)
	var broken []error
	for _, rule := range rules {
		if err := c.apply(rule, finished.ID, exchanges); err != nil {
			broken = append(broken, err)
		}
	}
	return errors.Join(broken...)
}

func (c *recorder) apply(rule boundRule, scenario string, exchanges []*exchange.Exchange) error {
	for _, e := range exchanges {
		if !rule.Applies(e) {
			continue
		}
		c.examined[rule.ID]++
		var failure *check.Failure
		if err := rule.Check(e); errors.As(err, &failure) {
			c.offenders[rule.ID] = append(c.offenders[rule.ID], report.Offender{Scenario: scenario, Expected: &failure.Expected, Actual: failure.Actual})
			if verdict, _ := judge(rule.Levels); verdict == report.Failed && !rule.excused {
				return fmt.Errorf("%s (%s): %w", rule.Scenario.Name, strings.Join(rule.Requirements, ", "), failure)
			}
			return nil
		}
	}
	return nil
}

// result is the scenario's row of the report.
func (r *running) result() report.Scenario {
	s, o, redact := r.scenario, r.outcome, r.world.Log.Redact
	row := report.Scenario{
		ID: s.ID, Feature: s.Feature, Name: s.Name, Role: cmp.Or(s.Role, report.EveryExchange), Level: report.Level(s.Level),
		Requirements: s.Requirements, Verdict: o.verdict,
		DurationMs: milliseconds(time.Since(r.began)), Exchanges: []report.Exchange{},
		Step: optional(o.step), Actual: optional(redact(o.actual)), Kind: optional(o.kind), Reason: optional(redact(o.reason)), Note: optional(redact(o.note)),
	}
	if len(o.expected) > 0 {
		row.Expected = &o.expected
	}
	row.Verdicts = o.byProfile(s)
	if slices.ContainsFunc(o.obligations, func(each report.Obligation) bool {
		return each.Verdict != o.verdict || !slices.Contains(s.Requirements, each.Requirement)
	}) {
		row.Obligations = &o.obligations
	}
	if o.class != "" {
		row.NotApplicableClass, row.Lacks = &o.class, optional(o.lacks)
	}
	for _, e := range r.world.Log.All() {
		row.Exchanges = append(row.Exchanges, r.exchange(e))
	}
	return row
}

// exchange shows an exchange, secrets shortened.
func (r *running) exchange(e *exchange.Exchange) report.Exchange {
	to := "authorization server"
	if e.Endpoint == exchange.Resource || r.world.Realm != nil && r.world.Realm.Resource != "" && strings.HasPrefix(e.URL, r.world.Realm.Resource) {
		to = "protected resource"
	}
	return report.Exchange{
		Purpose: new(generated.ExchangePurpose(e.Purpose)), Endpoint: optional(string(e.Endpoint)),
		From: new(cmp.Or(e.From, "client")), To: &to,
		Method: e.Method, URL: r.world.Log.Redact(e.URL), Request: r.world.Log.Sent(e),
		Status: e.Status, Response: r.world.Log.Received(e), DurationMs: milliseconds(e.Duration),
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// report puts the rows together, in the order of the plan.
func (s *Suite) report(began time.Time) report.Report {
	s.results.mu.Lock()
	defer s.results.mu.Unlock()
	s.blame()
	order := map[string]int{}
	for i, scenario := range s.Plan.Scenarios {
		order[scenario.ID] = i
	}
	slices.SortFunc(s.results.scenarios, func(a, b report.Scenario) int { return order[a.ID] - order[b.ID] })
	r := report.Report{
		Version: 1, Tool: generated.Tool{Name: "grantproof", Version: version()}, Profiles: s.profiles, Target: s.target(),
		StartedAt: began.UTC(), DurationMs: milliseconds(time.Since(began)),
		Scenarios: append([]report.Scenario{}, s.results.scenarios...), Rules: s.ruleRows(), Requirements: []report.Requirement{},
	}
	r.Refresh = s.results.refresh
	r.Advertised = s.results.advertised()
	if len(s.config.Faults) > 0 {
		r.Faults = &s.config.Faults
	}
	if len(s.config.Variants) > 0 {
		r.Variants = &s.config.Variants
	}
	s.addRequirements(&r)
	r.Registrations = s.registrations()
	r.CoverageOfTarget = new(s.coverageOfTarget(r))
	report.Summarize(&r)
	return r
}

func (s *Suite) target() generated.Target {
	t := s.run.Target
	shown := generated.Target{Name: t.Name, Issuer: optional(t.AuthorizationServer.Issuer), Resource: optional(t.ResourceServer.URL)}
	if len(t.Flags) > 0 {
		shown.Flags = &t.Flags
	}
	return shown
}

func (s *Suite) ruleRows() []report.Rule {
	rows := []report.Rule{}
	for _, rule := range s.rules() {
		row := report.Rule{
			ID: rule.ID, Name: rule.Scenario.Name, Level: report.Level(rule.Level), Requirements: rule.Requirements,
			Examined: s.results.examined[rule.ID], Offenders: append([]report.Offender{}, s.results.offenders[rule.ID]...),
			Verdict: report.Passed,
		}
		switch {
		case len(row.Offenders) > 0:
			row.Verdict, _ = judge(rule.Levels)
			if rule.excused && row.Verdict == report.Failed {
				row.Verdict, row.Reason = report.ExpectedFailure, optional(s.config.Baseline[rule.ID].Reason)
			}
		case row.Examined == 0:
			row.Verdict, row.NotApplicableClass = report.NotApplicable, new(generated.LacksCapability)
		}
		s.accuseRule(&row)
		rows = append(rows, row)
	}
	return rows
}

// version is that of the module, as the build recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "devel"
}
