package steps

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(When, []step{
	{says: `the client requests a token`, with: words.TokenRequest, do: requestsToken},
	{says: `the client requests a token (\d+) times at once`, do: requestsAtOnce},
	{says: `the client requests a token (\d+) times at once with one client assertion`, do: requestsWithOneAssertion},
	{says: `the client uses every endpoint, rightly and wrongly`, do: everyEndpoint},
	{says: `the client sends an authorization request`, with: words.AuthorizationRequest, do: sendsAuthorizationRequest},
	{says: `the (?:other )?client redeems the code`, with: words.Redemption, do: redeemsCode},
	{says: `somebody guesses the client's secret (\d+) times`, do: guessesSecret},
	{says: `the client obtains (\d+) authorization codes?`, do: obtainsCodes},
	{says: `the client obtains (\d+) refresh tokens`, do: obtainsRefreshTokens},
	{says: `the client redeems the code (\d+) times at once`, do: redeemsAtOnce},
	{says: `the (?:other )?client refreshes the token`, with: words.Refresh, do: refreshesToken},
	{says: `the client refreshes the token (\d+) times at once`, do: refreshesAtOnce},
	{says: `the (?:other )?client revokes the token`, with: words.Revocation, do: revokesToken},
	{says: `the (?:other )?(client|protected resource) introspects the token`, with: words.Introspection, do: introspects},
	{says: `the client calls the protected resource`, with: words.ResourceCall, do: callsResource},
	{says: `the client calls the protected resource with (\d+) tokens of unknown keys`, do: callsWithUnknownKeys},
	{says: `the client sends "([A-Z]+) ([^"]+)"`, with: words.ResourceCall, do: sendsTo},
	{says: `the client posts to "([^"]+)"`, table: words.JSONMembers, do: postsJSON},
	{says: `agents use the refresh tokens at once, twice and late`, do: agentsRefresh},
	{says: `the client tries every value of "([^"]*)"`, do: triesEvery},
	{says: `the client fetches the (authorization server|protected resource) metadata`, do: fetchesMetadata},
	{says: `a script of another origin (sends|asks to send) a (GET|POST) to the "([^"]*)"`, do: scriptSends},
	{says: `the client requests the user info`, with: words.UserInfo, do: requestsUserInfo},
	{says: `the client fetches the OpenID configuration`, do: fetchesOpenIDConfiguration},
	{says: `the client fetches the JSON Web Key Set`, do: fetchesKeys},
	{says: `the client fetches "([^"]*)" from the (authorization server|protected resource)`, do: fetchesPath},
	{says: `the client calls the MCP method "tools/list"`, do: listsTools},
	{says: `the client calls the MCP tool "([^"]*)"`, with: words.Arguments, do: callsTool},
	{says: `the agent runs "([^"]*)"`, with: words.Arguments, do: agentRuns},
	{says: `the agent lists the tasks (\d+) times at once`, do: agentListsAtOnce},
})

func requestsToken(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.RequestAnyToken(ctx, table)
}

func sendsAuthorizationRequest(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.Authorize(ctx, table)
}

func redeemsCode(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.RedeemCode(ctx, table)
}

func guessesSecret(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	var all []*exchange.Exchange
	for range times {
		if err := w.RequestToken(ctx, world.Table{{Name: "client_secret", Value: "(random)"}}); err != nil && !world.IsLimited(err) {
			return err
		}
		all = append(all, w.Last.Exchange)
	}
	w.Last.All = all
	return nil
}

func obtainsCodes(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	var codes []string
	for range times {
		if err := w.ObtainCode(ctx, nil); err != nil {
			return err
		}
		codes = append(codes, w.Grant.Code)
	}
	w.Last.Codes = codes
	return nil
}

func requestsAtOnce(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return atOnce(w, args[0], func(racer *world.World) error { return racer.RequestToken(ctx, nil) })
}

func requestsWithOneAssertion(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if err := w.MakeAssertion(); err != nil {
		return err
	}
	table := world.Table{{Name: "client_assertion", Value: "(used before)"}}
	return atOnce(w, args[0], func(racer *world.World) error { return racer.RequestToken(ctx, table) })
}

func redeemsAtOnce(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return atOnce(w, args[0], func(racer *world.World) error { return racer.RedeemCode(ctx, nil) })
}

func refreshesToken(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.Refresh(ctx, table)
}

func refreshesAtOnce(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return atOnce(w, args[0], func(racer *world.World) error { return racer.Refresh(ctx, nil) })
}

func revokesToken(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.Revoke(ctx, table)
}

// atOnce does the same many times at once and keeps every answer.
func atOnce(w *world.World, count string, do func(*world.World) error) error {
	times, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	racers := make([]world.World, times)
	errs := make([]error, times)
	var group sync.WaitGroup
	for i := range times {
		racers[i] = *w
		group.Go(func() { errs[i] = do(&racers[i]) })
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
		return w.Introspect(ctx, w.Client, table)
	}
	return w.Introspect(ctx, w.ResourceClient(), table)
}

func callsResource(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.CallResource(ctx, table)
}

func sendsTo(ctx context.Context, w *world.World, args []string, table world.Table) error {
	return w.Call(ctx, args[0], args[1], table)
}

func postsJSON(ctx context.Context, w *world.World, args []string, table world.Table) error {
	return w.PostJSON(ctx, args[0], table)
}

func agentsRefresh(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.MeasureRefresh(ctx, w.Pass)
}

func triesEvery(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.Try(ctx, args[0])
}

func fetchesMetadata(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "protected resource" {
		return w.Fetch(ctx, world.WellKnown(w.Realm.Resource, "oauth-protected-resource"))
	}
	return w.Fetch(ctx, w.MetadataURL())
}

func scriptSends(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.FromScript(ctx, args[2], args[1], args[0] == "asks to send")
}

func requestsUserInfo(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.RequestUserInfo(ctx, table)
}

func fetchesOpenIDConfiguration(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Fetch(ctx, world.OpenIDConfiguration(w.Realm.Issuer))
}

func fetchesKeys(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	address, err := w.JWKSURI(ctx)
	if err != nil {
		return err
	}
	return w.Fetch(ctx, address)
}

func fetchesPath(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[1] == "protected resource" {
		return w.Fetch(ctx, w.Realm.Resource+args[0])
	}
	return w.Fetch(ctx, w.Realm.Issuer+args[0])
}

func listsTools(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	if err := w.Connect(ctx); err != nil {
		return err
	}
	return w.ListTools(ctx)
}

func callsTool(ctx context.Context, w *world.World, args []string, table world.Table) error {
	if err := w.Connect(ctx); err != nil {
		return err
	}
	arguments := map[string]any{}
	for _, row := range table {
		if row.Value != "(omitted)" {
			arguments[row.Name] = row.Value
		}
	}
	return w.CallTool(ctx, args[0], arguments)
}

func agentRuns(ctx context.Context, w *world.World, args []string, table world.Table) error {
	arguments := map[string]string{}
	for _, row := range table {
		arguments[row.Name] = row.Value
	}
	return w.RunAgent(ctx, args[0], arguments)
}

// agentListsAtOnce: the callers share one agent, and so one token.
func agentListsAtOnce(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	if err := w.PrepareAgent(); err != nil {
		return err
	}
	problems := make([]error, times)
	var group sync.WaitGroup
	for i := range times {
		caller := *w
		group.Go(func() {
			problems[i] = caller.RunAgent(ctx, "list-tasks", nil)
			problems[i] = errors.Join(problems[i], caller.Last.Problem)
		})
	}
	group.Wait()
	w.Last = world.Result{Kind: world.AgentResult, Problem: errors.Join(problems...)}
	return nil
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

// everyEndpoint has a conversation with every endpoint in which every kind of
// answer occurs, for the rules that hold for all of them.
func everyEndpoint(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	random := func(name string) world.Table { return world.Table{{Name: name, Value: "(random)"}} }
	omitted := func(name string) world.Table { return world.Table{{Name: name, Value: "(omitted)"}} }
	return errors.Join(
		w.Fetch(ctx, w.MetadataURL()),
		w.RequestToken(ctx, nil),
		w.RequestToken(ctx, omitted("scope")),
		w.RequestToken(ctx, random("client_secret")),
		w.RequestToken(ctx, omitted("client_secret")),
		w.RequestToken(ctx, omitted("grant_type")),
		w.RequestToken(ctx, world.Table{{Name: "scope", Value: "(twice)"}}),
		w.RequestToken(ctx, world.Table{{Name: "(body)", Value: "%zz=%00\xff&&=;"}}),
		w.CallResource(ctx, nil),
		w.CallResource(ctx, omitted("access_token")),
		w.CallResource(ctx, random("access_token")),
		w.CallResource(ctx, world.Table{{Name: "access_token", Value: "(in the query)"}}),
		w.Introspect(ctx, w.ResourceClient(), nil),
		w.Authorize(ctx, random("redirect_uri")),
		w.Authorize(ctx, omitted("code_challenge")),
		w.Authorize(ctx, nil),
		w.RedeemCode(ctx, random("code_verifier")),
	)
}
