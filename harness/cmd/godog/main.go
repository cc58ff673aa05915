// Command godog runs the embedded scenarios with godog's own flags and
// formatters, strict by default: `go tool godog` from anywhere in the module.
//
// The upstream command reports undefined steps and exits with 0; this one
// does not.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/cucumber/godog"
	"github.com/cucumber/godog/colors"
	"github.com/spf13/pflag"

	"github.com/grantproof/grantproof/features"
	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/impl/printable"
)

func main() { os.Exit(run()) }

func run() int {
	options := godog.Options{Output: colors.Colored(printable.NewWriter(os.Stdout)), Format: "progress", Strict: true, Concurrency: 4, FS: features.FS}
	godog.BindCommandLineFlags("", &options)
	pflag.Parse()
	if options.Paths = pflag.Args(); len(options.Paths) == 0 {
		options.Paths = []string{"."}
	}
	suite, err := harness.NewSuite(context.Background(), harness.Config{})
	if err != nil {
		fmt.Fprintln(os.Stderr, "godog:", err)
		return 2
	}
	defer suite.Close()
	return godog.TestSuite{Name: "grantproof", ScenarioInitializer: suite.InitializeScenario, Options: &options}.Run()
}
