package steps

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// thens is a function, as the control phrases look the Givens up.
func thens() []step {
	return slices.Concat([]step{
		{`an access token is issued`, noTable, tokenIssued},
		{`no access token is issued`, noTable, noTokenIssued},
		{`no refresh token is issued`, noTable, noRefreshToken},
		{`exactly one access token is issued`, noTable, exactlyOneToken},
		{`the request is refused`, noTable, refused},
		{`the request is refused with "([^"]*)"`, noTable, refusedWith},
		{`the requested scope is not granted`, noTable, scopeNotGranted},
		{`a default scope is stated, or a scope is demanded`, noTable, defaultScope},
		{`the granted scope is "([^"]*)"`, noTable, grantedScope},
		{`the user agent returns to the client with`, tableNeeded, returnsWith},
		{`the client gets neither a code nor an access token`, noTable, getsNothing},
		{`the user agent is not redirected`, noTable, notRedirected},
		{`the response status is (\d+)`, noTable, statusIs},
		{`the response has an? "([^"]*)" challenge`, optionalTable, hasChallenge},
		{`the script may read the answer`, noTable, scriptMayRead},
		{`the response header "([^"]*)" (is|contains) "([^"]*)"`, noTable, headerIs},
		{`the response is JSON with`, tableNeeded, isJSONWith},
		{`the access token is (accepted|refused) by the protected resource`, noTable, tokenAtResource},
		{`the (access|ID) token is a JWT with`, tableNeeded, isJWTWith},
		{`the access token is for "([^"]*)"`, noTable, isForResource},
		{`nobody can guess a (code|refresh token|registration access token|session handle) of (\d+) bits`, noTable, hardToGuess},
		{`the guessing is slowed down`, noTable, guessingSlowed},
		{`another client is served`, noTable, anotherServed},
		{`no code holds the code challenge`, noTable, challengeHidden},
		{`the page is not empty`, noTable, pageNotEmpty},
		{`the page does not hold "([^"]*)"`, noTable, pageWithout},
		{`a stolen refresh token is noticed`, noTable, theftNoticed},
		{`no two access tokens have the same "([^"]*)"`, noTable, allDifferent},
		{`no list in it is empty`, noTable, noEmptyList},
		{`the response says that the token is inactive and nothing else`, noTable, onlyActive},
		{`"([^"]*)" lists nothing but "([^"]*)"`, noTable, listsOnly},
		{`the response says nothing of the token`, noTable, saysNothing},
		{`the protected resource lets nobody in`, noTable, letsNobodyIn},
		{`each value works exactly where it is listed`, noTable, worksWhereListed},
		{`the access token lives as long as the response says`, noTable, livesAsSaid},
		{`the same request to "([^"]*)" succeeds`, noTable, succeedsAt},
		{`the keys were asked for at most (\d+) times`, noTable, keysAskedAtMost},
		{`the same request succeeds without it`, noTable, succeedsWithoutIt},
		{`the same request succeeds with ((?:an?|another|the) .*[^:])`, noTable, succeedsWithGiven},
		{`the same request succeeds with ((?:an?|another|the) .*)`, tableNeeded, succeedsWithGiven},
		{`the same request succeeds with`, tableNeeded, succeedsWithTable},
	}, pageThens, tokenThens, keyThens, identityThens, documentThens, clientThens, registrationThens, assertionThens, signedThens, exchangeThens, hostileThens, partyThens, mcpThens, mcpClientThens, clientRequestThens, otherServerThens, movedThens, ruleThens)
}

func tokenIssued(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	return check.TokenIssued(answer)
}

func noTokenIssued(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if err := check.NoToken(answer, "access_token"); err != nil {
		return err
	}
	return positive(ctx, w)
}

func noRefreshToken(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	return check.All(check.TokenIssued(answer), check.NoToken(answer, "refresh_token"))
}

func exactlyOneToken(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	issued := 0
	for _, answer := range w.Last.All {
		if check.TokenIssued(answer) == nil {
			issued++
		}
	}
	return check.Equal("tokens issued", strconv.Itoa(issued), "1")
}

// positive is the positive control of a refusal whose deviation is in the
// table of the When. Otherwise the
// scenario says its control itself.
func positive(ctx context.Context, w *world.World) error {
	if len(w.Script.Action.Table) == 0 || w.Script.SaysControl {
		return nil
	}
	return w.Control(ctx, w.Script.Positive())
}

// refused: how is left to the server, where no specification says it.
func refused(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if answer.Status < 400 || answer.Status > 499 {
		return check.Fail(check.Describe(answer), "status 4xx")
	}
	return positive(ctx, w)
}

func refusedWith(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if err := check.RefusedWith(answer, strings.Split(words[0], " or ")); err != nil {
		return err
	}
	return positive(ctx, w)
}

func statusIs(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	want, err := strconv.Atoi(words[0])
	if err != nil {
		return err
	}
	if err := check.Status(answer, want); err != nil || want < http.StatusBadRequest {
		return err
	}
	return positive(ctx, w)
}

func hasChallenge(_ context.Context, w *world.World, words []string, table world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	parameters, err := check.Challenge(answer, words[0])
	if err != nil {
		return err
	}
	object := map[string]any{}
	for name, value := range parameters {
		object[name] = value
	}
	return members(w, object, table)
}

func headerIs(_ context.Context, w *world.World, words []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	got, want := answer.Answer.Get(words[0]), words[2]
	if words[1] == "contains" && strings.Contains(got, want) || got == want {
		return nil
	}
	return check.Fail(fmt.Sprintf("%s: %q", words[0], got), fmt.Sprintf("%s %s %q", words[0], words[1], want))
}

// scriptMayRead: the browser hands the answer on (Fetch Standard,
// https://fetch.spec.whatwg.org/#cors-check).
func scriptMayRead(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	allowed := answer.Answer.Get("Access-Control-Allow-Origin")
	if answer.Status/100 == 2 && (allowed == "*" || allowed == answer.Header.Get("Origin")) {
		return nil
	}
	return check.Fail(fmt.Sprintf("%s, Access-Control-Allow-Origin %q", check.Describe(answer), allowed), "status 2xx and Access-Control-Allow-Origin with the origin or *")
}

func isJSONWith(_ context.Context, w *world.World, _ []string, table world.Table) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	return members(w, object, table)
}
