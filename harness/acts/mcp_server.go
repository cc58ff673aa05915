package acts

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the MCP server as a protected resource.
var (
	_ = phrases(Given, []step{
		{says: `a client of the MCP server`, registers: always, do: clientOfTools},
		{says: `the client speaks MCP (2025-11-25|2026-07-28)`, do: speaks},
		{says: `the client has obtained an access token for (the MCP server|another resource)`, do: obtainedFor},
	})
	_ = phrases(When, []step{
		{says: `the client calls the MCP server`, with: words.MCPCall, do: callsTools},
	})
	_ = phrases(Then, []step{
		{says: `the MCP server answers (with|without) a result`, refuses: argument("without"), do: toolsAnswer},
		{says: `the same request gets the same challenge`, controls: repeated, do: sameChallenge, once: "one scenario compares two answers to the same request"},
		{says: `the response is about the MCP server with`, table: words.Published, do: aboutTools, once: "only at the root of a host may be the metadata of another resource"},
	})
)

func clientOfTools(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return EnterTools(ctx, w)
}

// speaks is about the client that is examined, or about the examiner as the client.
func speaks(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if world.Part[ExaminedClient](w) != nil {
		world.Part[ExaminedClient](w).Setup.Revision = args[0]
		return nil
	}
	return Speak(ctx, w, args[0])
}

// anotherBeganSession leaves the scenario with the session of another client, which acts
// for itself: a session is bound to a user, and not to a client
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/security_best_practices#session-hijacking).
func anotherBeganSession(ctx context.Context, w *world.World) error {
	mine, grant := w.Client, w.Grant
	if err := RegisterAnother(ctx, w, true); err != nil {
		return err
	}
	if err := Speak(ctx, w, Stateful); err != nil {
		return err
	}
	if !w.Run.Setting.ClientCredentials(w, w.Client) {
		return &check.NotApplicable{Reason: "both clients act for one resource owner, to whom a session may be bound"}
	}
	err := BeginSession(ctx, w)
	w.Client, w.Grant = mine, grant
	if err == nil && world.Part[ToolServer](w).session == "" {
		return &check.NotApplicable{Reason: "the MCP server begins no sessions, which are optional", Lacks: "sessions"}
	}
	return err
}

func obtainedFor(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "the MCP server" {
		return ObtainForTools(ctx, w)
	}
	return ObtainForAnother(ctx, w)
}

func callsTools(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return CallTools(ctx, w, table)
}

// toolsAnswer: how an answer without a result is written is another matter.
func toolsAnswer(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	problem := check.MCPResult(answer)
	switch {
	case args[0] == "with":
		return problem
	case problem == nil:
		return check.Fail(check.Describe(answer)+" and a result", "an answer without a result")
	}
	return positive(ctx, w)
}

// bearerChallenge is that of the last answer.
func bearerChallenge(w *world.World) (map[string]string, error) {
	answer, err := answered(w)
	if err != nil {
		return nil, err
	}
	return check.Challenge(answer, "Bearer")
}

// challengeNames: all that the operation needs, so that the client asks once, or
// nothing beyond it.
func challengeNames(every bool) func(context.Context, *world.World) error {
	return func(ctx context.Context, w *world.World) error {
		challenge, err := bearerChallenge(w)
		if err != nil {
			return err
		}
		needed := ScopeOfTool(w)
		expected, wanted, there := "every scope", needed, challenge["scope"]
		if !every {
			expected, wanted, there = "no other scope", there, wanted
		}
		for _, name := range strings.Fields(wanted) {
			if !slices.Contains(strings.Fields(there), name) {
				return check.Fail(fmt.Sprintf("a challenge with the scope %q", challenge["scope"]), fmt.Sprintf("%s of %q", expected, needed))
			}
		}
		return positive(ctx, w)
	}
}

// sameChallenge: equal messages get equal scopes.
func sameChallenge(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	first, err := bearerChallenge(w)
	if err != nil {
		return err
	}
	again, err := w.Last.Repeat(ctx)
	if err != nil {
		return err
	}
	second, err := check.Challenge(again.Exchange, "Bearer")
	if err != nil {
		return err
	}
	return check.Equal("the scope of the second challenge", second["scope"], first["scope"])
}
