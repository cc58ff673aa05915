package steps

import (
	"context"
	"strconv"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about client ID metadata documents.
var (
	documentGivens = []step{
		{`a client with a metadata document`, optionalTable, clientWithDocument},
		{`the metadata document has been mended`, noTable, documentMended},
		{`the authorization server fetches nothing from its own machine`, noTable, loopbackForbidden},
	}
	documentThens = []step{
		{`the metadata document was fetched (at least )?(\d+) times?`, noTable, documentFetched},
		{`nobody followed the redirect of the metadata document`, noTable, redirectNotFollowed},
		{`nobody connected to the server of the metadata document`, noTable, nobodyConnected},
	}
)

func clientWithDocument(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.RegisterByDocument(ctx, table)
}

func documentMended(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.MendDocument()
}

func loopbackForbidden(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.ForbidLoopback(ctx)
}

func documentFetched(_ context.Context, w *world.World, words []string, _ world.Table) error {
	least, _ := strconv.Atoi(words[1]) // Digits, as the phrase has it.
	if words[0] != "" && world.Part[world.Document](w).Fetched() >= least {
		return nil
	}
	return check.Equal("requests for the document", strconv.Itoa(world.Part[world.Document](w).Fetched()), words[1])
}

func redirectNotFollowed(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	if world.Part[world.Document](w).Followed() > 0 {
		return check.Fail("a request for the document to which the redirect leads", "no request there")
	}
	return nil
}

// nobodyConnected has its own control: the server fetches what it may.
func nobodyConnected(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	if world.Part[world.Document](w).Connected() > 0 {
		return check.Fail("a connection", "no connection to a special-use address")
	}
	script := w.Script
	script.Givens = nil
	for _, text := range []string{"the resource owner approves", "a client with a metadata document"} {
		given, err := givenFor(text, nil)
		if err != nil {
			return err
		}
		script.Givens = append(script.Givens, given)
	}
	return w.Control(ctx, script.Positive())
}
