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
	examined := &ExaminedClient{pages: make(chan string, 1), Setup: ClientSetup{Server: Part[ToolServer](w).URL, Open: func(ctx context.Context, address string) (string, error) { return w.Run.open(ctx, address) }}}
	examined.Setup.Shown = examined.show
	Put(w, examined)
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
	examined := Part[ExaminedClient](w)
	switch {
	case examined == nil:
		return "", errNoMCPClient
	case w.examinesCommand():
		return "", &check.NotApplicable{Reason: "the page that a command shows is seen by its browser alone"}
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	select {
	case page := <-examined.pages:
		return page, nil
	case <-ctx.Done():
		return "", check.Fail("the agent showed no page", "a page at the redirect URI")
	}
}

// makeClient makes another client that is examined.
func (w *World) makeClient() (MCPClient, error) {
	made, err := w.Run.Parties.MCPClient(w.Realm.ID, Part[ExaminedClient](w).Setup)
	if err == nil {
		w.OnClose(func(context.Context) { made.Close() })
	}
	return made, err
}

// errNoMCPClient says that there is no client to examine yet.
var errNoMCPClient = errors.New("the scenario has no client yet; begin with `Given an MCP client`")

// ConnectMCPClient has the client connect, as the When of a scenario.
func (w *World) ConnectMCPClient(ctx context.Context) error {
	examined := Part[ExaminedClient](w)
	if examined == nil {
		return errNoMCPClient
	}
	if w.examinesCommand() {
		return w.start(ctx, "")
	}
	if examined.client == nil {
		made, err := w.makeClient()
		if err != nil {
			return err
		}
		examined.client = made
	}
	w.ended(examined.client.Connect(ctx))
	return nil
}

// CallByMCPClient has the client call a tool once it is connected.
func (w *World) CallByMCPClient(ctx context.Context, tool string) error {
	examined := Part[ExaminedClient](w)
	if examined != nil && w.examinesCommand() {
		return w.start(ctx, tool)
	}
	if err := w.ConnectMCPClient(ctx); err != nil || w.Last.Problem != nil {
		return err
	}
	w.ended(examined.client.Call(ctx, tool))
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
func (r *Run) open(ctx context.Context, address string) (string, error) {
	authorization, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	response, err := r.HTTP.Do(request)
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
	all := answers(append(w.answers(), answer))
	Put(w, &all)
	return w.Change(ctx, control.RealmRequest{Answers: (*[]control.Answer)(&all)})
}

// answers are those that the servers of the realm give otherwise than they would.
type answers []control.Answer

func (w *World) answers() answers {
	if all := Part[answers](w); all != nil {
		return *all
	}
	return nil
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
