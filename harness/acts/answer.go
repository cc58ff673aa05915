package acts

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(Then, []step{
	{says: `the request is refused(?: with "([^"]*)")?`, refuses: always, do: refused},
	{says: `the response status is ((?:\d+, )*\d+)(?: or (\d+))?`, refuses: statusOfClient, do: statusIs},
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
	return controlled(ctx, w, err)
}

// controlled adds the positive control to a refusal, also to one with another error than
// it had to have.
func controlled(ctx context.Context, w *world.World, err error) error {
	if err != nil && !check.Otherwise(err) {
		return err
	}
	if control := positive(ctx, w); control != nil {
		return control
	}
	return err
}

// statusIs: of two that are named, either will do.
func statusIs(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if !slices.Contains(statuses(args), strconv.Itoa(answer.Status)) {
		return check.Fail(check.Describe(answer), expectedStatus(args)...)
	}
	if answer.Status < http.StatusBadRequest {
		return nil
	}
	return positive(ctx, w)
}

func expectedStatus(args []string) []string {
	var expected []string
	for _, status := range statuses(args) {
		expected = append(expected, "status "+status)
	}
	return expected
}

// statuses are those that a step names: one, or several of which each will do.
func statuses(args []string) []string {
	named := strings.Split(args[0], ", ")
	if args[1] != "" {
		named = append(named, args[1])
	}
	return named
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
	got, want := strings.Join(answer.Answer.Values(args[0]), ", "), args[2]
	if args[1] == "contains" && strings.Contains(got, want) || got == want || hasNoCase(args[0]) && strings.Contains(strings.ToLower(got), want) {
		return nil
	}
	return check.Fail(fmt.Sprintf("%s: %q", args[0], got), fmt.Sprintf("%s %s %q", args[0], args[1], want))
}

// hasNoCase: media types and directives are compared without regard to case (RFC 9110
// section 8.3.1, RFC 9111 section 5.2, Content Security Policy section 2.3,
// https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1).
func hasNoCase(header string) bool {
	return slices.Contains([]string{"content-type", "cache-control", "content-security-policy"}, strings.ToLower(header))
}

func isJSONWith(_ context.Context, w *world.World, _ []string, table world.Table) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	return members(w, object, table)
}
