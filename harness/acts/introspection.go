package acts

import (
	"cmp"
	"context"
	"slices"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// noMemberIs: what has no value, or no elements, is left out (RFC 8414 section 3.2,
// https://www.rfc-editor.org/rfc/rfc8414#section-3.2). Section 2 requires
// response_types_supported, though, so that a server without an authorization
// endpoint can only leave it empty, and an empty bearer_methods_supported has a
// meaning (https://www.rfc-editor.org/rfc/rfc9728#section-2).
func noMemberIs(_ context.Context, w *world.World, args []string, _ world.Table) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	for name, value := range object {
		list, isList := value.([]any)
		if args[0] == "an empty list" && isList && len(list) == 0 && !slices.Contains(mayBeEmpty, name) {
			return check.Fail(name+": []", "no member without elements")
		}
		if args[0] == "null or empty" && (value == nil || value == "") {
			return check.Fail(name+" without a value", "no member without a value")
		}
	}
	return nil
}

// mayBeEmpty are the members whose empty list the texts allow.
var mayBeEmpty = []string{"response_types_supported", "bearer_methods_supported"}

// saysNothing: whatever the status, nobody learns that the token is active.
func saysNothing(ctx context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if object, err := check.Object(answer); err == nil && object["active"] == true {
		return check.Fail("active: true", "a refusal")
	}
	return positive(ctx, w)
}

// noMoreActive: the server may revoke the old refresh token after a refresh (RFC 6749
// section 6, https://www.rfc-editor.org/rfc/rfc6749#section-6). One that it says is active
// still works.
func noMoreActive(ctx context.Context, w *world.World) error {
	object, err := answeredObject(w)
	if err != nil || object["active"] != true {
		return cmp.Or(err, check.All(check.Member(object, "active", "false"), check.Member(object, "client_id", "(absent)")))
	}
	trial := w.Fork()
	if err := Refresh(ctx, trial, world.Table{{Name: "refresh_token", Value: "(used refresh_token)"}}); err != nil {
		return err
	}
	if check.TokenIssued(trial.Last.Exchange) != nil {
		return check.Member(object, "active", "false")
	}
	return &check.NotApplicable{Reason: "the refresh token works on beside the new one", Lacks: "refresh_token_rotation"}
}

// onlyActive: an inactive token has no other members (RFC 7662 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7662#section-2.2).
func onlyActive(_ context.Context, w *world.World) error {
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
