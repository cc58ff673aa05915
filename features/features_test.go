package features_test

import (
	"context"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cucumber/godog"

	"github.com/grantproof/grantproof/harness"
)

// TestFeatures runs every scenario, each a subtest with its verdict.
func TestFeatures(t *testing.T) { harness.Test(t, harness.Config{}) }

// The upstream command godog builds this package as godog.test. Without a
// path it would find nothing here, and without --strict let undefined steps
// pass.
func init() {
	if filepath.Base(os.Args[0]) != "godog.test" {
		return
	}
	hasPath := false
	for _, argument := range os.Args[1:] {
		hasPath = hasPath || strings.HasSuffix(argument, ".feature") || strings.Contains(argument, ".feature:")
	}
	os.Args = append(os.Args, "--strict")
	if !hasPath {
		os.Args = append(os.Args, ".")
	}
}

var suite *harness.Suite

// InitializeTestSuite starts the reference system for the upstream command.
func InitializeTestSuite(ts *godog.TestSuiteContext) {
	ts.BeforeSuite(func() {
		var err error
		if suite, err = harness.NewSuite(context.Background(), harness.Config{}); err != nil {
			log.Fatalln("godog:", err)
		}
	})
	ts.AfterSuite(func() { _ = suite.Close() })
}

// InitializeScenario gives each scenario a world of its own.
func InitializeScenario(sc *godog.ScenarioContext) { suite.InitializeScenario(sc) }
