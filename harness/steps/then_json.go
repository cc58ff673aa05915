package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// noEmptyList: what has no elements is left out (RFC 8414 section 3.2,
// https://www.rfc-editor.org/rfc/rfc8414#section-3.2). Section 2 requires
// response_types_supported, though, so that a server without an authorization
// endpoint can only leave it empty.
func noEmptyList(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	for name, value := range object {
		if list, ok := value.([]any); ok && len(list) == 0 && name != "response_types_supported" {
			return check.Fail(name+": []", "no member without elements")
		}
	}
	return nil
}

func listsOnly(_ context.Context, w *world.World, args []string, _ world.Table) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	list, listed := object[args[0]].([]any)
	if !listed {
		return &check.NotApplicable{Reason: "the metadata has no " + args[0]}
	}
	known := strings.Split(args[1], ", ")
	for _, value := range list {
		if text, ok := value.(string); !ok || !slices.Contains(known, text) {
			return check.Fail(fmt.Sprintf("%s with %v", args[0], value), args[0]+" with nothing but "+args[1])
		}
	}
	return nil
}

// saysNothing: whatever the status, nobody learns that the token is active.
func saysNothing(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if object, err := check.Object(answer); err == nil && object["active"] == true {
		return check.Fail("active: true", "a refusal")
	}
	return positive(ctx, w)
}

// onlyActive: an inactive token has no other members (RFC 7662 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7662#section-2.2).
func onlyActive(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	for name := range object {
		if name != "active" {
			return check.Fail("the member "+name+" beside active", "active: false and no other member")
		}
	}
	return check.Member(object, "active", "false")
}

func allDifferent(_ context.Context, w *world.World, args []string, _ world.Table) error {
	seen := map[string]bool{}
	for _, answer := range w.Last.All {
		if err := check.TokenIssued(answer); err != nil {
			return err
		}
		object, _ := check.Object(answer)
		raw, _ := object["access_token"].(string)
		token, err := proof.Parse(raw)
		if err != nil {
			return check.Fail(err.Error(), "a JWT")
		}
		value := fmt.Sprint(token.Claims[args[0]])
		if seen[value] {
			return check.Fail("two tokens with the same "+args[0], "another "+args[0]+" in each token")
		}
		seen[value] = true
	}
	return nil
}
