package main

import (
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"sync"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// storage implements op.Storage and op.ClientCredentialsStorage. Tokens that
// come of one approval are a family, which has the name of the request.
type storage struct {
	key     key
	clients map[string]*client

	mu       sync.Mutex
	requests map[string]*request // By id.
	codes    map[string]*request
	access   map[string]accessToken
	refresh  map[string]*refreshToken
}

var (
	_ op.Storage                   = &storage{}
	_ op.ClientCredentialsStorage  = &storage{}
	_ op.CanSetUserinfoFromRequest = &storage{}
)

var errUnknown = errors.New("unknown")

func newStorage(clients map[string]*client, key key) *storage {
	return &storage{key: key, clients: clients, requests: map[string]*request{}, codes: map[string]*request{}, access: map[string]accessToken{}, refresh: map[string]*refreshToken{}}
}

// CreateAuthRequest takes requests with a code challenge alone, which the
// library leaves to the storage.
func (s *storage) CreateAuthRequest(_ context.Context, asked *oidc.AuthRequest, hinted string) (op.AuthRequest, error) {
	switch {
	case asked.CodeChallenge == "" || asked.CodeChallengeMethod != oidc.CodeChallengeMethodS256:
		return nil, oidc.ErrInvalidRequest().WithDescription("a code challenge of the method S256 is required")
	case len(asked.Scopes) == 0: // All others were taken out.
		return nil, oidc.ErrInvalidScope()
	case hinted != "" && hinted != owner.id:
		return nil, oidc.ErrLoginRequired()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	made := &request{AuthRequest: *asked, id: rand.Text(), created: time.Now()}
	s.requests[made.id] = made
	return made, nil
}

func (s *storage) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	found, ok := s.request(id)
	if !ok {
		return nil, errUnknown
	}
	return found, nil
}

// request is a copy: what it is changes under the lock alone.
func (s *storage) request(id string) (*request, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.requests[id]
	if !ok {
		return nil, false
	}
	copied := *found
	return &copied, true
}

// approve lets the library issue a code for a request.
func (s *storage) approve(id string, authTime time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if found, ok := s.requests[id]; ok {
		found.done, found.subject, found.authTime = true, owner.id, authTime
	}
}

// SaveAuthCode takes one code for each request.
func (s *storage) SaveAuthCode(_ context.Context, id, code string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.requests[id]
	if !ok || found.code != "" {
		return oidc.ErrInvalidRequest()
	}
	found.code, s.codes[code] = code, found
	return nil
}

// AuthRequestByCode finds codes that were redeemed as well: whether their
// tokens end, is decided when it is known who asks.
func (s *storage) AuthRequestByCode(_ context.Context, code string) (op.AuthRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.codes[code]
	if !ok || time.Since(found.created) > 10*time.Minute {
		return nil, errUnknown
	}
	copied := *found
	return &copied, nil
}

func (s *storage) DeleteAuthRequest(context.Context, string) error { return nil }

// redeem takes the code of a request once; a second time ends what the first
// brought.
func (s *storage) redeem(id string) error {
	found := s.requests[id]
	if found.redeemed {
		s.endFamily(id)
		return oidc.ErrInvalidGrant()
	}
	found.redeemed = true
	return nil
}

func (s *storage) endFamily(family string) {
	maps.DeleteFunc(s.access, func(_ string, token accessToken) bool { return token.family == family })
	maps.DeleteFunc(s.refresh, func(_ string, token *refreshToken) bool { return token.family == family })
}
