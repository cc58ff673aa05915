package acts

import (
	"context"
	"fmt"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrase about values that no two of a kind share.
var _ = phrases(Then, []step{
	{says: `no two (access tokens|registrations|keys|token requests|authorization requests) have the same "([^"]*)"`, do: noTwoAlike},
})

// sharing are the values of a member, by what has it.
var sharing = map[string]func(ctx context.Context, w *world.World, member string) ([]string, error){
	"access tokens":          claimsOfTokens,
	"registrations":          membersOfRegistrations,
	"keys":                   membersOfKeys,
	"token requests":         parametersOf("token"),
	"authorization requests": parametersOf("authorization"),
}

func noTwoAlike(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	found, err := sharing[args[0]](ctx, w, args[1])
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, value := range found {
		if seen[value] {
			return check.Fail(fmt.Sprintf("two %s with the same %s", args[0], args[1]), "another "+args[1]+" in each")
		}
		seen[value] = true
	}
	return nil
}

func claimsOfTokens(_ context.Context, w *world.World, claim string) ([]string, error) {
	var found []string
	for _, answer := range w.Last.All {
		if err := check.TokenIssued(answer); err != nil {
			return nil, err
		}
		object, _ := check.Object(answer)
		raw, _ := object["access_token"].(string)
		token, err := proof.Parse(raw)
		if err != nil {
			return nil, check.Fail(err.Error(), "a JWT")
		}
		found = append(found, fmt.Sprint(token.Claims[claim]))
	}
	return found, nil
}

func membersOfRegistrations(_ context.Context, w *world.World, member string) ([]string, error) {
	var found []string
	for _, answer := range w.Last.All {
		object, err := check.Object(answer)
		if err != nil {
			return nil, err
		}
		value, named := object[member].(string)
		if !named {
			return nil, &check.NotApplicable{Reason: "the authorization server gave this client no " + member}
		}
		found = append(found, value)
	}
	return found, nil
}

func membersOfKeys(_ context.Context, w *world.World, member string) ([]string, error) {
	keys, err := someKeys(w)
	var found []string
	for _, key := range keys {
		if key[member] != nil {
			found = append(found, fmt.Sprint(key[member]))
		}
	}
	return found, err
}

func parametersOf(kind string) func(context.Context, *world.World, string) ([]string, error) {
	return func(ctx context.Context, w *world.World, name string) ([]string, error) {
		seen, err := someRequests(ctx, w, kind)
		if err != nil {
			return nil, err
		}
		found := values(seen, name)
		if len(found) == 0 {
			return nil, check.Fail("no "+kind+" request has "+name, name)
		}
		return found, nil
	}
}
