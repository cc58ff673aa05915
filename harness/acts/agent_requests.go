package acts

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about what the agent and the MCP server did.
var _ = phrases(Then, []step{
	{says: `the agent (succeeds|gives up)`, refuses: argument("gives up"), do: agentEnds},
	{says: `the agent (says|does not say) "([^"]*)"`, do: partySays},
	{says: `the (?:agent|tool) fails, saying "([^"]*)"`, refuses: always, do: partyFails},
	{says: `the agent sent (no|\d+|at most \d+|at least \d+) (token|authorization|registration|MCP server metadata) requests?`, do: sentRequests},
	{says: `the agent sent (an?|only) (token|code redemption|resource|authorization|registration|metadata|MCP) requests? with`, table: words.SentRequest, do: sentRequestWith},
	{says: `the tool succeeds`, with: words.Published, do: toolSucceeds},
	{says: `the tools are "([^"]*)"`, do: toolsAre, once: "one scenario lists the tools of the documented system"},
})

func agentEnds(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "succeeds" {
		return partySucceeds(w)
	}
	return givesUp(ctx, w)
}

func partySucceeds(w *world.World) error {
	if err := noPart(w); err != nil {
		return err
	}
	if w.Last.Problem != nil {
		return check.Fail("a failure: "+w.Last.Problem.Error(), "success")
	}
	return nil
}

func partySays(_ context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "does not say" {
		if strings.Contains(w.Last.Text, args[1]) {
			return check.Fail("it said "+w.Last.Text, "nothing of "+args[1])
		}
		return nil
	}
	if err := partySucceeds(w); err != nil {
		return err
	}
	return says(w, args[1])
}

func says(w *world.World, want string) error {
	if strings.Contains(strings.ToLower(w.Last.Text), strings.ToLower(want)) {
		return nil
	}
	return check.Fail(fmt.Sprintf("it said %q", w.Last.Text), fmt.Sprintf("a message with %q", want))
}

func partyFails(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if w.Last.Problem == nil {
		return check.Fail("success: "+w.Last.Text, "a failure that says "+args[0])
	}
	if err := says(w, args[0]); err != nil {
		return err
	}
	return positive(ctx, w)
}

// sentRequests counts those of a kind; without any, the action may deviate.
func sentRequests(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	seen, err := requests(ctx, w, args[1])
	if err != nil {
		return err
	}
	if args[0] == "no" {
		if len(seen) > 0 {
			return check.Fail("the agent sent one to "+seen[0].Path, "no "+args[1]+" request")
		}
		return positive(ctx, w)
	}
	if err := noPart(w); err != nil {
		return err
	}
	least, open := strings.CutPrefix(args[0], "at least ")
	most, limited := strings.CutPrefix(least, "at most ")
	count, err := strconv.Atoi(most)
	if err != nil {
		return err
	}
	if len(seen) == count || limited && len(seen) < count || open && len(seen) > count {
		return nil
	}
	return check.Fail(fmt.Sprintf("%d %s requests", len(seen), args[1]), args[0]+" "+args[1]+" requests")
}

// places are where requests of a kind go to, by the role and the path.
var places = map[string]func(control.Request) bool{
	"token": func(r control.Request) bool {
		return r.Path == "/oauth/token" || r.Parameters != nil && (*r.Parameters)["grant_type"] != "" // At any other path.
	},
	"authorization": func(r control.Request) bool { return r.Path == "/oauth/authorize" },
	"code redemption": func(r control.Request) bool {
		grant := (*r.Parameters)["grant_type"]
		return grant == "authorization_code" || r.Path == "/oauth/token" && grant != "refresh_token" && grant != "client_credentials"
	},
	"registration": func(r control.Request) bool { return r.Path == "/oauth/register" },
	"metadata":     func(r control.Request) bool { return strings.HasPrefix(r.Path, "/.well-known/") },
	"MCP server metadata": func(r control.Request) bool {
		return r.Role == "mcp-server" && strings.HasPrefix(r.Path, "/.well-known/")
	},
	"resource": func(r control.Request) bool { return r.Role == "resource-server" },
	"MCP":      func(r control.Request) bool { return r.Path == "/mcp" },
}

// servers are those of a realm, as they name themselves to each other.
var servers = []string{"grantproof-mcp-server", "grantproof-resource-server"}

func ofServer(r control.Request) bool { return slices.Contains(servers, (*r.Headers)["User-Agent"]) }

// requests are those of a kind that the servers of the realm received from the
// party that is examined, and not from each other.
func requests(ctx context.Context, w *world.World, kind string) ([]control.Request, error) {
	traffic, _, err := w.Traffic(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(traffic, func(r control.Request) bool {
		return !places[kind](r) || world.Part[ExaminedClient](w) != nil && ofServer(r)
	}), nil
}

// sentRequestWith: one of a kind is like that, or every one.
func sentRequestWith(ctx context.Context, w *world.World, args []string, table world.Table) error {
	seen, err := someRequests(ctx, w, args[1])
	if err != nil {
		return err
	}
	var errs []error
	for _, request := range seen {
		err := members(w, asObject(request), table)
		if err == nil && args[0] != "only" {
			return nil
		}
		errs = append(errs, err)
	}
	if args[0] == "only" {
		return check.All(errs...)
	}
	return errs[len(errs)-1]
}

// asObject has the headers and the parameters of a request as members.
func asObject(request control.Request) map[string]any {
	object := map[string]any{"method": request.Method, "path": request.Path}
	for name, value := range *request.Headers {
		object[name] = asWritten(name, value)
	}
	for name, value := range *request.Parameters {
		object[name] = value
	}
	return object
}

// asWritten is the value of a header as specifications write it: the name of an
// authentication scheme and a media type have no case (RFC 9110 sections 11.1 and 8.3.1,
// https://www.rfc-editor.org/rfc/rfc9110#section-11.1).
func asWritten(name, value string) string {
	switch name {
	case "Authorization":
		scheme, credentials, _ := strings.Cut(value, " ")
		for _, known := range []string{"Bearer", "Basic"} {
			if strings.EqualFold(scheme, known) {
				return known + " " + credentials
			}
		}
	case "Content-Type":
		media, parameters, _ := strings.Cut(value, ";")
		return strings.TrimSuffix(strings.ToLower(media)+";"+parameters, ";")
	}
	return value
}

// bearerOf is the access token that a request shows.
func bearerOf(request control.Request) (token string, shown bool) {
	return strings.CutPrefix(asWritten("Authorization", (*request.Headers)["Authorization"]), "Bearer ")
}

// sentNoTokenInURL: a token never travels in the query (RFC 6750 section 2.3,
// https://www.rfc-editor.org/rfc/rfc6750#section-2.3).
func sentNoTokenInURL(ctx context.Context, w *world.World) error {
	seen, err := requests(ctx, w, "resource")
	if err != nil {
		return err
	}
	if len(seen) == 0 {
		return check.Fail("no request reached the protected resource", "a request to the protected resource")
	}
	for _, request := range seen {
		if _, found := (*request.Parameters)["access_token"]; found {
			return check.Fail("a request with access_token in its URL", "no token in a URL")
		}
	}
	return nil
}

func toolSucceeds(_ context.Context, w *world.World, _ []string, table world.Table) error {
	if w.Last.Problem != nil {
		return check.Fail("a tool error: "+w.Last.Text, "success")
	}
	encoded, err := json.Marshal(w.Last.Tool.StructuredContent)
	if err != nil {
		return err
	}
	var object map[string]any
	if err := json.Unmarshal(encoded, &object); err != nil {
		return check.Fail("no structured content", "structured content")
	}
	return members(w, object, table)
}

func toolsAre(_ context.Context, w *world.World, args []string, _ world.Table) error {
	var names []string
	for _, tool := range w.Last.Tools {
		names = append(names, tool.Name)
	}
	return check.Equal("tools", sorted(strings.Join(names, " ")), sorted(args[0]))
}

func toolsDescribed(_ context.Context, w *world.World) error {
	if len(w.Last.Tools) == 0 {
		return check.Fail("no tools", "tools")
	}
	var errs []error
	for _, tool := range w.Last.Tools {
		if tool.Description == "" || tool.InputSchema == nil || tool.OutputSchema == nil {
			errs = append(errs, check.Fail(tool.Name+" lacks one of them", tool.Name+" with a description and both schemas"))
		}
	}
	return check.All(errs...)
}

// holdsNoSecret looks for the client's secret and for anything like a JWT.
func holdsNoSecret(_ context.Context, w *world.World) error {
	if strings.Contains(w.Last.Text, w.Client.Secret) || strings.Contains(w.Last.Text, "eyJ") {
		return check.Fail("a secret in the answer", "no secret in the answer")
	}
	return nil
}
