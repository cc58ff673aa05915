package oauthclient

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"
)

// Saved is what a Handler keeps: what is said to one server is of no use at
// another, so that each entry names its own
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/client-registration#authorization-server-binding).
type Saved struct {
	Registrations map[string]Registration `json:"registrations"` // By issuer.
	Tokens        map[string]Tokens       `json:"tokens"`        // By resource.
}

// Registration is a client that registered itself.
type Registration struct {
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret,omitempty"`
	AuthMethod   string `json:"token_endpoint_auth_method"`
	RedirectURI  string `json:"redirect_uri"`
	ExpiresAt    int64  `json:"client_secret_expires_at,omitempty"` // Seconds since 1970; 0 for never.
}

// Tokens are what one authorization server issued for one resource.
type Tokens struct {
	Issuer       string `json:"issuer"`
	Grant        string `json:"grant"` // By which they were got at first.
	ClientID     string `json:"client_id"`
	AccessToken  string `json:"access_token,omitempty"`
	RefreshToken string `json:"refresh_token,omitempty"`
	Resource     string `json:"resource"` // As the server spells it.
	Scope        string `json:"scope"`    // What was granted.
	Requested    string `json:"requested_scope"`
	// When it is renewed and when it ends; zero where the server does not say.
	RenewAt   time.Time `json:"renew_at,omitzero"`
	ExpiresAt time.Time `json:"expires_at,omitzero"`

	// onRefusal is when the access token was got because another was refused; zero where
	// it was got for another reason.
	onRefusal time.Time
}

// Store keeps registrations and tokens. It is safe for concurrent use.
type Store interface {
	Load() (Saved, error)
	// Update changes what is kept, at once or not at all.
	Update(change func(*Saved)) error
	// Alone does work while nobody else who uses the store does any for the same
	// purpose: one refresh token is redeemed once, or its whole family ends (RFC 9700
	// section 4.14.2, https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2). It fails
	// where the others do not end in time.
	Alone(ctx context.Context, purpose string, work func(context.Context) error) error
}

// memoryStore forgets with the process.
type memoryStore struct {
	mu    sync.Mutex
	saved Saved
	busy  map[string]chan struct{} // By purpose; one who puts something in works.
}

// NewMemoryStore returns a Store that forgets with the process.
func NewMemoryStore() Store {
	return &memoryStore{saved: Saved{}.clone(), busy: map[string]chan struct{}{}}
}

// Load implements Store.
func (s *memoryStore) Load() (Saved, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.saved.clone(), nil
}

// Update implements Store.
func (s *memoryStore) Update(change func(*Saved)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.saved)
	return nil
}

// Alone implements Store.
func (s *memoryStore) Alone(ctx context.Context, purpose string, work func(context.Context) error) error {
	turn := s.turn(purpose)
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
		return alone(ctx, work)
	case <-ctx.Done():
		return fmt.Errorf("%w for %s: %w", errHeld, purpose, ctx.Err())
	}
}

func (s *memoryStore) turn(purpose string) chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.busy[purpose] == nil {
		s.busy[purpose] = make(chan struct{}, 1)
	}
	return s.busy[purpose]
}

// maxRegistrations is at how many authorization servers the client stays
// registered. A resource server that names another one each time fills nothing.
const maxRegistrations = 256

// register keeps a registration, in the place of one without tokens where there
// are too many: that client registers again if it is needed.
func (s *Saved) register(issuer string, registration Registration) {
	if _, known := s.Registrations[issuer]; !known && len(s.Registrations) >= maxRegistrations {
		used := map[string]bool{}
		for _, tokens := range s.Tokens {
			used[tokens.Issuer] = true
		}
		for other := range s.Registrations {
			if !used[other] {
				delete(s.Registrations, other)
				break
			}
		}
	}
	s.Registrations[issuer] = registration
}

// clone returns a copy whose maps can be written to.
func (s Saved) clone() Saved {
	copied := Saved{Registrations: map[string]Registration{}, Tokens: map[string]Tokens{}}
	maps.Copy(copied.Registrations, s.Registrations)
	maps.Copy(copied.Tokens, s.Tokens)
	return copied
}
