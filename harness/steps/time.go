package steps

import (
	"context"
	"regexp"
	"strconv"
	"time"

	messages "github.com/cucumber/messages/go/v21"

	"github.com/grantproof/grantproof/harness/world"
)

const secondsPhrase = `(\d+) seconds have passed`

var secondsPattern = regexp.MustCompile("^" + secondsPhrase + "$")

// timeGivens are about what takes time.
var _ = phrases(Given, []step{
	{says: secondsPhrase, do: secondsHavePassed},
	{says: `the access token has expired`, do: hasExpired},
})

func hasExpired(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Expire(ctx)
}

func secondsHavePassed(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	seconds, err := strconv.ParseInt(args[0], 10, 64)
	if err != nil {
		return err
	}
	return w.Pass(ctx, seconds)
}

// Waits is the longest time that one of the steps of a scenario lets pass.
func Waits(steps []*messages.PickleStep) time.Duration {
	var longest time.Duration
	for _, step := range steps {
		if match := secondsPattern.FindStringSubmatch(step.Text); match != nil {
			seconds, _ := strconv.ParseInt(match[1], 10, 64) // digits alone
			longest = max(longest, time.Duration(seconds)*time.Second)
		}
	}
	return longest
}
