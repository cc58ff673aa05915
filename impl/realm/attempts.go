package realm

import (
	"maps"
	"sync"
	"time"
)

// Attempts counts wrong guesses by whom they are about and where they come
// from, so that guessing stays slow; the zero value is ready. It is bounded,
// and forgets what is older than attemptsWindow.
type Attempts struct {
	mu    sync.Mutex
	wrong map[string]attempt
}

type attempt struct {
	count int
	last  time.Time
}

const (
	attemptsWindow = 15 * time.Minute
	attemptsKept   = 10_000
)

// Wait is how long no further guess about key is judged after more than limit
// wrong ones; 0 where one may be.
func (a *Attempts) Wait(key string, limit int, now time.Time) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	found := a.wrong[key]
	if found.count < limit {
		return 0
	}
	return max(0, found.last.Add(attemptsWindow).Sub(now))
}

// Wrong remembers a wrong guess about key.
func (a *Attempts) Wrong(key string, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.wrong == nil {
		a.wrong = map[string]attempt{}
	}
	if len(a.wrong) >= attemptsKept {
		maps.DeleteFunc(a.wrong, func(_ string, old attempt) bool { return now.Sub(old.last) >= attemptsWindow })
	}
	// Whoever makes names up guesses once at each: those go first.
	if len(a.wrong) >= attemptsKept {
		maps.DeleteFunc(a.wrong, func(_ string, old attempt) bool { return old.count == 1 })
	}
	if len(a.wrong) >= attemptsKept {
		clear(a.wrong)
	}
	found := a.wrong[key]
	if now.Sub(found.last) >= attemptsWindow {
		found.count = 0
	}
	a.wrong[key] = attempt{found.count + 1, now}
}

// Right forgets the wrong guesses about key.
func (a *Attempts) Right(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.wrong, key)
}
