package acts

import (
	"errors"
	"os/exec"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// What took no part in a scenario has not failed in it; what ended by itself may have.
func TestNoPart(t *testing.T) {
	silent := new(check.Inconclusive)
	for _, problem := range []error{
		ending(errors.New("signal: killed"), true, time.Second, ""), ending(exec.ErrNotFound, false, time.Second, ""),
	} {
		if err := partySucceeds(&world.World{Last: world.Result{Problem: problem}}); !errors.As(err, &silent) {
			t.Errorf("%v is %v", problem, err)
		}
	}
	failure := new(check.Failure)
	if err := partySucceeds(&world.World{Last: world.Result{Problem: errors.New("exit status 1")}}); !errors.As(err, &failure) {
		t.Errorf("a failure is %v", err)
	}
}

// The last lines are what a person wrote, and not frames and names of runtimes.
func TestLastLines(t *testing.T) {
	for text, want := range map[string]string{
		"":             "",
		"a\nb\nc\nd\n": `"b" "c" "d"`,
		"Error: boom\n    at run (x.js:3:1)\n\nNode.js v22.1.0\n":                             `"Error: boom"`,
		"Traceback (most recent call last):\n  File \"x.py\", line 1\nValueError: no URL\r\n": `"Traceback (most recent call last):" "ValueError: no URL"`,
		"panic: no URL\n\ngoroutine 1 [running]:\nexit status 2\n":                            `"panic: no URL"`,
	} {
		if got := lastLines(text); got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}
