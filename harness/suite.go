package harness

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cucumber/godog"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/fixture"
	"github.com/grantproof/grantproof/harness/plan"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/world"
)

// system is what is examined, ready to be sent to.
type system interface {
	// Begin returns what the scenarios of a run share; faults and variants are switched on
	// in every realm.
	Begin(ctx context.Context, altered world.Altered) (*world.Run, error)
	Close() error
}

// Suite is a planned run. Its InitializeScenario is what a runner of godog
// calls; Run is for those without one.
type Suite struct {
	Plan *plan.Plan

	config   Config
	registry *citation.Registry
	profiles []string // Selected.
	system   system
	run      *world.Run
	rules    func() []boundRule // Found once, when the first scenario ends: then it is decided what applies.
	results  recorder
}

// NewSuite plans a run and starts the fixture, or looks at the target.
// Everything that is wrong with the configuration or the features is said
// here, before anything is examined.
func NewSuite(ctx context.Context, config Config) (*Suite, error) {
	s, err := planned(config)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfiguration, err)
	}
	if s.system, err = config.start(); err != nil {
		return nil, err
	}
	if err := s.begin(ctx); err != nil {
		if ctx.Err() != nil {
			err = ErrInterrupted
		}
		return nil, errors.Join(fmt.Errorf("%w: %w", ErrConfiguration, err), s.system.Close())
	}
	return s, nil
}

func (c Config) start() (system, error) {
	switch {
	case c.system != nil:
		return c.system, nil
	case c.Target != nil && c.Store != "":
		return nil, fmt.Errorf("%w: a store is for the embedded system; the target has its own", ErrConfiguration)
	case c.examinesCommand():
		return startCommand(*c.Target)
	case c.Target != nil && c.Target.ResourceOwner.Browser == "manual" && c.Window == nil:
		return nil, fmt.Errorf("%w: resource_owner.browser is manual, and nobody is at a terminal to sign in; run in a terminal, or use forms", ErrConfiguration)
	case c.Target != nil:
		return remote{*c.Target, c.Window}, nil
	}
	return fixture.StartOn(c.Store)
}

// begin decides what applies to the target.
func (s *Suite) begin(ctx context.Context) error {
	var err error
	if s.config.Ready != nil {
		if err := s.config.Ready(ctx); err != nil {
			return err
		}
	}
	if s.run, err = s.system.Begin(ctx, world.Altered{Faults: s.config.Faults, Variants: s.config.Variants}); err != nil {
		return err
	}
	s.profiles = s.config.Profiles
	if len(s.profiles) == 0 {
		s.profiles = s.run.Target.Profiles
	}
	if len(s.profiles) == 0 {
		s.profiles = usualProfiles(s.run)
	}
	if err := s.registry.CheckProfiles(s.profiles); err != nil {
		return err
	}
	s.run.Slow, s.run.Waiting, s.run.Slowed = s.config.Slow, s.config.Waiting, s.config.Slowed
	s.Plan.Apply(s.capabilities, s.profiles)
	s.spareTime()
	return nil
}

// usualProfiles are what a target is judged by that names none: OAuth 2.1, and besides the
// specifications of MCP where it takes part in that.
func usualProfiles(run *world.Run) []string {
	profiles := []string{"oauth-2.1"}
	if run.Clients != nil || run.Offers("mcp-server") || run.Offers(clientRole) {
		profiles = append(profiles, "mcp-2025-11-25", "mcp-2026-07-28")
	}
	return profiles
}

// spareTime marks the scenarios for which the run does not wait long enough.
func (s *Suite) spareTime() {
	for _, scenario := range s.Plan.Selected() {
		if scenario.Reason != "" {
			continue
		}
		run := s.runOf(scenario.Role)
		if lack := run.Setting.Affords(run, acts.Waits(scenario.Steps)); lack != nil {
			scenario.Lack(lack.Class, lack.Lacks, lack.Reason)
		}
	}
}

// capabilities are those of what is examined in a role, nil where that is
// nothing.
func (s *Suite) capabilities(role string) plan.Capabilities {
	run := s.runOf(role)
	if !run.Offers(role) {
		return nil
	}
	return run.Capabilities
}

// runOf is what the scenarios of a role share.
func (s *Suite) runOf(role string) *world.Run {
	if role == clientRole && s.run.Clients != nil {
		return s.run.Clients
	}
	return s.run
}

// Close ends what NewSuite started.
func (s *Suite) Close() error {
	s.run.Close()
	if s.config.system != nil {
		return nil
	}
	return s.system.Close()
}

// InitializeScenario gives one scenario a world of its own.
func (s *Suite) InitializeScenario(sc *godog.ScenarioContext) {
	current := &running{suite: s}
	sc.Before(func(ctx context.Context, pickle *godog.Scenario) (context.Context, error) {
		ctx, err := current.begin(ctx, pickle)
		acts.Register(sc, pickle.Steps, current.world, current.judge)
		return ctx, err
	})
	sc.After(current.end)
	sc.StepContext().Before(current.reach)
}

// running is a scenario on its way to a verdict.
type running struct {
	suite    *Suite
	world    *world.World
	scenario *plan.Scenario
	began    time.Time
	step     string // The one that is carried out, or was last.
	thens    int    // How many Thens were reached.
	findings []finding
	outcome  outcome
}

func (r *running) begin(ctx context.Context, pickle *godog.Scenario) (context.Context, error) {
	r.began = time.Now()
	scenario, known := r.suite.Plan.Lookup(pickle.Uri, pickle.Name)
	if !known {
		r.world = r.suite.run.New()
		return ctx, fmt.Errorf("%s, %q: not in the plan", pickle.Uri, pickle.Name)
	}
	r.scenario, r.world = scenario, r.suite.runOf(scenario.Role).New()
	r.world.Script.SaysControl = scenario.SaysControl()
	if !scenario.Selected || scenario.Reason != "" {
		return ctx, godog.ErrSkip
	}
	return ctx, r.absent()
}

// reach remembers the step that is carried out.
func (r *running) reach(ctx context.Context, step *godog.Step) (context.Context, error) {
	r.step = step.Text
	return ctx, nil
}

// judge turns what a step found into the scenario's verdict and into what
// godog is told: an error for failed and inconclusive, a skip for the others. Neither a
// refusal with another error nor what one Then alone holds keeps the steps after it from
// being looked at.
func (r *running) judge(keyword acts.Keyword, err error) error {
	if keyword == acts.Then {
		r.thens++
	}
	if err == nil {
		return nil
	}
	err = asked(err)
	var failure *check.Failure
	switch {
	case keyword == acts.Then && errors.As(err, &failure):
		r.findings = append(r.findings, finding{r.thens, r.step, failure})
		if failure.Kind == check.RefusedOtherwise || r.holdsLater() {
			return nil
		}
		r.conclude(r.thens)
	case slices.ContainsFunc(r.findings, func(f finding) bool { return f.failure.Kind != check.RefusedOtherwise }):
		r.conclude(r.thens - 1)
	default:
		r.outcome = unsettled(keyword, r.step, err)
	}
	if r.outcome.fails() {
		return errors.New(r.outcome.String())
	}
	return godog.ErrSkip
}

// holdsLater tells whether a Then that is still to come alone holds an obligation.
func (r *running) holdsLater() bool {
	return slices.ContainsFunc(r.scenario.Cited, func(o plan.Obligation) bool { return o.Then > r.thens })
}

// conclude gives the scenario the verdict of what its Thens found, of which so many
// were reached.
func (r *running) conclude(reached int) {
	obligations := slices.Clone(r.scenario.Cited)
	for _, f := range r.findings {
		if refusal := f.failure.Refusal; refusal != nil && !slices.ContainsFunc(obligations, func(o plan.Obligation) bool { return o.Error }) {
			obligations = append(obligations, r.suite.Plan.ErrorCodes(r.scenario, refusal.Endpoint, refusal.Codes)...)
		}
	}
	r.outcome = outcomeOf(r.findings, reached, obligations)
	r.suite.excuse(r.scenario.ID, &r.outcome)
}

func (r *running) end(ctx context.Context, _ *godog.Scenario, err error) (context.Context, error) {
	defer r.world.Close(ctx)
	if r.scenario == nil || !r.scenario.Selected || ctx.Err() != nil { // What was cut off says nothing.
		return ctx, nil
	}
	r.finish(err)
	var otherwise error
	if err == nil && r.outcome.fails() {
		otherwise = errors.New(r.outcome.String())
	}
	stale := r.suite.accuse(r.scenario, &r.outcome)
	finished := r.result()
	if strings.HasPrefix(r.scenario.Role, "mcp-") && finished.Verdict != report.Passed {
		finished.Exchanges = append(finished.Exchanges, r.heard(context.WithoutCancel(ctx))...)
	}
	r.suite.results.addFindings(r.world.Last)
	broken := r.suite.results.add(finished, r.suite.rules(), r.world.Observed(context.WithoutCancel(ctx)))
	if r.suite.config.examined != nil {
		r.suite.config.examined(finished, r.world.Log)
	}
	if r.suite.config.Finished != nil {
		r.suite.config.Finished(finished)
	}
	if err == nil {
		return ctx, errors.Join(otherwise, stale, broken)
	}
	return ctx, nil
}

// finish gives a verdict to a scenario whose steps all held, or that ended in
// a way that no step announced.
func (r *running) finish(err error) {
	switch {
	case r.outcome.verdict != "":
	case r.scenario.Reason != "":
		r.outcome = outcome{verdict: report.NotApplicable, reason: r.scenario.Reason, class: r.scenario.Class, lacks: r.scenario.Lacks}
	case len(r.findings) > 0 && err == nil:
		r.conclude(r.thens)
	case err != nil && !errors.Is(err, godog.ErrSkip):
		r.outcome = outcome{verdict: report.Inconclusive, reason: "the examiner failed: " + err.Error()}
	default:
		r.outcome = outcome{verdict: report.Passed}
	}
}
