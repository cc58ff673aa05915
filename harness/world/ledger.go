package world

import (
	"maps"
	"slices"
	"sync"
)

// ledger holds the clients that registered themselves at a target until it
// deletes them again.
type ledger struct {
	mu    sync.Mutex
	all   int
	there map[string]bool
}

// registered is a client that registered itself.
type registered struct{ client, token string }

// remember keeps a client that registered itself in the realm, by its
// registration_client_uri.
func (r *Realm) remember(uri string, client registered) {
	if r.registered == nil {
		r.registered = map[string]registered{}
	}
	r.registered[uri] = client
}

func (l *ledger) made(client string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.there == nil {
		l.there = map[string]bool{}
	}
	l.all++
	l.there[client] = true
}

func (l *ledger) deleted(client string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.there, client)
}

// Registrations says how many clients registered themselves at the target, and
// which of them are still there.
func (r *Run) Registrations() (made int, remaining []string) {
	r.ledger.mu.Lock()
	defer r.ledger.mu.Unlock()
	return r.ledger.all, slices.Sorted(maps.Keys(r.ledger.there))
}
