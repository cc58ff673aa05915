package harness_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	generated "github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

// What does not apply to a target says why, in a class that is counted: nothing
// hides there. The target is one whose file says next to nothing.
func TestEveryLackIsCounted(t *testing.T) {
	fixture := started(t)
	result, err := harness.Run(t.Context(), harness.Config{
		Target: &target.Target{AuthorizationServer: target.AuthorizationServer{Issuer: fixture.Issuer}}, Profiles: []string{"oauth-2.1", "oidc"},
	})
	if err != nil {
		t.Fatal(err)
	}
	classes := map[generated.NotApplicableClass]int{}
	for _, scenario := range result.Scenarios {
		if scenario.Verdict != report.NotApplicable {
			continue
		}
		if scenario.NotApplicableClass == nil || value(scenario.Reason) == "" {
			t.Errorf("%s has no class or no reason: %q", scenario.ID, value(scenario.Reason))
			continue
		}
		class, reason := *scenario.NotApplicableClass, value(scenario.Reason)
		classes[class]++
		if strings.Contains(reason, "; add ") && class != generated.LacksKey {
			t.Errorf("%s is of the class %s, and its reason is %q", scenario.ID, class, reason)
		}
		if class == generated.LacksKey && value(scenario.Lacks) == "" {
			t.Errorf("%s does not name the key of the target file: %q", scenario.ID, reason)
		}
	}
	for _, class := range []generated.NotApplicableClass{generated.LacksRole, generated.LacksCapability, generated.LacksKey, generated.LacksControlPlane} {
		if classes[class] == 0 {
			t.Errorf("no scenario is of the class %s", class)
		}
	}
	if sum := total(*result.NotApplicable); sum != result.Summary.NotApplicable {
		t.Errorf("the reasons add up to %d, and %d do not apply", sum, result.Summary.NotApplicable)
	}
	for _, profile := range *result.CoverageOfTarget {
		if profile.Examined == 0 || profile.Examined+profile.NotExamined != profile.Requirements || total(profile.Reasons) != profile.NotExamined {
			t.Errorf("the numbers of %s do not add up: %+v", profile.Profile, profile)
		}
	}
}

func total(lacks []report.Lack) int {
	sum := 0
	for _, lack := range lacks {
		sum += lack.Count
	}
	return sum
}

// A target that offers everything loses nothing: our own servers, examined from
// outside by what their target file says, show what the embedded run shows.
func TestNothingIsLost(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole run from outside; make full has it")
	}
	embedded, err := harness.SoundRun()
	if err != nil {
		t.Fatal(err)
	}
	fixture := started(t)
	everything := target.Reference("our servers", fixture.Issuer, fixture.Resource, fixture.MCP, target.Control{URL: fixture.ControlURL, Token: fixture.ControlToken})
	result, err := harness.Run(t.Context(), harness.Config{Target: &everything, Seed: 4, Concurrency: 32})
	if err != nil {
		t.Fatal(err)
	}
	outside := map[string]report.Scenario{}
	for _, scenario := range result.Scenarios {
		outside[scenario.ID] = scenario
	}
	for _, scenario := range embedded.Scenarios {
		there := outside[scenario.ID]
		if scenario.Role == "mcp-client" || there.Verdict == scenario.Verdict {
			continue
		}
		if strings.HasPrefix(scenario.ID, "mcp_server/task_tools#") && there.NotApplicableClass != nil && *there.NotApplicableClass == generated.LacksRole {
			continue // It speaks over standard streams, and nobody can have started it.
		}
		t.Errorf("%s is %s, and embedded %s: %s", scenario.ID, there.Verdict, scenario.Verdict, value(there.Reason))
	}
}

// started is our own system, with its control plane.
func started(t *testing.T) *impl.Fixture {
	t.Helper()
	fixture, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", MCPServer: "127.0.0.1:0", Control: "127.0.0.1:0",
		Policy: realm.Policy{Documented: true, Registration: realm.RegistrationOpen, RegistrationsPerHour: 100_000}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = fixture.Close() })
	return fixture
}

// A reason that tells what to add to the target file is of the class that says
// so.
func TestLintReasons(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	if err != nil || len(files) < 50 {
		t.Fatalf("found %d files, %v", len(files), err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(content)) {
			if strings.Contains(line, "NotApplicable{Reason:") && strings.Contains(line, "; add ") {
				t.Errorf("%s: use check.Unnamed, which names the key: %s", file, strings.TrimSpace(line))
			}
		}
	}
}
