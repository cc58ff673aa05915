package acts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(When, []step{
	{says: `the client requests a token`, with: words.TokenRequest, do: tabled(RequestAnyToken)},
	{says: `the client requests a token (\d+) times`, with: words.TokenRequest, done: `the client has requested a token (\d+) times`, loose: true, do: requestsTimes},
	{says: `the client (requests a token|redeems the code|refreshes the token) (\d+) times at once`, with: words.TokenRequest, do: doesAtOnce},
	{says: `the client obtains (\d+) (authorization codes?|refresh tokens|sessions with the MCP server)`, do: obtainsMany},
	{says: `the (?:other )?client redeems the code`, with: words.Redemption, done: `the client has redeemed the code`, do: tabled(RedeemCode)},
	{says: `the (?:other )?client refreshes the token`, with: words.Refresh, done: `the client has refreshed the token`, do: tabled(Refresh)},
	{says: `the (?:other )?client revokes the token`, with: words.Revocation, do: tabled(Revoke)},
	{says: `the (?:other )?(client|protected resource) introspects the token`, with: words.Introspection, do: introspects},
})

// requestsTimes keeps every answer. That the target takes no more requests is one.
func requestsTimes(ctx context.Context, w *world.World, args []string, table world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	var all []*exchange.Exchange
	for range times {
		if err := RequestToken(ctx, w, table); err != nil && !IsLimited(err) {
			return err
		}
		all = append(all, w.Last.Exchange)
	}
	w.Last.All = all
	return nil
}

// obtainsMany keeps what was obtained.
func obtainsMany(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	obtain := obtainsCode
	switch args[1] {
	case "refresh tokens":
		obtain = obtainsRefreshToken
	case "sessions with the MCP server":
		obtain = beginsSession
	}
	var values []string
	for range times {
		value, err := obtain(ctx, w)
		if err != nil {
			return err
		}
		if value != "" {
			values = append(values, value)
		}
	}
	w.Last.Codes = values
	return nil
}

func obtainsCode(ctx context.Context, w *world.World) (string, error) {
	err := ObtainCode(ctx, w, nil)
	return w.Grant.Code, err
}

func obtainsRefreshToken(ctx context.Context, w *world.World) (string, error) {
	err := ObtainRefreshToken(ctx, w, nil)
	return w.Grant.RefreshToken, err
}

// beginsSession brings no handle where the server does without.
func beginsSession(ctx context.Context, w *world.World) (string, error) {
	if err := Speak(ctx, w, Stateful); err != nil {
		return "", err
	}
	return NewSession(ctx, w)
}

// doesAtOnce does the same many times at once and keeps every answer.
func doesAtOnce(ctx context.Context, w *world.World, args []string, table world.Table) error {
	if proof, _ := table.Get("client_assertion"); proof == "(used before)" {
		if err := MakeAssertion(ctx, w); err != nil {
			return err
		}
	}
	do := map[string]func(context.Context, *world.World, world.Table) error{
		"requests a token": RequestToken, "redeems the code": RedeemCode, "refreshes the token": Refresh,
	}[args[0]]
	return atOnce(w, args[1], func(racer *world.World) error { return do(ctx, racer, table) })
}

// atOnce does the same many times at once and keeps every answer.
func atOnce(w *world.World, count string, do func(*world.World) error) error {
	times, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	racers := make([]*world.World, times)
	errs := make([]error, times)
	var group sync.WaitGroup
	for i := range times {
		racers[i] = w.Fork()
		group.Go(func() { errs[i] = do(racers[i]) })
	}
	group.Wait()
	w.Last = racers[0].Last
	for _, racer := range racers {
		w.Last.All = append(w.Last.All, racer.Last.Exchange)
	}
	return errors.Join(errs...)
}

func introspects(ctx context.Context, w *world.World, args []string, table world.Table) error {
	if args[0] == "client" {
		return Introspect(ctx, w, w.Client, table)
	}
	if err := servesAnother(w); err != nil {
		return err
	}
	return Introspect(ctx, w, ResourceClient(w), table)
}

// servesAnother tells why the client with which the protected resource introspects may
// hear about a token for the second one: it serves both, or it holds the token itself.
func servesAnother(w *world.World) error {
	second := Valid(w, "second resource")
	client, own := w.Run.Setting.ResourceClient(w)
	switch {
	case w.Grant.For != second || client == nil:
		return nil
	case !own:
		return ResourceHasCredentials(w)
	case slices.Contains(client.Serves, second):
		return &check.NotApplicable{Reason: "the client with which the protected resource introspects serves the second resource as well"}
	}
	return nil
}

// agentsRefresh uses refresh tokens as agents do.
func agentsRefresh(ctx context.Context, w *world.World) error {
	return MeasureRefresh(ctx, w, w.Pass)
}

// answered returns the exchange that a Then is about.
func answered(w *world.World) (*exchange.Exchange, error) {
	if w.Last.Exchange == nil {
		return nil, fmt.Errorf("nothing was sent yet that could be judged; a When comes first")
	}
	return w.Last.Exchange, nil
}

// answeredObject returns the JSON object that a Then is about.
func answeredObject(w *world.World) (map[string]any, error) {
	answer, err := answered(w)
	if err != nil {
		return nil, err
	}
	return check.Object(answer)
}
