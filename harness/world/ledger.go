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
	later map[string]SelfRegistered // By registration_client_uri: could not be deleted in its time.
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
		switch {
		case answer.Status/100 == 2:
			w.Realm.Ledger.Deleted(registration.Client)
		case answer.Status == 0 || answer.Status == http.StatusTooManyRequests || answer.Status >= http.StatusInternalServerError:
			w.Realm.Ledger.keep(uri, registration)
		}
		answers = append(answers, answer)
	}
	clear(w.Realm.Registered)
	return answers
}

// keep keeps a registration that could not be deleted, for the end of the run.
func (l *Ledger) keep(uri string, registration SelfRegistered) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.later == nil {
		l.later = map[string]SelfRegistered{}
	}
	l.later[uri] = registration
}

// EndRegistrations deletes the registrations that could not be deleted when their
// scenarios ended, because the target was at a limit or in trouble then.
func (r *Run) EndRegistrations(ctx context.Context) {
	r.Ledger.mu.Lock()
	later := r.Ledger.later
	r.Ledger.later = nil
	r.Ledger.mu.Unlock()
	if len(later) == 0 {
		return
	}
	w := r.New()
	w.Realm = &Realm{Ledger: &r.Ledger, Registered: later}
	w.EndRegistrations(context.WithoutCancel(ctx))
}
