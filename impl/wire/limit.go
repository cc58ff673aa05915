package wire

import (
	"net"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limiter allows each address so much an hour; the zero value is ready.
type Limiter struct {
	mu        sync.Mutex
	addresses map[netip.Prefix]*rate.Limiter
}

// maxAddresses bounds the memory: who has all of the limit again is forgotten,
// and beyond that all further addresses share one limit.
const maxAddresses = 10_000

// Wait is how long whoever sends from remote (HOST:PORT) has to wait for the
// next of perHour; 0: not at all, and this one counts.
func (l *Limiter) Wait(remote string, perHour int, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	limiter := l.of(network(remote), perHour, now)
	reservation := limiter.ReserveN(now, 1)
	wait := reservation.DelayFrom(now)
	if wait > 0 {
		reservation.CancelAt(now)
	}
	return wait
}

func (l *Limiter) of(address netip.Prefix, perHour int, now time.Time) *rate.Limiter {
	if l.addresses == nil {
		l.addresses = map[netip.Prefix]*rate.Limiter{}
	}
	if l.addresses[address] == nil && len(l.addresses) >= maxAddresses {
		l.forget(now)
	}
	if l.addresses[address] == nil && len(l.addresses) >= maxAddresses {
		address = others
	}
	if limiter, ok := l.addresses[address]; ok && limiter.Burst() == perHour {
		return limiter
	}
	limiter := rate.NewLimiter(rate.Every(time.Hour/time.Duration(perHour)), perHour)
	l.addresses[address] = limiter
	return limiter
}

// others stands for the addresses that find no room.
var others netip.Prefix

// forget drops whoever has all of the limit again.
func (l *Limiter) forget(now time.Time) {
	for address, limiter := range l.addresses {
		if limiter.TokensAt(now) >= float64(limiter.Burst()) {
			delete(l.addresses, address)
		}
	}
}

// network is the address of remote; of IPv6 the network of 64 bits, as one
// subscriber has all of it.
func network(remote string) netip.Prefix {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return others
	}
	address = address.Unmap().WithZone("")
	bits := address.BitLen()
	if address.Is6() {
		bits = 64
	}
	prefix, _ := address.Prefix(bits)
	return prefix
}
