package world

import (
	"context"
	"errors"
	"sync"
)

// ConnectMore has as many other clients connect, each with a registration and
// tokens of its own, as a Given.
func (w *World) ConnectMore(ctx context.Context, many int) error {
	examined := Part[ExaminedClient](w)
	if examined == nil {
		return errNoMCPClient
	}
	for range many {
		if w.examinesCommand() {
			if err := w.start(ctx, ""); err != nil || w.Last.Problem != nil {
				return errors.Join(err, w.Last.Problem)
			}
			continue
		}
		made, err := w.makeClient()
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
func (w *World) CallAtOnce(ctx context.Context, tool string, times int) error {
	examined := Part[ExaminedClient](w)
	if examined == nil || examined.client == nil {
		return errNoMCPClient
	}
	clients := append([]MCPClient{examined.client}, examined.others...)
	problems := make([]error, len(clients)*times)
	var group sync.WaitGroup
	for i := range problems {
		group.Go(func() { problems[i] = clients[i/times].Call(ctx, tool) })
	}
	group.Wait()
	w.ended(errors.Join(problems...))
	return nil
}
