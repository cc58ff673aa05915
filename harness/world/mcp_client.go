package world

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
)

// PrepareMCPClient makes the client that is examined: one that nobody has
// registered yet, whose user agrees to everything.
func (w *World) PrepareMCPClient(ctx context.Context) error {
	if w.Run.Parties == nil {
		return &check.NotApplicable{Reason: "a client is examined by the embedded servers; leave the target's servers out"}
	}
	if err := w.ProtectTools(ctx); err != nil {
		return err
	}
	examined := &ExaminedClient{Setup: ClientSetup{Server: w.Tools.URL, Revision: Stateless, Open: w.open}}
	examined.Setup.Shown = func(page string) { examined.Pages = append(examined.Pages, page) }
	w.Examined = examined
	return w.Change(ctx, control.RealmRequest{ResourceOwner: new(control.Approves)})
}

// ExaminedClient is a client of MCP servers under examination.
type ExaminedClient struct {
	Setup  ClientSetup
	Pages  []string       // That the browser was shown at the end.
	Next   *control.Realm // The authorization server that the MCP server has moved to.
	client MCPClient      // nil until it has connected.
}

func (e *ExaminedClient) close() {
	if e != nil && e.client != nil {
		e.client.Close()
	}
}

// errNoMCPClient says that there is no client to examine yet.
var errNoMCPClient = errors.New("the scenario has no client yet; begin with `Given an MCP client`")

// ConnectMCPClient has the client connect, as the When of a scenario.
func (w *World) ConnectMCPClient(ctx context.Context) error {
	if w.Examined == nil {
		return errNoMCPClient
	}
	if w.Examined.client == nil {
		made, err := w.Run.Parties.MCPClient(w.Realm.ID, w.Examined.Setup)
		if err != nil {
			return err
		}
		w.Examined.client = made
	}
	w.ended(w.Examined.client.Connect(ctx))
	return nil
}

// ConnectAnother has another client of the same setup connect, as a Given.
func (w *World) ConnectAnother(ctx context.Context) error {
	if w.Examined == nil {
		return errNoMCPClient
	}
	other, err := w.Run.Parties.MCPClient(w.Realm.ID, w.Examined.Setup)
	if err != nil {
		return err
	}
	defer other.Close()
	return other.Connect(ctx)
}

// MoveMCPServer has the MCP server name another authorization server from now on,
// a realm that nobody knows yet and whose tokens it does not take.
func (w *World) MoveMCPServer(ctx context.Context) error {
	made, err := w.control.CreateRealmWithResponse(ctx, control.RealmRequest{
		ResourceOwner: new(control.Approves), Resources: &[]string{w.Tools.URL}, Faults: new(append([]string{}, w.Run.Faults...)),
	})
	if err != nil {
		return err
	}
	if made.JSON201 == nil {
		return refusedByControl("a realm", made.HTTPResponse, made.Body)
	}
	w.Examined.Next = made.JSON201
	return w.Answer(ctx, control.Answer{Of: control.McpServerMetadata, Members: &map[string]any{"authorization_servers": []string{made.JSON201.Issuer}}})
}

// TrafficOfNext is what the authorization server received that came after the
// first one.
func (w *World) TrafficOfNext(ctx context.Context) ([]control.Request, error) {
	if w.Examined == nil || w.Examined.Next == nil {
		return nil, errors.New("the MCP server has not moved; say so in a Given")
	}
	seen, err := w.control.TrafficWithResponse(ctx, w.Examined.Next.ID)
	if err != nil {
		return nil, err
	}
	if seen.JSON200 == nil {
		return nil, refusedByControl("the traffic", seen.HTTPResponse, seen.Body)
	}
	return seen.JSON200.Requests, nil
}

// CallByMCPClient has the client call a tool once it is connected.
func (w *World) CallByMCPClient(ctx context.Context, tool string) error {
	if err := w.ConnectMCPClient(ctx); err != nil || w.Last.Problem != nil {
		return err
	}
	w.ended(w.Examined.client.Call(ctx, tool))
	return nil
}

func (w *World) ended(problem error) {
	w.Last = Result{Kind: AgentResult, Problem: problem, Text: "done"}
	if problem != nil {
		w.Last.Text = problem.Error()
	}
}

// open is what a browser does whose user agrees to everything: it is sent on to
// where the client waits.
func (w *World) open(ctx context.Context, address string) (string, error) {
	authorization, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	response, err := w.Run.HTTP.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	next := response.Header.Get("Location")
	if !strings.HasPrefix(next, authorization.Query().Get("redirect_uri")) || next == "" {
		return "", fmt.Errorf("the browser stays at the authorization server, at status %d", response.StatusCode)
	}
	return next, nil
}

// Answer has the servers of the realm answer otherwise than they would; what was
// said before of other answers stays.
func (w *World) Answer(ctx context.Context, answer control.Answer) error {
	w.answers = append(w.answers, answer)
	return w.Change(ctx, control.RealmRequest{Answers: &w.answers})
}
