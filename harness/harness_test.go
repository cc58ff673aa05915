package harness_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/grantproof/grantproof/features"
	"github.com/grantproof/grantproof/harness"
)

// The reference system passes every scenario.
func TestEmbeddedFixture(t *testing.T) {
	result, err := harness.SoundRun()
	if err != nil {
		t.Fatal(err)
	}
	allPass(t, result)
	if result.Summary.Passed < 1000 {
		t.Errorf("only %d scenarios passed", result.Summary.Passed)
	}
}

// A feature whose expectation is changed fails, in whatever runner.
func TestChangedExpectationFails(t *testing.T) {
	for name, change := range map[string]struct{ file, old, new string }{
		"another error":   {"authorization_server/authorization_code.feature", `refused with "invalid_grant"`, `refused with "invalid_scope"`},
		"another status":  {"resource_server/bearer_token.feature", "status is 401", "status is 418"},
		"another member":  {"demo/tasks.feature", "| total          | 2 ", "| total          | 3 "},
		"another message": {"mcp_client/agent_actions.feature", "Learn OAuth 2.0", "Forget OAuth 2.0"},
		"another tool":    {"mcp_server/task_tools.feature", "create_task get_task list_tasks", "create_task get_task"},
	} {
		t.Run(name, func(t *testing.T) {
			result, err := harness.Run(t.Context(), harness.Config{Features: changed(t, change.file, change.old, change.new), Only: []string{change.file}})
			if err != nil {
				t.Fatal(err)
			}
			if result.Summary.Failed == 0 {
				t.Errorf("nothing failed: %+v", result.Summary)
			}
		})
	}
}

// Features that are not well made are refused before anything is sent.
func TestMalformedFeatures(t *testing.T) {
	const file = "authorization_server/pkce.feature"
	for name, change := range map[string]struct{ old, new, want string }{
		"an unregistered citation": {"@rfc7636-4.6/verifier-matches", "@rfc7636-4.6/nonsense", "not in the registry"},
		"another level":            {"@must @rfc7636-4.6/verifier-matches", "@may @rfc7636-4.6/verifier-matches", "registry says must"},
		"an unknown tag":           {"@must @rfc7636-4.6/verifier-matches", "@wip @must @rfc7636-4.6/verifier-matches", "no tag of ours"},
		"an unknown capability":    {"@needs:pkce", "@needs:levitation", "no capability"},
		"an unknown step":          {"When the client redeems the code\n", "When the client juggles the code\n", `no When says "the client juggles the code"; did you mean`},
		"a Given as a When":        {"When the client redeems the code\n", "When a public client\n", "it is a Given"},
		"a title that wishes":      {"The matching code verifier redeems the code", "The verifier should match", "take the \"should\" out"},
		"a title of another":       {"The matching code verifier redeems the code", "An unknown transformation is refused", "a title is unique"},
		"two Whens":                {"    Then an access token is issued", "    When the client redeems the code\n    Then an access token is issued", "has one"},
		"a refusal uncontrolled":   {"    Then an access token is issued", "    Then no access token is issued", "no positive control"},
		"another role":             {"@authorization-server @needs:authorization_code", "@resource-server @needs:authorization_code", "folder"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := harness.NewSuite(t.Context(), harness.Config{Features: changed(t, file, change.old, change.new)})
			if err == nil || !errors.Is(err, harness.ErrConfiguration) || !strings.Contains(err.Error(), change.want) {
				t.Errorf("error %v, want one with %q", err, change.want)
			}
		})
	}
}

// The verdicts do not depend on the order nor on what runs beside. Seed 1 runs
// alone; seed 2 is that of TestSQLiteStore, seed 3 of TestFaultsStayInTheirRealm,
// seed 4 of TestNothingIsLost.
func TestRandomOrder(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole run; make full has it, and with -race")
	}
	t.Run("seed 1", func(t *testing.T) {
		result, err := harness.Run(t.Context(), harness.Config{Seed: 1, Concurrency: 32})
		if err != nil {
			t.Fatal(err)
		}
		harness.InRandomOrder(t, result)
	})
}

// changed is the embedded features with one text replaced.
func changed(t *testing.T, file, old, new string) fs.FS {
	t.Helper()
	overlay := fstest.MapFS{}
	err := fs.WalkDir(features.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(features.FS, name)
		if name == file {
			if !strings.Contains(string(content), old) {
				t.Fatalf("%s does not hold %q", file, old)
			}
			content = []byte(strings.Replace(string(content), old, new, 1))
		}
		overlay[name] = &fstest.MapFile{Data: content}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return overlay
}

// Every rule for all exchanges is about some of them: a rule that examines
// nothing would look like one that holds.
func TestRulesExamineSomething(t *testing.T) {
	result, err := harness.SoundRun()
	if err != nil {
		t.Fatal(err)
	}
	// The reference resource server takes no token from a URL.
	const noOccasion = "every_exchange#a-response-to-a-token-in-a-url-is-private"
	for _, rule := range result.Rules {
		if rule.Examined == 0 && rule.ID != noOccasion {
			t.Errorf("%s (%s) examined nothing", rule.Name, rule.ID)
		}
	}
	if len(result.Rules) < 25 {
		t.Errorf("there are only %d rules", len(result.Rules))
	}
}
