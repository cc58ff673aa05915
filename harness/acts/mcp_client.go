package acts

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

// PrepareMCPClient makes the client that is examined: one that nobody has
// registered yet, whose user agrees to everything.
func PrepareMCPClient(ctx context.Context, w *world.World) error {
	if w.Run.Parties == nil {
		return errNotEmbedded
	}
	if err := ProtectTools(ctx, w); err != nil {
		return err
	}
	examined := &ExaminedClient{pages: make(chan string, 1), Setup: world.ClientSetup{Server: world.Part[ToolServer](w).URL, Open: func(ctx context.Context, address string) (string, error) {
		return openAuthorization(ctx, w.Run, address)
	}}}
	examined.Setup.Shown = examined.show
	world.Put(w, examined)
	return w.Change(ctx, control.RealmRequest{ResourceOwner: new(control.Approves), Tools: onlyTool(w.Run.Target.MCPServer.Tools[0].Name)})
}

// ExaminedClient is a client of MCP servers under examination.
type ExaminedClient struct {
	Setup  world.ClientSetup
	pages  chan string       // That the browser was shown at the end.
	client world.MCPClient   // nil until it has connected.
	others []world.MCPClient // Those that connected besides.
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
func PageOfMCPClient(ctx context.Context, w *world.World) (string, error) {
	examined := world.Part[ExaminedClient](w)
	switch {
	case examined == nil:
		return "", errNoMCPClient
	case examinesCommand(w):
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
func makeClient(w *world.World) (world.MCPClient, error) {
	made, err := w.Run.Parties.MCPClient(w.Realm.ID, world.Part[ExaminedClient](w).Setup)
	if err == nil {
		w.OnClose(func(context.Context) { made.Close() })
	}
	return made, err
}

// errNoMCPClient says that there is no client to examine yet.
var errNoMCPClient = errors.New("the scenario has no client yet; begin with `Given an MCP client`")

// ConnectMCPClient has the client connect, as the When of a scenario.
func ConnectMCPClient(ctx context.Context, w *world.World) error {
	examined := world.Part[ExaminedClient](w)
	if examined == nil {
		return errNoMCPClient
	}
	if examinesCommand(w) {
		return start(ctx, w, "")
	}
	if examined.client == nil {
		made, err := makeClient(w)
		if err != nil {
			return err
		}
		examined.client = made
	}
	ended(ctx, w, examined.client.Connect(ctx))
	return nil
}

// CallByMCPClient has the client call a tool once it is connected.
func CallByMCPClient(ctx context.Context, w *world.World, tool string) error {
	examined := world.Part[ExaminedClient](w)
	if examined != nil && examinesCommand(w) {
		return start(ctx, w, tool)
	}
	if err := ConnectMCPClient(ctx, w); err != nil || w.Last.Problem != nil {
		return err
	}
	ended(ctx, w, examined.client.Call(ctx, tool))
	return nil
}

// ended keeps what became of the client: what it says, and what the servers heard of it
// if that does not say it.
func ended(ctx context.Context, w *world.World, problem error) {
	w.Last = world.Result{Kind: world.AgentResult, Problem: problem, Text: "done"}
	if problem == nil {
		return
	}
	w.Last.Text = problem.Error()
	heard := heardOf(ctx, w)
	description := heard[strings.LastIndex(heard, ": ")+1:]
	if heard != "" && !strings.Contains(problem.Error(), description) {
		w.Last.Problem = fmt.Errorf("%w; %s", problem, heard)
	}
}

// openAuthorization is what a browser does whose user agrees to everything: it is sent on to
// where the client waits.
func openAuthorization(ctx context.Context, r *world.Run, address string) (string, error) {
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
	content, err := io.ReadAll(io.LimitReader(response.Body, exchange.MaxContent))
	if err != nil {
		return "", err
	}
	page := exchange.Exchange{Status: response.StatusCode, Answer: response.Header, Content: content}
	next := page.Redirect()
	if !strings.HasPrefix(next, authorization.Query().Get("redirect_uri")) || next == "" {
		return "", fmt.Errorf("the browser stays at the authorization server, at status %d", response.StatusCode)
	}
	return next, nil
}

// Answer has the servers of the realm answer otherwise than they would; what was
// said before of other answers stays.
func Answer(ctx context.Context, w *world.World, answer control.Answer) error {
	all := answers(append(answersOf(w), answer))
	world.Put(w, &all)
	return w.Change(ctx, control.RealmRequest{Answers: (*[]control.Answer)(&all)})
}

// answers are those that the servers of the realm give otherwise than they would.
type answers []control.Answer

func answersOf(w *world.World) answers {
	if all := world.Part[answers](w); all != nil {
		return *all
	}
	return nil
}

// AuthenticateByBasic has the authorization server advertise, for clients with a
// secret, the one method by which a client that was registered beforehand
// authenticates here: nothing that the client was given tells it.
func AuthenticateByBasic(ctx context.Context, w *world.World) error {
	members := map[string]any{"token_endpoint_auth_methods_supported": []string{"client_secret_basic", "none"}}
	if err := Answer(ctx, w, control.Answer{Of: control.AuthorizationServerMetadata, Members: &members}); err != nil {
		return err
	}
	return Answer(ctx, w, control.Answer{Of: control.OpenidConfiguration, Members: &members})
}
