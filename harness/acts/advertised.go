package acts

import (
	"context"
	"fmt"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// worksWhereListed: both ways to differ mislead a client. What works unlisted
// is the worse one, as nobody guards a door that is not there.
func worksWhereListed(_ context.Context, w *world.World) error {
	var wrong []string
	listed := 0
	kind := check.AdvertisedNotOffered
	for _, trial := range w.Last.Trials {
		switch {
		case trial.Advertised && !trial.Honoured:
			wrong = append(wrong, fmt.Sprintf("%s is listed and does not work (%s)", trial.Value, trial.Observed))
		case trial.Honoured && !trial.Advertised:
			wrong = append(wrong, trial.Value+" is not listed and works")
			kind = check.AdvertisedNotEnforced
		case trial.Advertised:
			listed++
		}
	}
	if len(wrong) > 0 {
		return &check.Failure{Kind: kind, Actual: strings.Join(wrong, ", and "),
			Expected: []string{w.Last.Trials[0].Member + " to list exactly what works"}}
	}
	if listed == 0 {
		return &check.NotApplicable{Reason: "the metadata lists nothing there that can be tried"}
	}
	return nil
}
