package nearest_test

import (
	"slices"
	"testing"

	"github.com/grantproof/grantproof/impl/nearest"
)

func TestOf(t *testing.T) {
	candidates := []string{"(random)", "(reversed)", "(omitted)", "mcp-2025-11-25", "mcp-2026-07-28"}
	for name, wanted := range map[string][]string{
		"(randum)":   {"(random)"},
		"(Omited)":   {"(omitted)"},
		"mcp-2025":   {"mcp-2025-11-25"},
		"something":  nil,
		"mcp-2025-1": {"mcp-2025-11-25"},
	} {
		if got := nearest.Of(name, candidates); !slices.Equal(got, wanted) {
			t.Errorf("nearest to %s: got %q, expected %q", name, got, wanted)
		}
	}
}

func TestHint(t *testing.T) {
	if got := nearest.Hint("serv", []string{"serve", "run"}); got != `; did you mean "serve"?` {
		t.Errorf("got %s", got)
	}
	if got := nearest.Hint("x", []string{"serve", "prove"}); got != "" {
		t.Errorf("nothing is close: got %s", got)
	}
}
