package acts

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(Then, []step{
	{says: `a (code|refresh token|registration access token|session handle|client secret) has (\d+) (random bits|bytes)`, do: hasRandomBits},
	{says: `the "([^"]*)" of (token|authorization) requests has (\d+) random bits`, do: parameterHasRandomBits},
})

func hasRandomBits(_ context.Context, w *world.World, args []string, _ world.Table) error {
	if args[2] == "bytes" {
		return secretHasBytes(w, args[1])
	}
	if args[0] == "client secret" {
		if err := gatherSecrets(w); err != nil {
			return err
		}
	}
	return hardToGuess(w, args[0], args[1])
}

// gatherSecrets takes the secrets of the clients that registered.
func gatherSecrets(w *world.World) error {
	w.Last.Codes = nil
	for _, e := range w.Last.All {
		object, err := check.Object(e)
		if err != nil {
			return err
		}
		if secret, ok := object["client_secret"].(string); ok {
			w.Last.Codes = append(w.Last.Codes, secret)
		}
	}
	return nil
}

func parameterHasRandomBits(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	seen, err := someRequests(ctx, w, args[1])
	if err != nil {
		return err
	}
	w.Last.Codes = values(seen, args[0])
	return hardToGuess(w, args[0], args[2])
}

// lacking are the capabilities without which a target gives out no such value.
var lacking = map[string]string{"session handle": "sessions"}

// hardToGuess: a sample cannot show that values are random, and shows that
// they are not: when two are alike, when they share what is not a fixed
// prefix, or when the letters that differ are too few for so many bits.
func hardToGuess(w *world.World, what, named string) error {
	bits, err := strconv.Atoi(named)
	if err != nil {
		return err
	}
	if len(w.Last.Codes) == 0 {
		return &check.NotApplicable{Reason: "the target gives out no " + what, Lacks: lacking[what]}
	}
	if len(w.Last.Codes) < 2 {
		return check.Fail("too few values to compare", "several values")
	}
	most := check.RandomBits(w.Last.Codes)
	if most < float64(bits) {
		return check.Fail(fmt.Sprintf("values of which %.0f bits can be random at most", most), fmt.Sprintf("values with %d random bits", bits))
	}
	return nil
}

// theftNoticed: within a bounded time the reuse of a refresh token ends its
// family, so that thief and owner cannot both go on.
func theftNoticed(_ context.Context, w *world.World) error {
	if profile := w.Last.Refresh; profile.Class == "unsafe" {
		return check.Fail(profile.Summary(), "a used refresh token that is refused after a bounded time, and whose reuse ends the family")
	}
	return nil
}

// guessingSlowed: the server refuses to go on judging, or takes its time.
func guessingSlowed(_ context.Context, w *world.World) error {
	const slow = time.Second
	for _, answer := range w.Last.All {
		if answer.Status == http.StatusTooManyRequests || answer.Duration > slow {
			return nil
		}
	}
	return check.Fail(fmt.Sprintf("%d guesses that were judged at once", len(w.Last.All)), "status 429, or answers that take longer and longer")
}

// anotherServed: who guesses the secret of one client locks no other out.
func anotherServed(ctx context.Context, w *world.World) error {
	other := w.Fork()
	if err := RegisterAnother(ctx, other, true); err != nil {
		return err
	}
	if err := RequestToken(ctx, other, nil); err != nil {
		return err
	}
	return check.TokenIssued(other.Last.Exchange)
}

func challengeHidden(_ context.Context, w *world.World) error {
	for _, code := range w.Last.Codes {
		if challenge := Valid(w, "code_challenge"); challenge == "" || strings.Contains(code, challenge) {
			return check.Fail("the code holds the code challenge", "a code from which nobody reads the code challenge")
		}
	}
	return nil
}

func pageNotEmpty(answer *exchange.Exchange) error {
	if len(strings.TrimSpace(string(answer.Content))) == 0 {
		return check.Fail("an empty page", "a page that says what is wrong")
	}
	return nil
}

func pageWithout(answer *exchange.Exchange, text string) error {
	if strings.Contains(string(answer.Content), text) {
		return check.Fail("a page with "+text, "a page without it")
	}
	return nil
}
