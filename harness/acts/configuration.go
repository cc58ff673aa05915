package acts

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about how the servers are configured.
var _ = phrases(Given, []step{
	{says: `the (?:authorization server|protected resource|MCP server) is configured with`, table: words.Configuration, do: configured},
	{says: `the protected resource (learns of revocations|has credentials of its own)`, do: resourceIs},
	{says: `the authorization server trusts a publisher of software statements`, do: plainly(TrustPublisher)},
	{says: `the (authorization server|protected resource) cannot be reached`, do: cannotBeReached},
	{says: `a second protected resource`, do: plainly(AddResource)},
	{says: `the (?:authorization server|protected resource|MCP server) exhibits "([^"]*)"`, do: exhibits},
})

// demanded are what a target without a control plane is like already: the
// capabilities that a scenario needs and the profile that it is about say so.
var demanded = map[string]bool{
	"code_challenge": true, "redirect_uri_in_token_request": true, "signed_metadata": true, "client_documents_on_loopback": true,
}

// configured changes the members of the realm that the table names, as the control
// plane has them.
func configured(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	if _, pages := table.Get("client_pages_on_loopback"); pages {
		return servesPages(ctx, w, table)
	}
	if who, _ := table.Get("registration"); who == "initial_access_token" {
		return DemandInitialToken(ctx, w)
	}
	change, err := realmRequest(table)
	if err != nil {
		return err
	}
	for _, row := range table {
		if !demanded[row.Name] {
			return w.Change(ctx, change)
		}
	}
	return w.Demand(ctx, change)
}

// servesPages starts the server of the client's pages as well.
func servesPages(ctx context.Context, w *world.World, table world.Table) error {
	onLoopback, _ := table.Get("client_pages_on_loopback")
	checked, _ := table.Get("check_client_pages")
	return ServePictures(ctx, w, onLoopback == "true", checked == "true")
}

// realmRequest reads a value as JSON, and as a text where it is none.
func realmRequest(table world.Table) (control.RealmRequest, error) {
	members := map[string]json.RawMessage{}
	for _, row := range table {
		members[row.Name] = json.RawMessage(row.Value)
		if !json.Valid(members[row.Name]) {
			members[row.Name], _ = json.Marshal(row.Value) // A text can always be written.
		}
	}
	var change control.RealmRequest
	text, err := json.Marshal(members)
	if err != nil {
		return change, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&change); err != nil {
		return change, fmt.Errorf("the table is no configuration: %w", err)
	}
	return change, nil
}

// resourceIs: it learns of revocations by asking about each token; another target
// does what it does. Of its credentials the target file tells.
func resourceIs(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "has credentials of its own" {
		return ResourceHasCredentials(w)
	}
	return w.Demand(ctx, control.RealmRequest{Verify: new(control.Introspection)})
}

func cannotBeReached(_ context.Context, w *world.World, args []string, _ world.Table) error {
	CannotReach(w, args[0])
	return nil
}

func exhibits(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	faults := append([]string{}, w.Run.Faults...)
	faults = append(faults, args...)
	return w.Change(ctx, control.RealmRequest{Faults: &faults})
}
