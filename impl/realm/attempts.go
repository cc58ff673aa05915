package realm

import (
	"cmp"
	"maps"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/token"
)

// Attempts counts wrong guesses by whom they are about and where they come
// from, so that guessing stays slow; the zero value is ready. It is bounded,
// and forgets what is older than its window.
type Attempts struct {
	// Window is how long a wrong guess counts, and how long nobody may guess
	// after too many; left out: a quarter of an hour.
	Window time.Duration

	mu    sync.Mutex
	wrong map[string]attempt
}

type attempt struct {
	count       int
	first, last time.Time
}

const (
	attemptsWindow = 15 * time.Minute
	attemptsKept   = 10_000
	longestKey     = 256 // Bytes; of longer ones the hash is kept.
)

func (a *Attempts) window() time.Duration { return cmp.Or(a.Window, attemptsWindow) }

// short keeps a key that somebody made up from filling the memory.
func short(key string) string {
	if len(key) <= longestKey {
		return key
	}
	hash := token.HashOf(key)
	return string(hash[:])
}

// Wait is how long no further guess about key is judged after more than limit
// wrong ones; 0 where one may be.
func (a *Attempts) Wait(key string, limit int, now time.Time) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	found := a.wrong[short(key)]
	if found.count < limit {
		return 0
	}
	return max(0, found.last.Add(a.window()).Sub(now))
}

// Wrong remembers a wrong guess about key.
func (a *Attempts) Wrong(key string, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.wrong == nil {
		a.wrong = map[string]attempt{}
	}
	if len(a.wrong) >= attemptsKept {
		maps.DeleteFunc(a.wrong, func(_ string, old attempt) bool { return now.Sub(old.last) >= a.window() })
	}
	// Whoever makes names up guesses once at each: those go first.
	if len(a.wrong) >= attemptsKept {
		maps.DeleteFunc(a.wrong, func(_ string, old attempt) bool { return old.count == 1 })
	}
	if len(a.wrong) >= attemptsKept {
		clear(a.wrong)
	}
	key = short(key)
	found := a.wrong[key]
	if now.Sub(found.first) >= a.window() {
		found = attempt{first: now}
	}
	a.wrong[key] = attempt{found.count + 1, found.first, now}
}

// Right forgets the wrong guesses about key.
func (a *Attempts) Right(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.wrong, short(key))
}
