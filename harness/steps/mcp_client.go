package steps

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about a client of MCP servers, and about what servers answer it.
var (
	_ = phrases(Given, []step{
		{says: `the agent has connected to the MCP server`, do: hasConnected},
		{says: `(\d+) more agents have connected to the MCP server`, do: moreConnected},
		{says: `every agent has called the MCP tool "([^"]*)" (\d+) times at once`, do: everyAgentHasCalled},
		{says: `the (authorization server metadata|OpenID configuration|MCP server metadata|challenge of the MCP server|authorization response|token response|registration response) (?:has|have)`, table: words.Answered, do: answersWith},
	})
	_ = phrases(When, []step{
		{says: `the agent connects to the MCP server`, do: agentConnects},
		{says: `the agent calls the MCP tool "([^"]*)"`, do: agentCalls},
		{says: `every agent calls the MCP tool "([^"]*)" (\d+) times at once`, do: everyAgentCalls},
	})
	_ = phrases(Then, []step{
		{says: `the agent gives up`, refuses: always, do: givesUp},
		{says: `the agent does not say "([^"]*)"`, do: doesNotSay},
		{says: `the agent did not show its credentials`, refuses: always, do: credentialsNotShown},
		{says: `the agent asked at most (\d+) times`, do: askedAtMost},
		{says: `the agent asked for metadata at`, table: words.Paths, do: askedForMetadata},
	})
)

func hasConnected(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	if err := w.KeepsMCPClient(); err != nil {
		return err
	}
	if err := w.ConnectMCPClient(ctx); err != nil {
		return err
	}
	return w.Last.Problem
}

func agentConnects(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.ConnectMCPClient(ctx)
}

func agentCalls(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.CallByMCPClient(ctx, args[0])
}

func givesUp(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	if w.Last.Problem == nil {
		return check.Fail("success", "a failure")
	}
	return positive(ctx, w)
}

func doesNotSay(_ context.Context, w *world.World, args []string, _ world.Table) error {
	if strings.Contains(w.Last.Text, args[0]) {
		return check.Fail("it said "+w.Last.Text, "nothing of "+args[0])
	}
	return nil
}

var answerKinds = map[string]control.AnswerOf{
	"authorization server metadata": control.AuthorizationServerMetadata, "OpenID configuration": control.OpenidConfiguration,
	"MCP server metadata": control.McpServerMetadata, "challenge of the MCP server": control.McpChallenge,
	"authorization response": control.AuthorizationResponse, "token response": control.TokenResponse, "registration response": control.RegistrationResponse,
}

// answersWith has a server answer otherwise than it would. A value that begins
// like JSON is JSON; (status) is the status.
func answersWith(ctx context.Context, w *world.World, args []string, table world.Table) error {
	answer := control.Answer{Of: answerKinds[args[0]]}
	members, omitted := map[string]any{}, []string{}
	for _, row := range table {
		switch {
		case row.Name == "(status)":
			status, err := strconv.Atoi(row.Value)
			if err != nil {
				return err
			}
			answer.Status = &status
		case row.Value == "(omitted)":
			omitted = append(omitted, row.Name)
		case strings.HasPrefix(row.Value, "[") || strings.HasPrefix(row.Value, "{"):
			members[row.Name] = json.RawMessage(expand(w, row.Value))
		default:
			members[row.Name] = expand(w, row.Value)
		}
	}
	answer.Members, answer.Omitted = &members, &omitted
	return w.Answer(ctx, answer)
}

// expand writes the identifiers of the servers in the place of their names.
func expand(w *world.World, value string) string {
	return strings.NewReplacer("(issuer)", w.Realm.Issuer, "(MCP server)", w.Tools.URL, "(protected resource)", w.Realm.Resource,
		"(resource metadata)", world.WellKnown(w.Tools.URL, "oauth-protected-resource")).Replace(value)
}

// credentialsNotShown: neither id nor secret reached this authorization server.
func credentialsNotShown(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	traffic, _, err := w.Traffic(ctx)
	if err != nil {
		return err
	}
	for _, request := range traffic {
		if (*request.Parameters)["client_id"] == w.Client.ID || strings.HasPrefix((*request.Headers)["Authorization"], "Basic ") && request.Path == "/oauth/token" {
			return check.Fail("they were sent to "+request.Path, "nothing of them")
		}
	}
	return nil
}

func askedAtMost(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	most, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	seen, err := requests(ctx, w, "authorization")
	if err != nil {
		return err
	}
	if len(seen) > most {
		return check.Fail(strconv.Itoa(len(seen))+" authorization requests", "at most "+args[0])
	}
	return nil
}

// askedForMetadata: the documents of the authorization server in that order, each
// as often as the client likes.
func askedForMetadata(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	seen, err := requests(ctx, w, "metadata")
	if err != nil {
		return err
	}
	var got, want []string
	for _, request := range seen {
		if request.Role == "authorization-server" && !slices.Contains(got, request.Path) {
			got = append(got, request.Path)
		}
	}
	for _, row := range table {
		want = append(want, row.Value)
	}
	if !slices.Equal(got, want) {
		return check.Fail("requests to "+strings.Join(got, ", "), "requests to "+strings.Join(want, ", "))
	}
	return nil
}
