package steps

import (
	"context"
	"strconv"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

func hasCalled(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	if err := w.CallByMCPClient(ctx, words[0]); err != nil {
		return err
	}
	return w.Last.Problem
}

func moreConnected(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	many, err := strconv.Atoi(words[0])
	if err != nil {
		return err
	}
	return w.ConnectMore(ctx, many)
}

func everyAgentCalls(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	times, err := strconv.Atoi(words[1])
	if err != nil {
		return err
	}
	return w.CallAtOnce(ctx, words[0], times)
}

func everyAgentHasCalled(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	if err := everyAgentCalls(ctx, w, words, nil); err != nil {
		return err
	}
	return w.Last.Problem
}

// refreshTokenToOneAlone: the refresh tokens that were redeemed are in no request
// but those to the token endpoint.
func refreshTokenToOneAlone(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	traffic, _, err := w.Traffic(ctx)
	if err != nil {
		return err
	}
	redeemed := map[string]string{}
	for _, request := range traffic {
		if token := (*request.Parameters)["refresh_token"]; token != "" && places["token"](request) {
			redeemed[token] = "refresh token"
		}
	}
	if len(redeemed) == 0 {
		return check.Fail("no refresh token was redeemed", "a refresh token at the token endpoint")
	}
	for _, request := range traffic {
		if places["token"](request) {
			continue
		}
		if _, found := carriesAny(request, redeemed); found {
			return check.Fail("a refresh token was sent to "+request.Path+" of the "+string(request.Role), "a refresh token at the token endpoint alone")
		}
	}
	return nil
}
