// Package harness examines OAuth implementations with the scenarios of
// features/ and gives each a verdict. It is what `grantproof run`,
// `go tool godog`, `go test ./features` and your own tests call.
//
//	func TestMyServer(t *testing.T) { harness.Test(t, harness.Config{}) }
//
// It owns the course of a run; what a scenario does belongs to steps, what a
// verdict says to report.
package harness

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"runtime"
	"time"

	"github.com/cucumber/godog"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/plan"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/useragent"
)

// Config says what to examine and with what. Its zero value runs every
// scenario against the embedded fixture.
type Config struct {
	// Only, Tags and Roles select scenarios, see plan.Selection.
	Only  []string
	Tags  string
	Roles []string
	// Target is what to examine; nil is the embedded fixture.
	Target *target.Target
	// Profiles are the specifications to judge by where they disagree; none
	// means those of the target, or oauth-2.1 where it names none.
	Profiles []string
	// Baseline is the failures that are known; they must still fail.
	Baseline target.Baseline
	// Faults are switched on in every realm of the fixture.
	Faults []string
	// Variants are lawful ones, switched on in every realm of the fixture.
	Variants []string
	// Store is where the realms of the fixture remember: memory, sqlite:PATH or
	// postgres://…; left out: memory. What a run stores it deletes again.
	Store string
	// Window is where a real person signs in at a target whose resource_owner has
	// browser: manual; see useragent.NewTerminal.
	Window useragent.Window
	// Slow waits for what takes real time, up to setting.LongestWait for each such
	// scenario; else it does not apply to a target without a control plane.
	Slow bool
	// Waiting is told until when a scenario waits, from several goroutines.
	Waiting func(until time.Time)
	// Slowed is told once why fewer requests go to the target at once.
	Slowed func(reason string)
	// Concurrency is how many scenarios run at once; 0 is four for each core,
	// as they mostly wait.
	Concurrency int
	// Seed shuffles the scenarios; 0 keeps the order of the files.
	Seed int64
	// Ready is asked once everything is planned, before anything is sent to the
	// target; its error keeps the run from starting.
	Ready func(context.Context) error
	// Features replaces the embedded feature files.
	Features fs.FS
	// Finished is told of every scenario as it ends, from several goroutines.
	Finished func(report.Scenario)

	system   system                               // For tests of the harness; nil starts the fixture.
	examined func(report.Scenario, *exchange.Log) // Told of every scenario with what was sent, before it is forgotten.
}

func (c Config) selection() plan.Selection {
	roles := c.Roles
	if c.commandAlone() {
		roles = []string{clientRole}
	}
	return plan.Selection{Only: c.Only, Tags: c.Tags, Roles: roles}
}

// ErrConfiguration marks the errors that say what to change before anything
// was sent.
var ErrConfiguration = errors.New("configuration")

// ErrInterrupted marks the error of a run that was interrupted; the report that
// comes with it says what was found so far.
var ErrInterrupted = errors.New("the run was interrupted before its end")

// Run examines and reports. An error says that the run could not start or was
// interrupted; failures of the target are in the report.
func Run(ctx context.Context, config Config) (report.Report, error) {
	suite, err := NewSuite(ctx, config)
	if err != nil {
		return report.Report{}, err
	}
	defer suite.Close()
	return suite.Run(ctx)
}

// Run runs the selected scenarios.
func (s *Suite) Run(ctx context.Context) (report.Report, error) {
	began := time.Now()
	runner := godog.TestSuite{
		Name:                "grantproof",
		ScenarioInitializer: s.InitializeScenario,
		Options: &godog.Options{
			Format: silentFormat, Output: io.Discard, NoColors: true, Strict: true,
			FeatureContents: s.sources(), Concurrency: s.concurrency(), Randomize: s.config.Seed,
			DefaultContext: ctx,
		},
	}
	runner.Run()
	s.run.EndRegistrations(ctx)
	result := s.report(began)
	if ctx.Err() == nil {
		return result, nil
	}
	result.Interrupted, result.NotRun = new(true), new(len(s.Plan.Selected())-len(result.Scenarios))
	return result, s.interrupted()
}

func (s *Suite) concurrency() int {
	if s.run.Window != nil {
		return 1 // The person has two hands.
	}
	if s.config.Concurrency > 0 {
		return s.config.Concurrency
	}
	return 4 * runtime.NumCPU()
}

// sources are the selected scenarios.
func (s *Suite) sources() []godog.Feature {
	var features []godog.Feature
	for _, source := range s.Plan.Sources() {
		features = append(features, godog.Feature{Name: source.URI, Contents: source.Text})
	}
	return features
}
