package realm

import (
	"maps"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/token"
)

// Attempts counts wrong guesses by whom they are about and where they come
// from, so that guessing stays slow. It is bounded, and forgets what is older
// than attemptsWindow.
type Attempts struct {
	// After so many wrong guesses no further one is judged: FromAddress about one
	// name from one address, and FromAnywhere about one name at all. The second is
	// the higher one, so that nobody locks another out from afar with a handful.
	FromAddress, FromAnywhere int

	mu    sync.Mutex
	wrong map[token.Hash]attempt
}

type attempt struct {
	count int
	last  time.Time
}

const (
	attemptsWindow = 15 * time.Minute
	attemptsKept   = 10_000
)

// here and anywhere are what a guess is counted by: hashes, so that nobody
// fills the memory with long names. No address holds a space.
func here(name, address string) token.Hash { return token.HashOf("from " + address + " " + name) }

func anywhere(name string) token.Hash { return token.HashOf("to " + name) }

// Wait is how long no further guess at name from address is judged; 0 where one
// may be.
func (a *Attempts) Wait(name, address string, now time.Time) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	return max(a.wait(here(name, address), a.FromAddress, now), a.wait(anywhere(name), a.FromAnywhere, now))
}

func (a *Attempts) wait(key token.Hash, limit int, now time.Time) time.Duration {
	found := a.wrong[key]
	if found.count < limit {
		return 0
	}
	return max(0, found.last.Add(attemptsWindow).Sub(now))
}

// Wrong remembers a wrong guess at name from address.
func (a *Attempts) Wrong(name, address string, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.wrong == nil {
		a.wrong = map[token.Hash]attempt{}
	}
	a.makeRoom(now)
	for _, key := range []token.Hash{here(name, address), anywhere(name)} {
		found := a.wrong[key]
		if now.Sub(found.last) >= attemptsWindow {
			found.count = 0
		}
		a.wrong[key] = attempt{found.count + 1, now}
	}
}

func (a *Attempts) makeRoom(now time.Time) {
	if len(a.wrong) >= attemptsKept {
		maps.DeleteFunc(a.wrong, func(_ token.Hash, old attempt) bool { return now.Sub(old.last) >= attemptsWindow })
	}
	// Whoever makes names up guesses once at each: those go first.
	if len(a.wrong) >= attemptsKept {
		maps.DeleteFunc(a.wrong, func(_ token.Hash, old attempt) bool { return old.count == 1 })
	}
	if len(a.wrong) >= attemptsKept {
		clear(a.wrong)
	}
}

// Right forgets the wrong guesses at name from address.
func (a *Attempts) Right(name, address string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.wrong, here(name, address))
}
