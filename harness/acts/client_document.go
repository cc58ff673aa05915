package acts

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
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
)

func clientWithDocument(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return RegisterByDocument(ctx, w, table)
}

func documentMended(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	return MendDocument(w)
}

// KeepsDocument tells why the client ID metadata document of a client is not
// known here.
func KeepsDocument(w *world.World) error {
	if world.Part[ExaminedClient](w) == nil {
		return errNoMCPClient
	}
	if examinesCommand(w) {
		return &check.NotApplicable{Reason: "the document of a command is on the web, which is not looked at"}
	}
	return nil
}

// ClientDocument is the client ID metadata document that the client under
// examination serves.
func ClientDocument(w *world.World) (map[string]any, error) {
	if err := KeepsDocument(w); err != nil {
		return nil, err
	}
	setup := world.Part[ExaminedClient](w).Setup
	handler, err := w.Run.Parties.ClientDocument(w.Realm.ID, setup)
	if err != nil {
		return nil, err
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, setup.MetadataURL, nil))
	if answer.Code != http.StatusOK {
		return nil, check.Fail("status "+strconv.Itoa(answer.Code), "status 200")
	}
	var document map[string]any
	if json.Unmarshal(answer.Body.Bytes(), &document) != nil {
		return nil, check.Fail("a document that is no JSON object", "a JSON object")
	}
	return document, nil
}
