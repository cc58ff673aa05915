package world

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"sync"

	"github.com/grantproof/grantproof/harness/exchange"
)

// Ledger lists the clients that registered themselves at a target, until it
// deletes them again. Without one, nothing is listed.
type Ledger struct {
	mu    sync.Mutex
	all   int
	there map[string]bool
}

func (l *Ledger) made(client string) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.there == nil {
		l.there = map[string]bool{}
	}
	l.all++
	l.there[client] = true
}

func (l *Ledger) deleted(client string) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.there, client)
}

// Registrations says how many clients registered themselves at the target, and
// which of them are still there.
func (l *Ledger) Registrations() (made int, remaining []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all, slices.Sorted(maps.Keys(l.there))
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

// EndRegistrations deletes the registrations that the scenario made, where the
// server lets it, and returns its answers.
func (w *World) EndRegistrations(ctx context.Context) []*exchange.Exchange {
	var answers []*exchange.Exchange
	for uri, registration := range w.Realm.registered {
		answer, _ := w.Log.Send(ctx, exchange.Request{
			Endpoint: exchange.ClientConfiguration, Method: http.MethodDelete, URL: uri,
			Header: http.Header{"Authorization": {"Bearer " + registration.token}},
		})
		if answer.Status/100 == 2 {
			w.Realm.Ledger.deleted(registration.client)
		}
		answers = append(answers, answer)
	}
	clear(w.Realm.registered)
	return answers
}
