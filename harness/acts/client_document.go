package acts

import (
	"context"

	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about client ID metadata documents.
var (
	_ = phrases(Given, []step{
		{says: `a client with a metadata document`, with: words.Document, do: clientWithDocument},
		{says: `the metadata document has been mended`, do: documentMended},
	})
)

func clientWithDocument(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return RegisterByDocument(ctx, w, table)
}

func documentMended(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	return MendDocument(w)
}
