package acts

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about what the servers fetch of clients and of each other.
var _ = phrases(Then, []step{
	{says: `the (metadata document|logo|JSON Web Key Set) was fetched (at least |at most )?(\d+) times?`, do: wasFetched},
	{says: `the (metadata document|logo|redirect of the metadata document) is not (?:fetched|followed)`, do: notFetched},
})

func wasFetched(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	count, err := fetches(ctx, w, args[0])
	if err != nil {
		return err
	}
	named, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	fits := map[string]bool{"": count == named, "at least ": count >= named, "at most ": count > 0 && count <= named}
	if !fits[args[1]] {
		return check.Fail(fmt.Sprintf("%d requests for the %s", count, args[0]), fmt.Sprintf("%s%d requests", args[1], named))
	}
	return nil
}

func fetches(ctx context.Context, w *world.World, what string) (int, error) {
	switch {
	case what == "metadata document":
		return world.Part[Document](w).Fetched(), nil
	case what == "logo" && world.Part[Picture](w) == nil:
		return 0, ErrNoPicture
	case what == "logo":
		return world.Part[Picture](w).Fetched(), nil
	}
	traffic, _, err := w.Traffic(ctx)
	asked := 0
	for _, request := range traffic {
		if strings.HasSuffix(request.Path, "/jwks.json") {
			asked++
		}
	}
	return asked, err
}

// notFetched has its own control: the server fetches what it may.
func notFetched(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	switch args[0] {
	case "logo":
		return logoNotFetched(ctx, w)
	case "metadata document":
		return nobodyConnected(ctx, w)
	}
	return redirectNotFollowed(w)
}

func logoNotFetched(ctx context.Context, w *world.World) error {
	if world.Part[Picture](w) == nil {
		return ErrNoPicture
	}
	if world.Part[Picture](w).Fetched() > 0 {
		return check.Fail("a request for the logo", "no request to a special-use address")
	}
	return ControlOfLogo(ctx, w)
}

func nobodyConnected(ctx context.Context, w *world.World) error {
	if world.Part[Document](w).Connected() > 0 {
		return check.Fail("a connection", "no connection to a special-use address")
	}
	script := w.Script
	script.Givens = nil
	for _, text := range []string{"the resource owner approves", "a client with a metadata document"} {
		given, err := givenFor(text, nil)
		if err != nil {
			return err
		}
		script.Givens = append(script.Givens, given)
	}
	return w.Control(ctx, script.Positive())
}

func redirectNotFollowed(w *world.World) error {
	if world.Part[Document](w).Followed() > 0 {
		return check.Fail("a request for the document to which the redirect leads", "no request there")
	}
	return nil
}
