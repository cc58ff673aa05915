package harness_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness"
)

// A word, a row or a step that has no meaning ends the run before anything is sent,
// with its file and line and what it was meant to be.
func TestMisspelt(t *testing.T) {
	const file = "authorization_server/pkce.feature"
	for name, test := range map[string]struct{ old, new, says string }{
		"a word":               {"| code_verifier | (earlier code_verifier) |", "| code_verifier | (erlier code_verifier) |", `:81: there is no word "(erlier code_verifier)"; did you mean "(earlier code_verifier)"`},
		"a word of an example": {"| (random) ", "| (randum) ", `:53: there is no word "(randum)"; did you mean "(random)"`},
		"a value":              {"| code_verifier | <code_verifier> |", "| (transfer) | chunkt |", `"chunkt" is none of chunked; did you mean "chunked"`},
		"a row":                {"| code_verifier | <code_verifier> |", "| code_verifer | <code_verifier> |", `:53: a token request with a code has no row "code_verifer"; did you mean "code_verifier"`},
	} {
		t.Run(name, func(t *testing.T) {
			copied := changed(t, file, test.old, test.new)
			_, err := harness.NewSuite(t.Context(), harness.Config{Features: copied})
			if !errors.Is(err, harness.ErrConfiguration) || !strings.Contains(err.Error(), test.says) {
				t.Fatalf("got %v, expected %s", err, test.says)
			}
			_, dry := harness.DryRun(t.Context(), harness.Config{Features: copied})
			if dry == nil || dry.Error() != err.Error() {
				t.Errorf("a dry run says %v", dry)
			}
			if place := file + ":"; !strings.Contains(err.Error(), place) {
				t.Errorf("%v does not say where: %s", err, place)
			}
		})
	}
}

// An id, a tag or a role that nothing has names the nearest ones.
func TestMisspeltSelection(t *testing.T) {
	for says, config := range map[string]harness.Config{
		`"authorization_server/pkce"`: {Only: []string{"authorization_server/pkcee"}},
		`"@must"`:                     {Tags: "@mast"},
		`"mcp-server"`:                {Roles: []string{"mcp-sever"}},
	} {
		_, err := harness.NewSuite(t.Context(), config)
		if !errors.Is(err, harness.ErrConfiguration) || !strings.Contains(err.Error(), "did you mean "+says) {
			t.Errorf("got %v, expected the nearest, %s", err, says)
		}
	}
}
