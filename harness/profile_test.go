package harness_test

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/grantproof/grantproof/features"
	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

const withoutRedirectURI = "authorization_server/authorization_code#a-redemption-without-redirect-uri-is-refused"

// Where specifications disagree a verdict is given by profile, and the worst
// of those selected counts.
func TestProfilesDisagree(t *testing.T) {
	for name, test := range map[string]struct {
		profiles []string
		want     report.Verdict
		disagree bool
	}{
		"the old one":           {[]string{"oauth-2.0"}, report.Failed, false},
		"the new one":           {[]string{"oauth-2.1"}, report.NotApplicable, false},
		"one that builds on it": {[]string{"mcp-2026-07-28"}, report.NotApplicable, false},
		"both":                  {[]string{"oauth-2.0", "oauth-2.1"}, report.Failed, true},
	} {
		t.Run(name, func(t *testing.T) {
			result, err := harness.Run(t.Context(), harness.Config{Only: []string{withoutRedirectURI}, Profiles: test.profiles, Faults: []string{"redirect-uri-not-compared"}})
			if err != nil {
				t.Fatal(err)
			}
			row := result.Scenarios[0]
			if row.Verdict != test.want || (row.Verdicts != nil) != test.disagree {
				t.Errorf("verdict %s, by profile %v; want %s, disagreeing: %v", row.Verdict, row.Verdicts, test.want, test.disagree)
			}
			if test.disagree && (*row.Verdicts)["oauth-2.1"] != report.NotApplicable {
				t.Errorf("verdicts %v", *row.Verdicts)
			}
		})
	}
	if _, err := harness.Run(t.Context(), harness.Config{Profiles: []string{"oauth-9"}}); !errors.Is(err, harness.ErrConfiguration) {
		t.Errorf("an unknown profile: %v", err)
	}
}

// A scenario of a profile that is not selected does not apply, and says why.
func TestScenarioOfAnotherProfile(t *testing.T) {
	const id = "authorization_server/code_challenge#a-request-without-a-code-challenge-is-refused"
	result, err := harness.Run(t.Context(), harness.Config{Only: []string{id}, Profiles: []string{"oauth-2.0"}})
	if err != nil {
		t.Fatal(err)
	}
	if row := result.Scenarios[0]; row.Verdict != report.NotApplicable || !strings.Contains(*row.Reason, "oauth-2.1") {
		t.Errorf("verdict %s, reason %v", row.Verdict, row.Reason)
	}
}

// A known failure must still fail: it does not fail the run while it does, and
// fails it once it does not, or once its time is up.
func TestBaseline(t *testing.T) {
	const id = "authorization_server/authorization_code#a-code-that-was-redeemed-is-refused"
	for name, test := range map[string]struct {
		faults []string
		until  string
		want   report.Verdict
	}{
		"it still fails":   {[]string{"code-accepted-twice"}, "", report.ExpectedFailure},
		"its time is up":   {[]string{"code-accepted-twice"}, "2020-01-01", report.Failed},
		"it fails no more": {nil, "", report.Failed},
	} {
		t.Run(name, func(t *testing.T) {
			known := target.Baseline{id: {ID: id, Reason: "the store is being replaced", Until: test.until}}
			result, err := harness.Run(t.Context(), harness.Config{Only: []string{id}, Faults: test.faults, Baseline: known})
			if err != nil {
				t.Fatal(err)
			}
			if row := result.Scenarios[0]; row.Verdict != test.want || report.OK(result) == (test.want == report.Failed) {
				t.Errorf("verdict %s, want %s; the run is OK: %v", row.Verdict, test.want, report.OK(result))
			}
		})
	}
	_, err := harness.Run(t.Context(), harness.Config{Baseline: target.Baseline{"nobody#knows": {ID: "nobody#knows", Reason: "x"}}})
	if !errors.Is(err, harness.ErrConfiguration) || !strings.Contains(err.Error(), "nobody#knows") {
		t.Errorf("an entry about nothing: %v", err)
	}
}

// A known rule must still be broken, by whatever scenario. Everything has to run
// that could break it: here that is all of a few features.
func TestBaselineOfRules(t *testing.T) {
	few := someFeatures(t, "every_exchange.feature", "authorization_server/token_request.feature", "authorization_server/hostile_input.feature")
	const rule = "every_exchange#token-responses-forbid-storage-by-old-caches"
	known := target.Baseline{rule: {ID: rule, Reason: "the header is gone with the old proxies"}}
	result, err := harness.Run(t.Context(), harness.Config{Features: few, Faults: []string{"pragma-missing"}, Baseline: known})
	if err != nil {
		t.Fatal(err)
	}
	if result.Summary.Failed > 0 || result.Summary.ExpectedFailure != 2 {
		t.Errorf("a rule that is known to be broken: %+v", result.Summary)
	}
	// Only other scenarios break this one: its own says nothing about its entry.
	const crash = "every_exchange#malformed-requests-cause-no-server-error"
	for fault, want := range map[string]report.Verdict{"garbage-crashes": report.ExpectedFailure, "": report.Failed} {
		known := target.Baseline{crash: {ID: crash, Reason: "it crashes at a NUL"}}
		result, err := harness.Run(t.Context(), harness.Config{Features: few, Faults: slices.DeleteFunc([]string{fault}, func(f string) bool { return f == "" }), Baseline: known})
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(result.Rules, func(r report.Rule) bool { return r.ID == crash })
		if got := result.Rules[i].Verdict; got != want {
			t.Errorf("a known rule with the fault %q is %s, want %s", fault, got, want)
		}
	}
}

// someFeatures are the registry with some of the embedded features alone.
func someFeatures(t *testing.T, files ...string) fs.FS {
	t.Helper()
	registry, err := fs.Glob(features.FS, "requirements/*")
	if err != nil {
		t.Fatal(err)
	}
	some := fstest.MapFS{}
	for _, name := range append(registry, files...) {
		content, err := fs.ReadFile(features.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		some[name] = &fstest.MapFile{Data: content}
	}
	return some
}

// The verdict of a scenario of one profile is given by profile, whether it passed or
// failed.
func TestScenarioOfOneProfile(t *testing.T) {
	const id = "authorization_server/code_challenge#a-request-without-a-code-challenge-is-refused"
	for name, test := range map[string]struct {
		faults []string
		want   report.Verdict
	}{
		"sound":  {nil, report.Passed},
		"faulty": {[]string{"code-challenge-optional"}, report.Failed},
	} {
		t.Run(name, func(t *testing.T) {
			result, err := harness.Run(t.Context(), harness.Config{Only: []string{id}, Profiles: []string{"oauth-2.0", "oauth-2.1"}, Faults: test.faults})
			if err != nil {
				t.Fatal(err)
			}
			verdicts := result.Scenarios[0].Verdicts
			if verdicts == nil || (*verdicts)["oauth-2.1"] != test.want || (*verdicts)["oauth-2.0"] != report.NotApplicable {
				t.Errorf("verdicts %v, want %s under oauth-2.1 alone", verdicts, test.want)
			}
		})
	}
}

// A redirect URI with an empty path is a complete one by RFC 6749; that the path has
// to be included is said by OAuth 2.1 alone.
func TestRedirectURIWithAnEmptyPath(t *testing.T) {
	const id = "authorization_server/registration_redirect_uris#a-redirect-uri-without-a-path-is-refused"
	for profile, want := range map[string]report.Verdict{"oauth-2.0": report.NotApplicable, "oidc": report.NotApplicable, "oauth-2.1": report.Failed} {
		t.Run(profile, func(t *testing.T) {
			result, err := harness.Run(t.Context(), harness.Config{
				Only:     []string{"authorization_server/registration_redirect_uris.feature", "authorization_server/redirect_uri.feature", "authorization_server/registered_redirect_uri.feature"},
				Profiles: []string{profile}, Faults: []string{"redirect-uri-without-path-registered"},
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, scenario := range result.Scenarios {
				switch {
				case scenario.ID == id && scenario.Verdict != want:
					t.Errorf("the verdict is %s, want %s", scenario.Verdict, want)
				case scenario.ID != id && scenario.Verdict != report.Passed && scenario.Verdict != report.NotApplicable:
					t.Errorf("%s is %s: %s", scenario.ID, scenario.Verdict, reasonOf(scenario))
				}
			}
		})
	}
}

// What one text requires, or takes away, is held against no target of another profile:
// RFC 6749 defines the password grant, RFC 6750 the token in the query, and only MCP
// asks for the host of the redirect URI on the consent page.
func TestRequirementsOfSomeProfiles(t *testing.T) {
	for fault, test := range map[string]struct{ only, accuses string }{
		"redirect-host-hidden":        {"authorization_server/consent.feature", "mcp-2026-07-28"},
		"password-grant-accepted":     {"authorization_server/token_request#the-password-grant-is-refused", "oauth-2.1"},
		"token-in-query-accepted":     {"resource_server/bearer_token#a-token-in-the-query-is-refused", "oauth-2.1"},
		"mcp-token-in-query-accepted": {"mcp_server/token_validation#the-mcp-server-refuses-a-token-in-the-query", "oauth-2.1"},
	} {
		t.Run(fault, func(t *testing.T) {
			for _, profile := range []string{"oauth-2.0", test.accuses} {
				result, err := harness.Run(t.Context(), harness.Config{Only: []string{test.only}, Profiles: []string{profile}, Faults: []string{fault}})
				if err != nil {
					t.Fatal(err)
				}
				accused := slices.ContainsFunc(result.Scenarios, func(s report.Scenario) bool { return s.Verdict == report.Failed || s.Verdict == report.Warned })
				if accused != (profile == test.accuses) {
					t.Errorf("under %s the summary is %+v", profile, result.Summary)
				}
			}
		})
	}
}
