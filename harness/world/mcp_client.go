package world

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
)

// PrepareMCPClient makes the client that is examined: one that nobody has
// registered yet, whose user agrees to everything.
func (w *World) PrepareMCPClient(ctx context.Context) error {
	if w.Run.Parties == nil {
		return errNotEmbedded
	}
	if err := w.ProtectTools(ctx); err != nil {
		return err
	}
	examined := &ExaminedClient{pages: make(chan string, 1), Setup: ClientSetup{Server: w.Tools.URL, Open: w.open}}
	examined.Setup.Shown = examined.show
	w.Examined = examined
	return w.Change(ctx, control.RealmRequest{ResourceOwner: new(control.Approves), Tools: onlyTool(w.Run.Target.MCPServer.Tools[0].Name)})
}

// ExaminedClient is a client of MCP servers under examination.
type ExaminedClient struct {
	Setup  ClientSetup
	pages  chan string // That the browser was shown at the end.
	client MCPClient   // nil until it has connected.
	others []MCPClient // Those that connected besides.
}

// show keeps the first page: the browser gets it while the client goes on.
func (e *ExaminedClient) show(page string) {
	select {
	case e.pages <- page:
	default:
	}
}

// PageOfMCPClient is what the browser was shown first where the client takes
// answers.
func (w *World) PageOfMCPClient(ctx context.Context) (string, error) {
	switch {
	case w.Examined == nil:
		return "", errNoMCPClient
	case w.examinesCommand():
		return "", &check.NotApplicable{Reason: "the page that a command shows is seen by its browser alone"}
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	select {
	case page := <-w.Examined.pages:
		return page, nil
	case <-ctx.Done():
		return "", check.Fail("the agent showed no page", "a page at the redirect URI")
	}
}

func (e *ExaminedClient) close() {
	if e == nil || e.client == nil {
		return
	}
	for _, client := range append(e.others, e.client) {
		client.Close()
	}
}

// errNoMCPClient says that there is no client to examine yet.
var errNoMCPClient = errors.New("the scenario has no client yet; begin with `Given an MCP client`")

// ConnectMCPClient has the client connect, as the When of a scenario.
func (w *World) ConnectMCPClient(ctx context.Context) error {
	if w.Examined == nil {
		return errNoMCPClient
	}
	if w.examinesCommand() {
		return w.start(ctx, "")
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

// CallByMCPClient has the client call a tool once it is connected.
func (w *World) CallByMCPClient(ctx context.Context, tool string) error {
	if w.Examined != nil && w.examinesCommand() {
		return w.start(ctx, tool)
	}
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

// AuthenticateByBasic has the authorization server advertise, for clients with a
// secret, the one method by which a client that was registered beforehand
// authenticates here: nothing that the client was given tells it.
func (w *World) AuthenticateByBasic(ctx context.Context) error {
	members := map[string]any{"token_endpoint_auth_methods_supported": []string{"client_secret_basic", "none"}}
	if err := w.Answer(ctx, control.Answer{Of: control.AuthorizationServerMetadata, Members: &members}); err != nil {
		return err
	}
	return w.Answer(ctx, control.Answer{Of: control.OpenidConfiguration, Members: &members})
}
