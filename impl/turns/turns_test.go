package turns

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

// Of many who come at the same time, a few go on at a time, and all do.
func TestAtOnce(t *testing.T) {
	line := Line{AtOnce: 3, Waiting: 100}
	var there, most, went atomic.Int32
	var group sync.WaitGroup
	for range 100 {
		group.Go(func() {
			done, err := line.Take(t.Context(), "a")
			if err != nil {
				t.Error(err)
				return
			}
			now := there.Add(1)
			for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
			}
			went.Add(1)
			there.Add(-1)
			done()
		})
	}
	group.Wait()
	if went.Load() != 100 || most.Load() > 3 {
		t.Errorf("%d went on, %d of them at a time; want 100, 3 at a time", went.Load(), most.Load())
	}
	if len(line.of) != 0 {
		t.Errorf("%d names are remembered after all have left", len(line.of))
	}
}

// Those of one name do not keep those of another waiting; who gives up leaves
// the line, and one too many is told so.
func TestLine(t *testing.T) {
	line := Line{AtOnce: 1, Waiting: 1}
	done, err := line.Take(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	waited := make(chan error)
	go func() {
		_, err := line.Take(ctx, "a")
		waited <- err
	}()
	for line.There("a") < 2 { // Until it waits.
		runtime.Gosched()
	}
	if _, err := line.Take(t.Context(), "a"); !errors.Is(err, ErrTooMany) {
		t.Errorf("one too many: %v, want ErrTooMany", err)
	}
	other, err := line.Take(t.Context(), "b")
	if err != nil {
		t.Fatalf("another name: %v", err)
	}
	other()
	cancel()
	if err := <-waited; !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up: %v, want context.Canceled", err)
	}
	done()
	again, err := line.Take(t.Context(), "a")
	if err != nil {
		t.Fatalf("after the others left: %v", err)
	}
	again()
	if len(line.of) != 0 {
		t.Errorf("%d names are remembered after all have left", len(line.of))
	}
}
