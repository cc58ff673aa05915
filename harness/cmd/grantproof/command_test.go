package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl/agent"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/seam"
)

// TestMain lets the tests start this program as the client that they examine: as
// grantproof itself, and as one with a fault.
func TestMain(m *testing.M) {
	if len(os.Args) < 2 || strings.HasPrefix(os.Args[1], "-test.") {
		_ = os.Setenv("GOGC", "off") // What the tests start ends soon, and collects nothing while it starts.
		os.Exit(m.Run())
	}
	if os.Args[1] == "agent" {
		main()
	}
	if os.Args[1] == "mute" {
		if connectWith(context.Background(), fault.Name(os.Args[2]), os.Args[3]) != nil {
			os.Exit(1)
		}
		return
	}
	if err := connectWith(context.Background(), fault.Name(os.Args[1]), os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// connectWith is what a client with a fault does.
func connectWith(ctx context.Context, name fault.Name, server string) error {
	faults, err := fault.NewSet([]string{string(name)})
	if err != nil {
		return err
	}
	client := seam.NewClient(fault.Effects(faults)...)
	handler, err := oauthclient.NewHandler(oauthclient.HandlerConfig{
		Server: server, Registration: &oauth.ClientMetadata{ClientName: new("Faulty agent")},
		HTTPClient: &http.Client{Transport: client.Transport(http.DefaultTransport)},
		Browser: func(ctx context.Context, address string) error {
			answer, err := get(ctx, client.Sends(address))
			if err != nil {
				return err
			}
			_, err = get(ctx, client.Receives(answer.Header.Get("Location")))
			return err
		},
	})
	if err != nil {
		return err
	}
	remote, err := agent.Connect(ctx, server, handler, os.Getenv("MCP_CONFORMANCE_PROTOCOL_VERSION"))
	if err != nil {
		return err
	}
	return errors.Join(remote.Call(ctx, "test-tool"), remote.Close())
}

func get(ctx context.Context, address string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	return response, response.Body.Close()
}

// examine examines a program as a client of MCP servers.
func examine(t *testing.T, only []string, command ...string) report.Report {
	t.Helper()
	result, err := harness.Run(t.Context(), harness.Config{
		Target: &target.Target{MCPClient: target.MCPClient{Command: command}}, Only: only,
	})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// self is this program with arguments.
func self(t *testing.T, args ...string) []string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return append([]string{program}, args...)
}

// Our own agent passes as a program what it passes in process, but for what no
// program can be told to do.
func TestAgentAsCommand(t *testing.T) {
	t.Parallel()
	result := examine(t, nil, self(t, "agent", "conformance")...)
	unfit := map[string]string{
		"mcp_client/other_servers#a-client-whose-credentials-are-for-another-authorization-server-says-so": "without the authorization server",
		"mcp_client/other_servers#the-document-of-a-client-has-the-required-members-and-no-secret":         "document of a command",
		"mcp_client/other_servers#a-client-whose-document-has-a-key-authenticates-with-it":                 "document of a command",
		"mcp_client/moved_server": "started anew",
		"mcp_client/renewal":      "started anew",
		"mcp_client/redirect_page#the-client-s-page-holds-nothing-from-third-parties":           "seen by its browser alone",
		"mcp_client/registration#the-credentials-of-another-authorization-server-are-not-shown": "without the authorization server",
	}
	passed := 0
	for _, s := range result.Scenarios {
		file, _, _ := strings.Cut(s.ID, "#")
		ours := file == "mcp_client/agent_actions" || file == "mcp_client/token_handling"
		switch reason := cmp.Or(unfit[s.ID], unfit[file]); {
		case s.Verdict == report.Passed && s.Note == nil:
			passed++
		case s.Verdict == report.NotApplicable && (ours || reason != "" && strings.Contains(*s.Reason, reason)):
		default:
			t.Errorf("%s is %s: %s", s.ID, s.Verdict, said(s))
		}
	}
	if passed < 95 {
		t.Errorf("only %d scenarios passed", passed)
	}
}

func said(s report.Scenario) string {
	for _, text := range []*string{s.Actual, s.Reason, s.Note} {
		if text != nil {
			return *text
		}
	}
	return ""
}

// What a program does wrong is seen by what the servers hear of it.
func TestFaultyCommand(t *testing.T) {
	for name, id := range map[fault.Name]string{
		"resource-mismatch-accepted": "discovery#resource-metadata-of-another-server-is-not-used",
		"pkce-support-not-checked":   "unfit_server#the-client-does-not-go-on-where-pkce-is-not-advertised",
		"plain-challenge-sent":       "authorization_flow#the-client-uses-pkce-with-s256",
		"resource-not-sent":          "authorization_flow#the-client-names-the-mcp-server-in-authorization-and-token-requests",
		"iss-ignored":                "authorization_response#an-answer-from-another-issuer-is-rejected",
		"state-ignored":              "authorization_response#the-client-discards-an-answer-whose-state-is-another",
		"challenged-scope-ignored":   "authorization_flow#the-client-asks-for-a-challenged-scope-that-the-metadata-does-not-list",
		"step-up-not-tried":          "step_up#the-client-asks-for-the-scopes-of-a-tool-on-2026-07-28",
	} {
		t.Run(string(name), func(t *testing.T) {
			t.Parallel()
			result := examine(t, []string{"mcp_client/" + id}, self(t, string(name))...)
			if s := result.Scenarios[0]; s.Verdict != report.Failed && (s.Verdict != report.Warned || s.Level != "should") {
				t.Errorf("%s is %s: %s", s.ID, s.Verdict, said(s))
			}
		})
	}
}

// A client that fails without a word is told by what the servers heard: the request
// that one of them refused, and why, or the last one.
func TestFailureIsToldByTheServers(t *testing.T) {
	for name, test := range map[fault.Name]struct{ id, tells string }{
		"step-up-not-tried":              {"step_up#the-client-asks-for-the-scopes-of-a-tool-on-2026-07-28", "the MCP server refused its POST /mcp: insufficient_scope"},
		"unregistered-redirect-uri-sent": {"registration#a-client-sends-its-registered-redirect-uri", "the authorization server answered its GET /oauth/authorize with status 400"},
		"token-type-compared-exactly":    {"authorization_flow#the-client-accepts-the-token-type-in-any-case", "its last request was POST /oauth/token, which the authorization server answered with status 200"},
	} {
		t.Run(string(name), func(t *testing.T) {
			t.Parallel()
			result := examine(t, []string{"mcp_client/" + test.id}, self(t, "mute", string(name))...)
			if s := result.Scenarios[0]; s.Verdict == report.Passed || !strings.Contains(said(s), test.tells) {
				t.Errorf("%s is %s: %s, want %q", s.ID, s.Verdict, said(s), test.tells)
			}
		})
	}
}
