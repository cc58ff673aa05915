package token

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/bounded"
	"github.com/grantproof/grantproof/impl/outbound"
)

// RemoteKeySets are key sets that clients publish at a URL. They are kept for a
// while, so that new keys are found without a restart and withdrawn ones work
// no more.
type RemoteKeySets struct {
	now      func() time.Time
	loopback bool // Whether this machine is a place for keys.

	mu   sync.Mutex // Of looking whether a set is there, and adding it.
	sets *bounded.Cache[string, *remoteSet]
}

type remoteSet struct {
	mu        sync.Mutex
	keys      KeySet
	fetchedAt time.Time // Long ago where it never was.
	triedAt   time.Time // Of the last fetch but a first one that went well.
}

const (
	remoteLifetime = 5 * time.Minute // For how long a set is believed.
	remoteInterval = time.Second     // Between two fetches of a set.
	remoteTimeout  = 3 * time.Second
	maxRemoteSize  = 64 << 10 // Bytes.
)

// remoteLimits: a set has at most maxRemoteSize bytes, so that all have 32 MB,
// and one host has a share of them.
var remoteLimits = bounded.Limits{Entries: 500, Share: 50}

// ErrRemoteKeys says that the keys of a client cannot be had now.
var ErrRemoteKeys = errors.New("the keys at jwks_uri cannot be had")

// NewRemoteKeySets returns an empty cache of the server at issuer; now is the
// time by which sets age. Only a server that is on loopback itself looks there
// for keys, where clients could else make it ask what nobody outside may.
func NewRemoteKeySets(issuer string, now func() time.Time) *RemoteKeySets {
	parsed, err := url.Parse(issuer)
	return &RemoteKeySets{now: now, loopback: err == nil && outbound.IsLoopback(parsed.Hostname()), sets: bounded.New[string, *remoteSet](remoteLimits)}
}

// publicly reaches public addresses alone, so that a client cannot make the
// server look around in the network behind it; locally reaches loopback too,
// where the URL says so.
var (
	publicly = outbound.NewClient(outbound.Public, remoteTimeout)
	locally  = outbound.NewClient(outbound.PublicAndLoopback, remoteTimeout)
)

// CheckKeysURI refuses what is no place for keys: they are fetched by HTTPS, or
// by HTTP on loopback.
func CheckKeysURI(address string) error {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.User != nil || parsed.Fragment != "" {
		return errors.New("jwks_uri: not an absolute URL without user and fragment")
	}
	if parsed.Scheme == "https" || parsed.Scheme == "http" && outbound.IsLoopback(parsed.Hostname()) {
		return nil
	}
	return errors.New("jwks_uri: neither https nor http on loopback")
}

// Keys returns the set at address. Where wanted says that it lacks a key, it is
// fetched again, at most once a second (OpenID Connect Core section 10.1.1,
// https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys).
func (r *RemoteKeySets) Keys(ctx context.Context, address string, wanted func(KeySet) bool) (KeySet, error) {
	set := r.at(address)
	set.mu.Lock()
	defer set.mu.Unlock()
	now := r.now()
	fresh := now.Sub(set.fetchedAt) < remoteLifetime
	tooSoon := now.Sub(set.triedAt) < remoteInterval
	switch {
	case fresh && (tooSoon || wanted(set.keys)):
		return set.keys, nil
	case tooSoon:
		return nil, ErrRemoteKeys
	}
	// Others wait for the same answer, so that it does not end with one request.
	keys, err := r.fetch(context.WithoutCancel(ctx), address)
	if err != nil || !set.fetchedAt.IsZero() {
		set.triedAt = now
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRemoteKeys, err)
	}
	set.keys, set.fetchedAt = keys, now
	return keys, nil
}

// at is the set at an address, which has to be fetched where it is new here.
func (r *RemoteKeySets) at(address string) *remoteSet {
	r.mu.Lock()
	defer r.mu.Unlock()
	if known, ok := r.sets.Get(address); ok {
		return known
	}
	host := ""
	if parsed, err := url.Parse(address); err == nil {
		host = parsed.Hostname()
	}
	set := &remoteSet{}
	r.sets.Add(address, set, bounded.Cost{Owner: host})
	return set
}

func (r *RemoteKeySets) fetch(ctx context.Context, address string) (KeySet, error) {
	if err := CheckKeysURI(address); err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/jwk-set+json, application/json")
	client := publicly
	if r.loopback && outbound.IsLoopback(request.URL.Hostname()) {
		client = locally
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("answered with status %d", response.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxRemoteSize+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxRemoteSize {
		return nil, fmt.Errorf("larger than %d bytes", maxRemoteSize)
	}
	return ParseKeySet(body)
}
