package acts

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(Then, []step{
	{says: `the request is refused(?: with "([^"]*)")?`, refuses: always, do: refused},
	{says: `the response status is (\d+)(?: or (\d+))?`, refuses: statusOfClient, do: statusIs},
	{says: `the response has an? "([^"]*)" challenge`, with: words.Challenge, do: hasChallenge},
	{says: `the response header "([^"]*)" (is|contains) "([^"]*)"`, do: headerIs},
	{says: `the response is JSON with`, table: words.Published, do: isJSONWith},
})

// positive is the positive control of a refusal whose deviation is in the
// table of the When. Otherwise the
// scenario says its control itself.
func positive(ctx context.Context, w *world.World) error {
	if len(w.Script.Action.Table) == 0 || w.Script.SaysControl {
		return nil
	}
	return unlessAsked(ctx, w, w.Control(ctx, w.Script.Positive()))
}

// refused: how is left to the server, where no specification says it.
func refused(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if args[0] != "" {
		err = check.RefusedWith(answer, strings.Split(args[0], " or "))
	} else if answer.Status < 400 || answer.Status > 499 {
		err = check.Fail(check.Describe(answer), "status 4xx")
	}
	if err != nil {
		return err
	}
	return positive(ctx, w)
}

// statusIs: of two that are named, either will do.
func statusIs(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if got := strconv.Itoa(answer.Status); got != args[0] && got != args[1] {
		return check.Fail(check.Describe(answer), expectedStatus(args)...)
	}
	if answer.Status < http.StatusBadRequest {
		return nil
	}
	return positive(ctx, w)
}

func expectedStatus(args []string) []string {
	expected := []string{"status " + args[0]}
	if args[1] != "" {
		expected = append(expected, "status "+args[1])
	}
	return expected
}

func hasChallenge(_ context.Context, w *world.World, args []string, table world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	parameters, err := check.Challenge(answer, args[0])
	if err != nil {
		return err
	}
	object := map[string]any{}
	for name, value := range parameters {
		object[name] = value
	}
	return members(w, object, table)
}

func headerIs(_ context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	// A header in several lines is a list, and what scenarios look for in one, media
	// types and directives, has no case.
	got, want := strings.Join(answer.Answer.Values(args[0]), ", "), args[2]
	if args[1] == "contains" && strings.Contains(strings.ToLower(got), strings.ToLower(want)) || got == want {
		return nil
	}
	return check.Fail(fmt.Sprintf("%s: %q", args[0], got), fmt.Sprintf("%s %s %q", args[0], args[1], want))
}

func isJSONWith(_ context.Context, w *world.World, _ []string, table world.Table) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	return members(w, object, table)
}
