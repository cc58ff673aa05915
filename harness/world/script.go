package world

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
)

// Script is how a scenario came to where it is: its Givens and its action. It
// can be played again in a fresh world.
type Script struct {
	Givens []Given
	Action Action
	// SaysControl: the scenario has a step for its positive control.
	SaysControl bool
}

// Given is one step that arranged something.
type Given struct {
	Phrase string // The text of the step, which names its meaning.
	Joint  string // What it has in common with others that are one deviation together; "" for nothing.
	Table  Table
	Apply  func(context.Context, *World) error
}

// Action is the When of a scenario.
type Action struct {
	Phrase string
	Table  Table
	Do     func(context.Context, *World, Table) error
}

// Arrange applies a Given and remembers it.
func (w *World) Arrange(ctx context.Context, given Given) error {
	w.Log.Begin(exchange.Setup)
	w.Script.Givens = append(w.Script.Givens, given)
	return given.Apply(ctx, w)
}

// Act performs the action and remembers it.
func (w *World) Act(ctx context.Context, action Action) error {
	w.Script.Action = action
	w.Log.Begin(exchange.Action)
	defer w.Log.Begin(exchange.Check)
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	return action.Do(ctx, w, action.Table)
}

// Positive returns the script of the positive control: the same Givens and
// the same action without any deviation.
func (s Script) Positive() Script {
	s.Action.Table = nil
	return s
}

// WithoutLast returns the script without the Given that stands last before the
// action: that Given is what deviates.
func (s Script) WithoutLast() Script {
	if n := len(s.Givens); n > 0 {
		s.Givens = slices.Clone(s.Givens[:n-1])
	}
	return s
}

// WithoutDeviation returns the script without the Given that stands last, and without
// those directly before it that are one deviation with it.
func (s Script) WithoutDeviation() Script {
	lifted := s.WithoutLast()
	for n := len(lifted.Givens); n > 0 && s.Givens[n].Joint != "" && lifted.Givens[n-1].Joint == s.Givens[n].Joint; n-- {
		lifted = lifted.WithoutLast()
	}
	return lifted
}

// InsteadOfLast returns the script with another Given in the place of the last.
func (s Script) InsteadOfLast(given Given) Script {
	instead := s.WithoutLast()
	instead.Givens = append(instead.Givens, given)
	return instead
}

// key tells two scripts apart.
func (s Script) key() string {
	var key strings.Builder
	for _, given := range s.Givens {
		key.WriteString(given.Phrase + given.Table.Key() + "\n")
	}
	return key.String() + s.Action.Phrase + s.Action.Table.Key()
}

// played is a positive control that was played, and what came of it.
type played struct {
	once sync.Once
	log  *exchange.Log
	err  error
}

// Control plays script in a fresh world and requires success, once a run for
// each distinct script. Its failure makes the scenario inconclusive: a server
// that refuses everything refuses for no reason.
func (w *World) Control(ctx context.Context, script Script) error {
	entry, _ := w.Run.controls.LoadOrStore(script.key(), &played{})
	control := entry.(*played)
	control.once.Do(func() { control.log, control.err = w.Run.play(ctx, script) })
	if unfit := new(check.NotApplicable); errors.As(control.err, &unfit) {
		return unfit
	}
	if control.err != nil {
		w.Log.Adopt(control.log)
		return &check.Inconclusive{Reason: "the same request without what deviates does not succeed either: " + control.err.Error()}
	}
	return nil
}

func (r *Run) play(ctx context.Context, script Script) (*exchange.Log, error) {
	fresh := r.New()
	defer fresh.Close(ctx)
	for _, given := range script.Givens {
		if err := fresh.Arrange(ctx, given); err != nil {
			return fresh.Log, fmt.Errorf("%s: %w", given.Phrase, err)
		}
	}
	if err := fresh.Act(ctx, script.Action); err != nil {
		return fresh.Log, err
	}
	return fresh.Log, fresh.Last.Success()
}
