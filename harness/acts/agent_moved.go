package acts

import (
	"context"
	"fmt"
	"slices"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// ofNext are the requests of a kind at the other authorization server.
func ofNext(ctx context.Context, w *world.World, kind string) ([]control.Request, error) {
	seen, err := OtherTraffic(ctx, w)
	seen = slices.DeleteFunc(seen, func(r control.Request) bool { return !places[kind](r) })
	if err == nil && len(seen) == 0 {
		err = check.Fail("no "+kind+" request to the other authorization server", "a "+kind+" request")
	}
	return seen, err
}

func registersWithNext(ctx context.Context, w *world.World) error {
	_, err := ofNext(ctx, w, "registration")
	return err
}

// nothingOfFirst looks for the client_id, the codes and the refresh tokens of the
// first authorization server.
func nothingOfFirst(ctx context.Context, w *world.World) error {
	first, err := requests(ctx, w, "token")
	if err != nil {
		return err
	}
	if _, err := ofNext(ctx, w, "authorization"); err != nil {
		return err
	}
	seen, err := OtherTraffic(ctx, w)
	if err != nil {
		return err
	}
	known := slices.Concat(values(first, "client_id"), values(first, "code"), values(first, "refresh_token"))
	if len(known) == 0 {
		return check.Fail("nothing is known of the first authorization server", "a client_id and a code")
	}
	return shownTo(seen, "", known)
}

// redeemedWhereAsked: each server sees as many codes as it gave.
func redeemedWhereAsked(ctx context.Context, w *world.World) error {
	asked, err := ofNext(ctx, w, "authorization")
	if err != nil {
		return err
	}
	redeemed, err := ofNext(ctx, w, "token")
	if err != nil {
		return err
	}
	before, err := requests(ctx, w, "authorization")
	if err != nil {
		return err
	}
	after, err := requests(ctx, w, "token")
	if err != nil {
		return err
	}
	return check.All(
		check.Equal("codes at the other authorization server", fmt.Sprint(len(values(redeemed, "code"))), fmt.Sprint(len(asked))),
		check.Equal("codes at the first authorization server", fmt.Sprint(len(values(after, "code"))), fmt.Sprint(len(before))))
}

// tokenOfNext reads who issued the tokens, which is the examiner's to do and not
// the client's.
func tokenOfNext(ctx context.Context, w *world.World) error {
	seen, err := someRequests(ctx, w, "MCP")
	if err != nil {
		return err
	}
	moved := false
	for _, request := range seen {
		raw, has := bearerOf(request)
		if !has {
			continue
		}
		read, err := proof.Parse(raw)
		if err != nil {
			return check.Fail(err.Error(), "an access token of one of the authorization servers")
		}
		isNext := read.Claims["iss"] == OtherIssuer(w)
		if moved && !isNext {
			return check.Fail("a token of the first authorization server, after one of the other", "tokens of the other alone")
		}
		moved = moved || isNext
	}
	if !moved {
		return check.Fail("tokens of the first authorization server alone", "a token of the other")
	}
	return nil
}
