package steps

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// hardToGuess: a sample cannot show that values are random, and shows that
// they are not: when two are alike, when they share what is not a fixed
// prefix, or when the letters that differ are too few for so many bits.
func hardToGuess(_ context.Context, w *world.World, args []string, _ world.Table) error {
	bits, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	if len(w.Last.Codes) == 0 {
		return &check.NotApplicable{Reason: "the target gives out no " + args[0]}
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
func theftNoticed(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	if profile := w.Last.Refresh; profile.Class == "unsafe" {
		return check.Fail(profile.Summary(), "a used refresh token that is refused after a bounded time, and whose reuse ends the family")
	}
	return nil
}

// guessingSlowed: the server refuses to go on judging, or takes its time.
func guessingSlowed(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	const slow = time.Second
	for _, answer := range w.Last.All {
		if answer.Status == http.StatusTooManyRequests || answer.Duration > slow {
			return nil
		}
	}
	return check.Fail(fmt.Sprintf("%d guesses that were judged at once", len(w.Last.All)), "status 429, or answers that take longer and longer")
}

// anotherServed: who guesses the secret of one client locks no other out.
func anotherServed(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	other := *w
	if err := other.RegisterAnother(ctx, true); err != nil {
		return err
	}
	if err := other.RequestToken(ctx, nil); err != nil {
		return err
	}
	return check.TokenIssued(other.Last.Exchange)
}

func challengeHidden(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	for _, code := range w.Last.Codes {
		if challenge := w.Valid("code_challenge"); challenge == "" || strings.Contains(code, challenge) {
			return check.Fail("the code holds the code challenge", "a code from which nobody reads the code challenge")
		}
	}
	return nil
}

func pageNotEmpty(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if len(strings.TrimSpace(string(answer.Content))) == 0 {
		return check.Fail("an empty page", "a page that says what is wrong")
	}
	return nil
}

func pageWithout(_ context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if strings.Contains(string(answer.Content), args[0]) {
		return check.Fail("a page with "+args[0], "a page without it")
	}
	return nil
}
