//go:build full

package peers_test

import (
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

// Nothing fails at oidc-provider but what its baseline defends with a
// specification, and at most a fifth of what is said of authorization servers
// does not apply to it.
func TestOIDCProvider(t *testing.T) {
	begin(t, "oidc-provider", "127.0.0.1:4101")
	examined, err := target.Load("oidc-provider/target.yaml")
	if err != nil {
		t.Fatal(err)
	}
	baseline, err := target.LoadBaseline(examined.Baseline)
	if err != nil {
		t.Fatal(err)
	}
	result, err := harness.Run(t.Context(), harness.Config{Target: &examined, Baseline: baseline, Roles: []string{"authorization-server"}})
	if err != nil {
		t.Fatal(err)
	}
	unfit := 0
	for _, scenario := range result.Scenarios {
		switch scenario.Verdict {
		case report.Failed, report.Inconclusive:
			t.Errorf("%s is %s", scenario.ID, scenario.Verdict)
		case report.NotApplicable:
			unfit++
		}
	}
	if 5*unfit > len(result.Scenarios) {
		t.Errorf("%d of %d scenarios do not apply; want a fifth at most", unfit, len(result.Scenarios))
	}
}

// begin starts a peer with the environment that its target file wants, and
// waits until it listens.
func begin(t *testing.T, name, address string) {
	t.Helper()
	values, err := exec.CommandContext(t.Context(), "bash", "-c", "set -a; . ./env; env").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(values)) {
		if name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "="); strings.HasPrefix(name, "PEER_") {
			t.Setenv(name, value)
		}
	}
	peer := exec.CommandContext(t.Context(), name+"/start")
	peer.Stderr = os.Stderr
	if err := peer.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = peer.Process.Kill(); _ = peer.Wait() })
	for range 600 {
		if connection, err := net.Dial("tcp", address); err == nil {
			_ = connection.Close()
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s does not listen on %s", name, address)
}
