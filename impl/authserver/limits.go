package authserver

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// countedLater are the endpoints that find out first whether a client proves
// who it is, and the questions of those who watch over the server.
var countedLater = []string{"/oauth/token", "/oauth/introspect", "/oauth/revoke", "/health", "/ready"}

// limited answers so many requests of each address as the policy says.
func (s *Server) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains(countedLater, r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		in := realm.From(r.Context())
		address := ofAddress(r.Context(), in)
		if refused := address.exceeded(r.Context(), in); refused != nil {
			s.fail(w, r, refused)
			return
		}
		address.count(in)
		next.ServeHTTP(w, r)
	})
}

// authenticate finds the client that sent the request, within the limits. A
// client that proves who it is is counted for itself, and everybody else for
// the address, so that strangers use up nothing of a client's.
func authenticate(ctx context.Context, id, secret *string) (store.Client, error) {
	r := realm.From(ctx)
	sender := ofAddress(ctx, r)
	if refused := sender.exceeded(ctx, r); refused != nil {
		return store.Client{}, refused
	}
	client, err := identify(ctx, id, secret)
	if err != nil {
		sender.count(r)
		r.Audit.Tell(ctx, failureOf(err), audit.Reason(err))
		return store.Client{}, err
	}
	if client.Confidential() {
		sender = ofClient(ctx, r, client)
		if refused := sender.exceeded(ctx, r); refused != nil {
			return store.Client{}, refused
		}
	}
	sender.count(r)
	return client, nil
}

// failureOf tells who guessed too often from who failed once.
func failureOf(err error) string {
	if refused := new(wire.Error); errors.As(err, &refused) && refused.StatusCode() == http.StatusTooManyRequests {
		return audit.ClientLocked
	}
	return audit.ClientFailed
}

// counted is somebody whose requests are counted, against a rate.
type counted struct {
	name    string
	allowed wire.Rate
}

// ofAddress counts for the address of the request.
func ofAddress(ctx context.Context, r *realm.Realm) counted {
	address := audit.About(ctx).Address
	allowed := rateFrom(address, r, r.Policy().Rates.Address)
	if allowed == (wire.Rate{}) {
		return counted{}
	}
	return counted{"address " + wire.Network(address), allowed}
}

// ofClient counts for a client that proved who it is.
func ofClient(ctx context.Context, r *realm.Realm, client store.Client) counted {
	return counted{"client " + client.ID, rateFrom(audit.About(ctx).Address, r, r.Policy().Rates.Client)}
}

func rateFrom(address string, r *realm.Realm, perSecond int) wire.Rate {
	if perSecond == 0 || spared(r, address) {
		return wire.Rate{}
	}
	return wire.PerSecond(perSecond)
}

// spared tells whether a request is one of this machine, for which the policy
// has no limits. What came through a proxy is none: see wire.Proxied.
func spared(r *realm.Realm, address string) bool {
	return r.Policy().Rates.SpareLoopback && redirecturi.IsLoopback(address)
}

// exceeded asks to wait where all of the limit is used up, and keeps record of
// that now and then, as whoever floods the server is not to flood the record.
func (c counted) exceeded(ctx context.Context, r *realm.Realm) *wire.Error {
	now := r.Clock.Now()
	wait := r.Requests.Wait(c.name, c.allowed, now)
	if wait == 0 || r.Faults().Has(fault.RequestsUnlimited) {
		return nil
	}
	refused := wire.TooManyRequests(wait.Round(time.Millisecond), "too many requests; try again later")
	if r.Requests.Notable(c.name, c.allowed, now) {
		r.Audit.Tell(ctx, audit.RequestLimited, refused.Code)
	}
	return refused
}

func (c counted) count(r *realm.Realm) { r.Requests.Count(c.name, c.allowed, r.Clock.Now()) }
