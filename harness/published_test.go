package harness_test

import (
	"net"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/cimd"
	"github.com/grantproof/grantproof/impl/realm"
)

// A server without a control plane fetches the documents of clients from where
// the target file says that it reaches the examiner.
func TestServerThatFetches(t *testing.T) {
	fixture, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", Policy: realm.Policy{ClientDocuments: cimd.Rules{Loopback: true}, ClientPages: cimd.Rules{Loopback: true}}})
	if err != nil {
		t.Fatal(err)
	}
	defer fixture.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	examined := target.Target{
		AuthorizationServer: target.AuthorizationServer{Issuer: fixture.Issuer},
		ResourceOwner:       target.ResourceOwner{Username: "demo-user", Password: realm.DemoPassword, Browser: "forms"},
		Capabilities:        map[string]bool{"prompt": true},
		Examiner:            target.Examiner{URL: "http://" + address, Listen: address},
	}
	result, err := harness.Run(t.Context(), harness.Config{Target: &examined, Only: []string{"authorization_server/client_metadata*", "authorization_server/client_document*"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, scenario := range result.Scenarios {
		if scenario.Verdict != report.Passed && scenario.Verdict != report.NotApplicable {
			t.Errorf("%s is %s: %v %v", scenario.ID, scenario.Verdict, value(scenario.Reason), value(scenario.Actual))
		}
	}
	if result.Summary.Passed < 35 {
		t.Errorf("only %d scenarios passed", result.Summary.Passed)
	}
}
