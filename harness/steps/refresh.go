package steps

import (
	"context"
	"strconv"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// refreshGivens are about refresh tokens that were exchanged.
var _ = phrases(Given, []step{
	{says: `the client has exchanged its refresh token for another`, do: hasRotated},
})

// hasRotated: a server may leave a confidential client its refresh token.
func hasRotated(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	before := w.Grant.RefreshToken
	if err := hasRefreshed(ctx, w, nil, nil); err != nil {
		return err
	}
	if w.Grant.RefreshToken == before {
		return &check.NotApplicable{Reason: "the authorization server brings this client no other refresh token"}
	}
	return nil
}

func obtainsRefreshTokens(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	var tokens []string
	for range times {
		if err := w.ObtainRefreshToken(ctx, nil); err != nil {
			return err
		}
		tokens = append(tokens, w.Grant.RefreshToken)
	}
	w.Last.Codes = tokens
	return nil
}
