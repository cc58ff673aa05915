package steps

import (
	"context"
	"strconv"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about client ID metadata documents.
var (
	_ = phrases(Given, []step{
		{says: `a client with a metadata document`, with: words.Document, do: clientWithDocument},
		{says: `the metadata document has been mended`, do: documentMended},
	})
	_ = phrases(Then, []step{
		{says: `the metadata document was fetched (at least )?(\d+) times?`, do: documentFetched},
		{says: `nobody followed the redirect of the metadata document`, do: redirectNotFollowed},
		{says: `nobody connected to the server of the metadata document`, do: nobodyConnected},
	})
)

func clientWithDocument(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.RegisterByDocument(ctx, table)
}

func documentMended(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.MendDocument()
}

func documentFetched(_ context.Context, w *world.World, args []string, _ world.Table) error {
	least, _ := strconv.Atoi(args[1]) // Digits, as the phrase has it.
	if args[0] != "" && w.Document.Fetched() >= least {
		return nil
	}
	return check.Equal("requests for the document", strconv.Itoa(w.Document.Fetched()), args[1])
}

func redirectNotFollowed(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	if w.Document.Followed() > 0 {
		return check.Fail("a request for the document to which the redirect leads", "no request there")
	}
	return nil
}

// nobodyConnected has its own control: the server fetches what it may.
func nobodyConnected(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	if w.Document.Connected() > 0 {
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
