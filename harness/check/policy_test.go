package check_test

import (
	"testing"

	"github.com/grantproof/grantproof/harness/check"
)

func TestFramesRestricted(t *testing.T) {
	for _, test := range []struct {
		fields []string
		want   bool
	}{
		{nil, false},
		{[]string{"default-src 'none'"}, false},
		{[]string{"default-src 'none'; frame-ancestors 'none'"}, true},
		{[]string{"FRAME-ANCESTORS   'Self'"}, true},
		{[]string{"frame-ancestors"}, true}, // No source is none.
		{[]string{"frame-ancestors https://portal.example *.app.example"}, true},
		{[]string{"frame-ancestors *"}, false},
		{[]string{"frame-ancestors 'self' https:"}, false},
		{[]string{"frame-ancestors https://*"}, false},
		{[]string{"default-src 'self', frame-ancestors 'none'"}, true},
		{[]string{"default-src 'self'", "frame-ancestors 'none'"}, true},
		{[]string{"x-frame-ancestors 'none'"}, false},
	} {
		if got := check.FramesRestricted(test.fields); got != test.want {
			t.Errorf("%q restricts frames: %t", test.fields, got)
		}
	}
}
