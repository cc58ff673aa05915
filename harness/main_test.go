package harness

import (
	"os"
	"runtime/debug"
	"testing"
)

// Dozens of runs in one process leave much behind that is soon done with;
// collected less often, as the command does, the tests take three quarters of
// the time.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}
