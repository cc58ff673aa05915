package acts

import (
	"context"
	"errors"
	"sync"

	"github.com/grantproof/grantproof/harness/world"
)

// ConnectMore has as many other clients connect, each with a registration and
// tokens of its own, as a Given.
func ConnectMore(ctx context.Context, w *world.World, many int) error {
	examined := world.Part[ExaminedClient](w)
	if examined == nil {
		return errNoMCPClient
	}
	for range many {
		if examinesCommand(w) {
			if err := start(ctx, w, ""); err != nil || w.Last.Problem != nil {
				return errors.Join(err, w.Last.Problem)
			}
			continue
		}
		made, err := makeClient(w)
		if err != nil {
			return err
		}
		examined.others = append(examined.others, made)
		if err := made.Connect(ctx); err != nil {
			return err
		}
	}
	return nil
}

// CallAtOnce has every client that is connected call a tool, each as many times
// at the same moment.
func CallAtOnce(ctx context.Context, w *world.World, tool string, times int) error {
	examined := world.Part[ExaminedClient](w)
	if examined == nil || examined.client == nil {
		return errNoMCPClient
	}
	clients := append([]world.MCPClient{examined.client}, examined.others...)
	problems := make([]error, len(clients)*times)
	var group sync.WaitGroup
	for i := range problems {
		group.Go(func() { problems[i] = clients[i/times].Call(ctx, tool) })
	}
	group.Wait()
	ended(ctx, w, errors.Join(problems...))
	return nil
}
