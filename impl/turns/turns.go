// Package turns owns waiting in line within one process: of those with one name
// a few go on at a time, in the order in which they came, and so many wait at
// most. It knows neither whom a name is of nor what they wait for.
package turns

import (
	"context"
	"errors"
	"sync"

	"golang.org/x/sync/semaphore"
)

// ErrTooMany says that too many of one name wait already.
var ErrTooMany = errors.New("too many are waiting already")

// Line is one line for each name. The zero value lets nobody through; a name
// takes no memory once nobody of it is there.
type Line struct {
	// AtOnce is how many of one name go on at a time, and Waiting how many more
	// of it may wait.
	AtOnce, Waiting int

	mu sync.Mutex
	of map[string]*queue
}

type queue struct {
	turns *semaphore.Weighted
	there int // Those who go on and those who wait.
}

// Take waits for the turn of one of name, until ctx ends. The turn ends with a
// call of done.
func (l *Line) Take(ctx context.Context, name string) (done func(), err error) {
	q, err := l.join(name)
	if err != nil {
		return nil, err
	}
	if err := q.turns.Acquire(ctx, 1); err != nil {
		l.leave(name, q)
		return nil, err
	}
	return func() {
		q.turns.Release(1)
		l.leave(name, q)
	}, nil
}

// There is how many of name go on or wait.
func (l *Line) There(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if q, found := l.of[name]; found {
		return q.there
	}
	return 0
}

func (l *Line) join(name string) (*queue, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	q, found := l.of[name]
	if !found {
		q = &queue{turns: semaphore.NewWeighted(int64(l.AtOnce))}
	}
	if q.there >= l.AtOnce+l.Waiting {
		return nil, ErrTooMany
	}
	if l.of == nil {
		l.of = map[string]*queue{}
	}
	q.there++
	l.of[name] = q
	return q, nil
}

func (l *Line) leave(name string, q *queue) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if q.there--; q.there == 0 {
		delete(l.of, name)
	}
}
