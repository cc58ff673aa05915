package acts

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(Given, []step{
	{says: `another client has registered`, with: words.Registration, registers: always, do: anotherHasRegistered},
})

var _ = phrases(When, []step{
	{says: `the client registers`, with: words.Registration, done: `the client has registered`, registers: always, do: tabled(RegisterDynamically)},
	{says: `the client updates its registration`, with: words.ClientUpdating, done: `the client has updated its registration`, do: tabled(updates)},
	{says: `the client (reads|deletes) its registration`, with: words.ClientReading, done: `the client has (read|deleted) its registration`, do: manages},
	{says: `the client registers (\d+) times`, with: words.Registration, registers: always, do: registersTimes},
})

var _ = phrases(Then, []step{
	{says: `"([^"]*)" is refused or replaced`, do: refusedOrReplaced},
})

func anotherHasRegistered(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return AnotherHasRegistered(ctx, w, table)
}

func manages(ctx context.Context, w *world.World, args []string, table world.Table) error {
	method := http.MethodGet
	if strings.HasPrefix(args[0], "delete") {
		method = http.MethodDelete
	}
	if err := ManageRegistration(ctx, w, method, table); err != nil {
		return err
	}
	if header, _ := table.Get("Authorization"); len(table) > 0 && header != "Bearer (valid)" {
		return nil
	}
	return permitted(w)
}

func updates(ctx context.Context, w *world.World, table world.Table) error {
	if err := UpdateRegistration(ctx, w, table); err != nil {
		return err
	}
	return permitted(w)
}

// managing is what a client does with its registration, by method: what it does, and
// the capability of a server that lets it.
var managing = map[string]struct{ does, capability string }{
	http.MethodGet: {"read", "registration_reading"}, http.MethodPut: {"update", "registration_update"}, http.MethodDelete: {"delete", "registration_deletion"},
}

// permitted: a server that does not support a method answers 405, and one that gives a
// client no permission 403 (RFC 7592 sections 2 and 2.1,
// https://www.rfc-editor.org/rfc/rfc7592#section-2.1). Either is lawful, unless the
// scenario itself says what is permitted.
func permitted(w *world.World) error {
	answer := w.Last.Exchange
	if answer == nil || answer.Status != http.StatusForbidden && answer.Status != http.StatusMethodNotAllowed {
		return nil
	}
	for _, given := range w.Script.Givens {
		if _, decided := given.Table.Get("client_configuration"); decided && answer.Status == http.StatusForbidden {
			return nil
		}
	}
	lacks := managing[answer.Method]
	return &check.NotApplicable{Reason: fmt.Sprintf("the authorization server lets no client %s its registration: it answered %d", lacks.does, answer.Status), Lacks: lacks.capability}
}

// registersTimes keeps every answer, and the registration access tokens.
func registersTimes(ctx context.Context, w *world.World, args []string, table world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	var all world.Result
	for range times {
		if err := HasRegistered(ctx, w, table); err != nil {
			return err
		}
		all.All = append(all.All, w.Last.Exchange)
		if made := world.Part[Registration](w); made != nil && made.Token != "" {
			all.Codes = append(all.Codes, made.Token)
		}
	}
	w.Last.All, w.Last.Codes = all.All, all.Codes
	return nil
}

// refusedOrReplaced: a value that is not valid is refused, or the answer names
// another one (RFC 7591 section 2, https://www.rfc-editor.org/rfc/rfc7591#section-2).
func refusedOrReplaced(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if answer.Status >= 400 && answer.Status < 500 {
		return positive(ctx, w)
	}
	object, err := check.Object(answer)
	if err != nil {
		return err
	}
	var sent map[string]any
	if err := json.NewDecoder(bytes.NewReader(answer.Body)).Decode(&sent); err != nil {
		return err
	}
	name := args[0]
	got, named := object[name]
	if !named && name == "client_name" { // A name is optional, and so it can be dropped.
		return nil
	}
	if !named || reflect.DeepEqual(got, sent[name]) {
		return check.Fail(fmt.Sprintf("%s with %s: %v", check.Describe(answer), name, got), "a refusal", "a valid "+name+" in the place of the one that was sent")
	}
	return nil
}

// secretWithExpiry: client_secret_expires_at goes with every client_secret (RFC
// 7591 section 3.2.1, https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1).
func secretWithExpiry(_ context.Context, w *world.World) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	if _, issued := object["client_secret"]; !issued {
		return &check.NotApplicable{Reason: "the authorization server gave this client no client_secret"}
	}
	return check.Member(object, "client_secret_expires_at", "(a JSON number)")
}

// noSecretForNone: a client of the method none has no secret (RFC 7591 section 2,
// https://www.rfc-editor.org/rfc/rfc7591#section-2); a server may register another method
// instead (section 3.2.1).
func noSecretForNone(_ context.Context, w *world.World) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	if method, _ := object["token_endpoint_auth_method"].(string); method != "" && method != "none" {
		return &check.NotApplicable{Reason: "the authorization server registered the client for " + method + " instead of none", Lacks: "public_clients"}
	}
	return check.All(check.Member(object, "client_id", "(present)"), check.Member(object, "client_secret", "(absent)"))
}

// manageable: both are there (RFC 7592 section 3,
// https://www.rfc-editor.org/rfc/rfc7592#section-3), or the server has no
// management.
func manageable(_ context.Context, w *world.World) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	_, hasURI := object["registration_client_uri"]
	_, hasToken := object["registration_access_token"]
	if !hasURI && !hasToken {
		return &check.NotApplicable{Reason: "the authorization server lets no client manage its registration", Lacks: "client_configuration"}
	}
	return check.All(
		check.Member(object, "registration_client_uri", "(without a fragment)"),
		check.Member(object, "registration_access_token", "(present)"))
}

// aboutClient puts another client_id in the place of one in a registration_client_uri,
// in which a server may write it as in a path, as in a query, or as it is.
func aboutClient(uri, id, other string) (string, bool) {
	for _, written := range []func(string) string{url.PathEscape, url.QueryEscape, func(id string) string { return id }} {
		if strings.Contains(uri, written(id)) {
			return strings.ReplaceAll(uri, written(id), written(other)), true
		}
	}
	return uri, false
}
