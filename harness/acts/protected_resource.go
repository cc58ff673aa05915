package acts

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about calls to a protected resource.
var _ = phrases(When, []step{
	{says: `the client calls the protected resource`, with: words.ResourceCall, done: `the client has called the protected resource`, do: tabled(CallResource)},
	{says: `the client calls the protected resource with (\d+) tokens of unknown keys`, do: callsWithUnknownKeys, once: "one scenario asks for more keys than there are"},
	{says: `the client sends "([A-Z]+) ([^"]+)"`, with: words.ResourceCall, do: sendsTo},
	{says: `the client requests the user info`, with: words.UserInfo, do: tabled(RequestUserInfo)},
})

func sendsTo(ctx context.Context, w *world.World, args []string, table world.Table) error {
	return Call(ctx, w, args[0], args[1], table)
}

// callsWithUnknownKeys: each token names a key of its own that nobody has.
func callsWithUnknownKeys(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	for i := range times {
		token, err := w.Mint(ctx, control.MintRequest{Header: &map[string]any{"kid": fmt.Sprintf("unknown-%d", i)}})
		if err != nil {
			return err
		}
		w.Grant.AccessToken = token
		if err := CallResource(ctx, w, nil); err != nil {
			return err
		}
	}
	return nil
}

// letsNobodyIn: it refuses the token, or says that it cannot judge it now.
func letsNobodyIn(_ context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if answer.Status == http.StatusUnauthorized || answer.Status == http.StatusServiceUnavailable {
		return nil
	}
	return check.Fail(check.Describe(answer), "status 401", "status 503")
}
