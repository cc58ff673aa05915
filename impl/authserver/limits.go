package authserver

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/rule"
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
		if refused := ofAddress(r.Context(), in).take(r.Context(), in); refused != nil {
			s.fail(w, r, refused)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// authenticate finds the client that sent the request, within the limits. A
// request is counted once it is clear for whom: a client that proves its identity
// is counted for itself, and everybody else for the address, so that strangers
// use up nothing of a client's, and a client nothing of its neighbours'. What
// finds no room when it is counted is refused, whatever came of it.
func authenticate(ctx context.Context, id, secret *string) (store.Client, error) {
	r := realm.From(ctx)
	sender := ofAddress(ctx, r)
	// An address with no room left costs no work.
	if wait := r.Requests.Wait(sender.name, sender.allowed, r.Clock.Now()); wait > 0 {
		if refused := sender.refuse(ctx, r, wait); refused != nil {
			return store.Client{}, refused
		}
	}
	client, err := identify(ctx, id, secret)
	if err != nil {
		tellFailure(ctx, r, err)
	} else if client.Confidential() {
		sender = ofClient(ctx, r, client)
	}
	if refused := sender.take(ctx, r); refused != nil {
		return store.Client{}, refused
	}
	return client, err
}

// tellFailure records that a client did not prove who it is, or that too many
// wrong secrets came before.
func tellFailure(ctx context.Context, r *realm.Realm, err error) {
	if refused := new(wire.Error); errors.As(err, &refused) && refused.StatusCode() == http.StatusTooManyRequests {
		tellLocked(ctx, r, audit.ClientLocked)
		return
	}
	r.Audit.Tell(ctx, audit.ClientFailed, audit.Reason(err))
}

// tellLocked records once a minute that a network guesses on where nothing is
// judged any more: each further guess is the same decision.
func tellLocked(ctx context.Context, r *realm.Realm, event string) {
	if r.Requests.Notable(event+" "+wire.Network(audit.About(ctx).Address), wire.Rate{}, r.Clock.Now()) {
		r.Audit.Tell(ctx, event, "")
	}
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
	if spared(r, address) {
		perSecond = 0
	}
	return RequestRate.In(r)(perSecond)
}

// RequestRate is how many requests are answered before a sender is asked to wait (RFC
// 6585 section 4, https://www.rfc-editor.org/rfc/rfc6585#section-4); the zero value is
// any number.
var RequestRate = rule.New(func(perSecond int) wire.Rate {
	if perSecond == 0 {
		return wire.Rate{}
	}
	return wire.PerSecond(perSecond)
})

// spared tells whether a request is one of this machine, for which the policy
// has no limits. What came through a proxy is none: see wire.Proxied.
func spared(r *realm.Realm, address string) bool {
	return r.Policy().Rates.SpareLoopback && redirecturi.IsLoopback(address)
}

// take counts a request, or refuses it where all of the limit is used up.
func (c counted) take(ctx context.Context, r *realm.Realm) *wire.Error {
	if wait := r.Requests.Take(c.name, c.allowed, r.Clock.Now()); wait > 0 {
		return c.refuse(ctx, r, wait)
	}
	return nil
}

// refuse asks to wait, and keeps record of that now and then, so that a flood of
// requests does not flood the record.
func (c counted) refuse(ctx context.Context, r *realm.Realm, wait time.Duration) *wire.Error {
	refused := wire.TooManyRequests(wait.Round(time.Millisecond), "too many requests; try again later")
	if r.Requests.Notable(c.name, c.allowed, r.Clock.Now()) {
		r.Audit.Tell(ctx, audit.RequestLimited, refused.Code)
	}
	return refused
}
