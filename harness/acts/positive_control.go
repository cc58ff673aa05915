package acts

import (
	"context"
	"errors"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases that are a positive control: the same request without its mistake.
var _ = phrases(Then, []step{
	{says: `the same request to "([^"]*)" succeeds`, controls: otherPath, do: succeedsAt},
	{says: `the same request succeeds without it`, controls: withoutIt, do: succeedsWithoutIt},
	{says: `the same request succeeds given (.*[^:])`, with: words.Replaced, controls: otherGiven, do: succeedsWithGiven},
	{says: `the same request succeeds with`, table: words.Replaced, controls: otherTable, do: succeedsWithTable},
})

// succeedsWithoutIt: "it" is the Given that stands last before the When, with those
// before it that are one deviation with it.
func succeedsWithoutIt(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return unlessAsked(ctx, w, w.Control(ctx, w.Script.WithoutDeviation()))
}

// succeedsWithGiven puts another Given in the place of the last.
func succeedsWithGiven(ctx context.Context, w *world.World, args []string, table world.Table) error {
	phrase := args[0]
	if table != nil {
		phrase += " with:"
	}
	given, err := givenFor(phrase, table)
	if err != nil {
		return err
	}
	return unlessAsked(ctx, w, w.Control(ctx, w.Script.InsteadOfLast(given)))
}

// succeedsWithTable sends the same request with other values.
func succeedsWithTable(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	script := w.Script.Positive()
	script.Action.Table = table
	return unlessAsked(ctx, w, w.Control(ctx, script))
}

// unlessAsked: a control that fails where the person is asked again shows nothing about
// the request.
func unlessAsked(ctx context.Context, w *world.World, err error) error {
	if unknown := new(check.Inconclusive); errors.As(err, &unknown) {
		return unlessSilent(ctx, w, err)
	}
	return err
}

// succeedsAt sends the same request to another path of the resource.
func succeedsAt(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	script, method := w.Script, w.Last.Exchange.Method
	script.Action.Phrase += " at " + args[0]
	script.Action.Do = func(ctx context.Context, w *world.World, table world.Table) error {
		return Call(ctx, w, method, args[0], table)
	}
	return w.Control(ctx, script)
}
