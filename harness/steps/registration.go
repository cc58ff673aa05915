package steps

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strconv"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(Given, []step{
	{says: `the client has registered`, with: words.Registration, registers: always, do: hasRegistered},
	{says: `another client has registered`, with: words.Registration, registers: always, do: anotherHasRegistered},
	{says: `the client has updated its registration`, with: words.ClientUpdating, do: hasUpdated},
	{says: `the client has deleted its registration`, do: hasDeleted},
})

var _ = phrases(When, []step{
	{says: `the client registers`, with: words.Registration, registers: always, do: registers},
	{says: `the client registers (\d+) times`, with: words.Registration, registers: always, do: registersTimes},
	{says: `the client reads its registration`, with: words.ClientReading, do: managing(http.MethodGet)},
	{says: `the client updates its registration`, with: words.ClientUpdating, do: updates},
	{says: `the client deletes its registration`, with: words.ClientReading, do: managing(http.MethodDelete)},
})

var _ = phrases(Then, []step{
	{says: `"([^"]*)" is refused or replaced`, do: refusedOrReplaced},
	{says: `the client secret comes with its expiry`, do: secretWithExpiry},
	{says: `the registration says where and with what it is managed`, do: manageable},
})

func hasRegistered(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.HasRegistered(ctx, table)
}

func anotherHasRegistered(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.AnotherHasRegistered(ctx, table)
}

func hasUpdated(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	if err := w.UpdateRegistration(ctx, table); err != nil {
		return err
	}
	return w.Last.Success()
}

func hasDeleted(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	if err := w.ManageRegistration(ctx, http.MethodDelete, nil); err != nil {
		return err
	}
	return w.Last.Success()
}

func registers(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.RegisterDynamically(ctx, table)
}

// registersTimes keeps every answer, and the registration access tokens.
func registersTimes(ctx context.Context, w *world.World, args []string, table world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	var all world.Result
	for range times {
		if err := w.HasRegistered(ctx, table); err != nil {
			return err
		}
		all.All = append(all.All, w.Last.Exchange)
		if w.Registration.Token != "" {
			all.Codes = append(all.Codes, w.Registration.Token)
		}
	}
	w.Last.All, w.Last.Codes = all.All, all.Codes
	return nil
}

func managing(method string) func(context.Context, *world.World, []string, world.Table) error {
	return func(ctx context.Context, w *world.World, _ []string, table world.Table) error {
		return w.ManageRegistration(ctx, method, table)
	}
}

func updates(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.UpdateRegistration(ctx, table)
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
	if got, named := object[name]; !named || reflect.DeepEqual(got, sent[name]) {
		return check.Fail(fmt.Sprintf("%s with %s: %v", check.Describe(answer), name, got), "a refusal", "a valid "+name+" in the place of the one that was sent")
	}
	return nil
}

// secretWithExpiry: client_secret_expires_at goes with every client_secret (RFC
// 7591 section 3.2.1, https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1).
func secretWithExpiry(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	if _, issued := object["client_secret"]; !issued {
		return &check.NotApplicable{Reason: "the authorization server gave this client no client_secret"}
	}
	return check.Member(object, "client_secret_expires_at", "(a JSON number)")
}

// manageable: both are there (RFC 7592 section 3,
// https://www.rfc-editor.org/rfc/rfc7592#section-3), or the server has no
// management.
func manageable(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	_, hasURI := object["registration_client_uri"]
	_, hasToken := object["registration_access_token"]
	if !hasURI && !hasToken {
		return &check.NotApplicable{Reason: "the authorization server lets no client manage its registration"}
	}
	return check.All(
		check.Member(object, "registration_client_uri", "(without a fragment)"),
		check.Member(object, "registration_access_token", "(present)"))
}
