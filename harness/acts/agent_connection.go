package acts

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
		{says: `the agent has (connected|tried to connect) to the MCP server`, do: hasConnected},
		{says: `(\d+) more agents have connected to the MCP server`, do: moreConnected},
		{says: `the (authorization server metadata|OpenID configuration|MCP server metadata|challenge of the MCP server|authorization response|token response|registration response) (?:has|have)`, table: words.Answered, joint: true, do: answersWith},
	})
	_ = phrases(Then, []step{
		{says: `the agent asked (the|that) authorization server for`, table: words.Paths, do: askedForMetadata},
	})
)

func hasConnected(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "tried to connect" {
		return ConnectMCPClient(ctx, w)
	}
	if err := KeepsMCPClient(w); err != nil {
		return err
	}
	if err := ConnectMCPClient(ctx, w); err != nil {
		return err
	}
	return w.Last.Problem
}

func givesUp(ctx context.Context, w *world.World) error {
	if w.Last.Problem == nil {
		return check.Fail("success", "a failure")
	}
	return positive(ctx, w)
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
	return Answer(ctx, w, answer)
}

// expand writes the identifiers of the servers in the place of their names.
func expand(w *world.World, value string) string {
	return strings.NewReplacer("(issuer)", w.Realm.Issuer, "(MCP server)", world.Part[ToolServer](w).URL, "(protected resource)", w.Realm.Resource,
		"(resource metadata)", world.WellKnown(world.Part[ToolServer](w).URL, "oauth-protected-resource")).Replace(value)
}

// credentialsNotShown: neither id nor secret reached this authorization server.
func credentialsNotShown(ctx context.Context, w *world.World) error {
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

// askedForMetadata: the documents of the authorization server in that order, each
// as often as the client likes.
func askedForMetadata(ctx context.Context, w *world.World, args []string, table world.Table) error {
	var want []string
	for _, row := range table {
		want = append(want, row.Value)
	}
	if args[0] == "that" { // One without metadata. On a failure the older revision is tried, from the beginning.
		if got := slices.Compact(AskedSilentServer(w)); len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
			return check.Fail("requests to "+strings.Join(got, ", "), "requests to "+strings.Join(want, ", "))
		}
		return nil
	}
	seen, err := requests(ctx, w, "metadata")
	if err != nil {
		return err
	}
	var got []string
	for _, request := range seen {
		if request.Role == "authorization-server" && !slices.Contains(got, request.Path) {
			got = append(got, request.Path)
		}
	}
	if !slices.Equal(got, want) {
		return check.Fail("requests to "+strings.Join(got, ", "), "requests to "+strings.Join(want, ", "))
	}
	return nil
}

func moreConnected(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	many, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	return ConnectMore(ctx, w, many)
}
