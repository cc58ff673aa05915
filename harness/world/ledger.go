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

// Made lists a client.
func (l *Ledger) Made(client string) {
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

// Deleted takes a client off the list.
func (l *Ledger) Deleted(client string) {
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

// SelfRegistered is a client that registered itself, with its registration access token.
type SelfRegistered struct{ Client, Token string }

// Remember keeps a client that registered itself in the realm, by its
// registration_client_uri.
func (r *Realm) Remember(uri string, client SelfRegistered) {
	if r.Registered == nil {
		r.Registered = map[string]SelfRegistered{}
	}
	r.Registered[uri] = client
}

// EndRegistrations deletes the registrations that the scenario made, where the
// server lets it, and returns its answers.
func (w *World) EndRegistrations(ctx context.Context) []*exchange.Exchange {
	var answers []*exchange.Exchange
	for uri, registration := range w.Realm.Registered {
		answer, _ := w.Log.Send(ctx, exchange.Request{
			Endpoint: exchange.ClientConfiguration, Method: http.MethodDelete, URL: uri,
			Header: http.Header{"Authorization": {"Bearer " + registration.Token}},
		})
		if answer.Status/100 == 2 {
			w.Realm.Ledger.Deleted(registration.Client)
		}
		answers = append(answers, answer)
	}
	clear(w.Realm.Registered)
	return answers
}
