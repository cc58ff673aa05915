package world

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"sync"
)

// Part is the state of one noun in a scenario, found by its type: the MCP server
// that is spoken to, the client that is examined, the picture that is published.
// It is nil until the scenario has one. A noun keeps the type of its part beside
// what it does, so that a new one changes nothing here.
func Part[T any](w *World) *T {
	part, _ := w.parts[reflect.TypeFor[T]()].(*T)
	return part
}

// Put gives the scenario a part, in the place of the one before.
func Put[T any](w *World, part *T) {
	if w.parts == nil {
		w.parts = map[reflect.Type]any{}
	}
	w.parts[reflect.TypeFor[T]()] = part
}

// Fork is the scenario as it is now, for what goes on beside it. Both have the
// run, the log, the realm, the browser and the parts in common, and Close ends
// what either has made. Which client acts, what it is granted, what happened last
// and which parts are put later stays with each.
func (w *World) Fork() *World {
	fork := *w
	fork.parts = maps.Clone(w.parts)
	return &fork
}

// As has another client act for the time of do.
func (w *World) As(client *Client, do func() error) error {
	before := w.Client
	defer func() { w.Client = before }()
	w.Client = client
	return do()
}

// endings are what has to be ended, in the order in which it was begun.
type endings struct {
	mu  sync.Mutex
	all []func(context.Context)
}

func (e *endings) add(end func(context.Context)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.all = append(e.all, end)
}

// end ends everything once, the newest first, even where ctx has ended.
func (e *endings) end(ctx context.Context) {
	e.mu.Lock()
	all := e.all
	e.all = nil
	e.mu.Unlock()
	for _, end := range slices.Backward(all) {
		end(context.WithoutCancel(ctx))
	}
}

// OnClose has Close call end. Whatever makes something that outlives a step says
// here how it ends.
func (w *World) OnClose(end func(context.Context)) { w.endings.add(end) }

// Close ends what the scenario has made, even where the run was interrupted.
func (w *World) Close(ctx context.Context) { w.endings.end(ctx) }

// OnClose has Close call end, after all scenarios.
func (r *Run) OnClose(end func(context.Context)) { r.endings.add(end) }

// Close ends what the scenarios shared.
func (r *Run) Close() { r.endings.end(context.Background()) }
