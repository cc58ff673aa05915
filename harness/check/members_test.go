package check_test

import (
	"testing"

	"github.com/grantproof/grantproof/harness/check"
)

// One audience is a text or a list of one.
func TestAudience(t *testing.T) {
	for name, test := range map[string]struct {
		got  any
		good bool
	}{
		"a text":          {"client", true},
		"a list of one":   {[]any{"client"}, true},
		"another":         {[]any{"other"}, false},
		"a list of more":  {[]any{"client", "other"}, false},
		"a list of none":  {[]any{}, false},
		"a longer client": {"client-2", false},
	} {
		err := check.Member(map[string]any{"aud": test.got}, "aud", "client")
		if (err == nil) != test.good {
			t.Errorf("%s: %v", name, err)
		}
	}
}
