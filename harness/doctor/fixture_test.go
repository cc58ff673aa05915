package doctor_test

import (
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness/doctor"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

func demo(t *testing.T, registration realm.Registration) *impl.Fixture {
	t.Helper()
	fixture, err := impl.Start(impl.Config{AuthServer: "localhost:0", ResourceServer: "localhost:0", MCPServer: "localhost:0", Control: "127.0.0.1:0",
		Policy: realm.Policy{Documented: true, Registration: registration}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = fixture.Close() })
	return fixture
}

// The URL of an MCP server is enough where clients register themselves; the
// client of the doctor is gone afterwards, and all of it takes less than a
// second.
func TestMCPServerAlone(t *testing.T) {
	fixture, began := demo(t, realm.RegistrationOpen), time.Now()
	findings := examine(t, target.Target{
		MCPServer:     target.MCPServer{URL: fixture.MCP, Tools: target.TaskTools},
		ResourceOwner: target.ResourceOwner{Username: "demo-user", Password: realm.DemoPassword},
	})
	if took := time.Since(began); doctor.Worst(findings) != doctor.OK || took > time.Second {
		t.Errorf("after %s:\n%s", took, printed(findings))
	}
	for _, name := range []string{"authorization server found", "registration", "sign-in", "MCP server", "MCP tools", "registrations are deleted"} {
		if named(findings, name).Status != doctor.OK {
			t.Errorf("%s is missing:\n%s", name, printed(findings))
		}
	}
}

func TestMistakesOfMCP(t *testing.T) {
	fixture := demo(t, realm.RegistrationOpen)
	for name, test := range map[string]struct {
		tool          target.Tool
		finding, says string
	}{
		"a tool that is not there":   {target.Tool{Name: "no_such_tool", Scope: "tasks:read"}, "MCP tools", "list_tasks"},
		"a scope that nobody grants": {target.Tool{Name: "list_tasks", Scope: "fly"}, "MCP tools", "no token"},
	} {
		t.Run(name, func(t *testing.T) {
			findings := examine(t, target.Target{MCPServer: target.MCPServer{URL: fixture.MCP, Tools: []target.Tool{test.tool}}})
			if f := named(findings, test.finding); f.Status == doctor.OK || !strings.Contains(f.CameBack, test.says) {
				t.Errorf("found %+v:\n%s", f, printed(findings))
			}
		})
	}
}

// Registration that wants an initial access token says so.
func TestInitialAccessToken(t *testing.T) {
	findings := examine(t, target.Target{AuthorizationServer: target.AuthorizationServer{Issuer: demo(t, realm.RegistrationToken).Issuer}})
	if f := named(findings, "registration"); f.Status != doctor.Error || f.Key != "authorization_server.initial_access_token" {
		t.Errorf("found %+v:\n%s", f, printed(findings))
	}
}

// A target with a control plane is looked at in a realm of its own.
func TestControlPlane(t *testing.T) {
	fixture := demo(t, realm.RegistrationOpen)
	examined := target.Reference("demo", fixture.Issuer, fixture.Resource, fixture.MCP, target.Control{URL: fixture.ControlURL, Token: fixture.ControlToken})
	if findings := examine(t, examined); doctor.Worst(findings) != doctor.Skipped {
		t.Error(printed(findings))
	}
	examined.Control.Token = "another-token"
	if f := named(examine(t, examined), "control plane"); f.Status != doctor.Error || f.CameBack != "status 401" || f.Key != "control.token" {
		t.Errorf("found %+v", f)
	}
	examined.Control.URL = fixture.Issuer
	if f := named(examine(t, examined), "control plane"); f.Status != doctor.Error || !strings.Contains(f.CameBack, "Not Found") {
		t.Errorf("found %+v", f)
	}
}
