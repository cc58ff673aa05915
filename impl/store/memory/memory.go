// Package memory is the store that lives as long as its realm. It owns no
// files and needs no clean-up.
package memory

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// Store implements store.Store.
type Store struct {
	mu      sync.Mutex
	clients map[string]store.Client
	users   map[string]store.User
	grants  map[string]store.Grant
	codes   map[token.Hash]*code
	refresh map[token.Hash]store.RefreshToken
	marks   map[token.Hash]time.Time // By the hash of their names, which others choose at any length.
	tasks   map[string]store.Task
	keys    []store.Key
	serial  int

	sessions map[token.Hash]store.Session
	// sessionBytes is the length of the data of all sessions.
	sessionBytes int
	consents     map[consentKey]store.Consent
	events       []store.Event
	attempts     map[token.Hash]counted
}

type code struct {
	store.Code
	used bool
}

var _ store.Store = (*Store)(nil)

// New returns an empty store.
func New() *Store {
	return &Store{
		clients: map[string]store.Client{}, users: map[string]store.User{}, grants: map[string]store.Grant{},
		codes: map[token.Hash]*code{}, refresh: map[token.Hash]store.RefreshToken{}, marks: map[token.Hash]time.Time{},
		tasks: map[string]store.Task{}, sessions: map[token.Hash]store.Session{}, consents: map[consentKey]store.Consent{},
		attempts: map[token.Hash]counted{},
	}
}

func get[K comparable, V any](s *Store, from map[K]V, key K) (V, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, ok := from[key]
	if !ok {
		return value, store.ErrNotFound
	}
	return value, nil
}

func put[K comparable, V any](s *Store, to map[K]V, key K, value V) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	to[key] = value
	return nil
}

func change[V any](s *Store, of map[string]V, id string, change func(*V) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, ok := of[id]
	if !ok {
		return store.ErrNotFound
	}
	err := change(&value)
	if err == nil {
		of[id] = value
	}
	return err
}

// Client implements store.Clients.
func (s *Store) Client(_ context.Context, id string) (store.Client, error) {
	return get(s, s.clients, id)
}

// PutClient implements store.Clients.
func (s *Store) PutClient(_ context.Context, client store.Client) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if before, known := s.clients[client.ID]; known && before.UnusedUntil.IsZero() {
		client.UnusedUntil = time.Time{}
	}
	s.clients[client.ID] = client
	return nil
}

// KeepClient implements store.Clients.
func (s *Store) KeepClient(_ context.Context, id string, until time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if client, known := s.clients[id]; known && !client.UnusedUntil.IsZero() {
		client.UnusedUntil = until
		s.clients[id] = client
	}
	return nil
}

// ChangeClient implements store.Clients.
func (s *Store) ChangeClient(_ context.Context, id string, do func(*store.Client) error) error {
	return change(s, s.clients, id, do)
}

// Clients implements store.Clients; they come in the order of their ids.
func (s *Store) Clients(context.Context) ([]store.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.SortedFunc(maps.Values(s.clients), func(a, b store.Client) int { return cmp.Compare(a.ID, b.ID) }), nil
}

// DeleteClient implements store.Clients.
func (s *Store) DeleteClient(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.clients, id)
	for key, grant := range s.grants {
		if grant.ClientID == id {
			grant.Revoked = true
			s.grants[key] = grant
		}
	}
	return nil
}

// User implements store.Users.
func (s *Store) User(_ context.Context, id string) (store.User, error) {
	user, err := get(s, s.users, id)
	user.Preferences = maps.Clone(user.Preferences)
	return user, err
}

// Users implements store.Users.
func (s *Store) Users(context.Context) ([]store.User, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.SortedFunc(maps.Values(s.users), func(a, b store.User) int { return cmp.Compare(a.Username, b.Username) }), nil
}

// PutUser implements store.Users.
func (s *Store) PutUser(_ context.Context, user store.User) error {
	user.Preferences = maps.Clone(user.Preferences)
	return put(s, s.users, user.ID, user)
}

// Grant implements store.Grants.
func (s *Store) Grant(_ context.Context, id string) (store.Grant, error) {
	return get(s, s.grants, id)
}

// PutGrant implements store.Grants.
func (s *Store) PutGrant(_ context.Context, grant store.Grant) error {
	return put(s, s.grants, grant.ID, grant)
}

// RevokeGrant implements store.Grants.
func (s *Store) RevokeGrant(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if grant, ok := s.grants[id]; ok {
		grant.Revoked = true
		s.grants[id] = grant
	}
	return nil
}

// PutCode implements store.Codes.
func (s *Store) PutCode(_ context.Context, c store.Code) error {
	return put(s, s.codes, c.Hash, &code{Code: c})
}

// Code implements store.Codes.
func (s *Store) Code(_ context.Context, hash token.Hash) (store.Code, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.codes[hash]
	if !ok {
		return store.Code{}, store.ErrNotFound
	}
	return found.Code, nil
}

// TakeCode implements store.Codes.
func (s *Store) TakeCode(_ context.Context, hash token.Hash) (store.Code, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.codes[hash]
	if !ok {
		return store.Code{}, store.ErrNotFound
	}
	if found.used {
		return found.Code, store.ErrUsed
	}
	found.used = true
	return found.Code, nil
}

// RefreshToken implements store.RefreshTokens.
func (s *Store) RefreshToken(_ context.Context, hash token.Hash) (store.RefreshToken, error) {
	return get(s, s.refresh, hash)
}

// PutRefreshToken implements store.RefreshTokens.
func (s *Store) PutRefreshToken(_ context.Context, refresh store.RefreshToken) error {
	return put(s, s.refresh, refresh.Hash, refresh)
}

// TakeRefreshToken implements store.RefreshTokens.
func (s *Store) TakeRefreshToken(_ context.Context, hash token.Hash, at time.Time) (store.RefreshToken, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.refresh[hash]
	if !ok {
		return found, store.ErrNotFound
	}
	if !found.UsedAt.IsZero() {
		return found, store.ErrUsed
	}
	found.UsedAt = at
	s.refresh[hash] = found
	return found, nil
}

// Mark implements store.Marks.
func (s *Store) Mark(_ context.Context, name string, until time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	hash := token.HashOf(name)
	if _, ok := s.marks[hash]; ok {
		return store.ErrUsed
	}
	s.marks[hash] = until
	return nil
}

// Marked implements store.Marks.
func (s *Store) Marked(_ context.Context, name string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.marks[token.HashOf(name)]
	return ok, nil
}

// Task implements store.Tasks.
func (s *Store) Task(_ context.Context, id string) (store.Task, error) { return get(s, s.tasks, id) }

// TasksOf implements store.Tasks; the oldest comes first.
func (s *Store) TasksOf(_ context.Context, userIDs []string) ([]store.Task, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []store.Task
	for _, task := range s.tasks {
		if slices.Contains(userIDs, task.UserID) {
			found = append(found, task)
		}
	}
	slices.SortFunc(found, func(a, b store.Task) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	return found, nil
}

// CreateTask implements store.Tasks.
func (s *Store) CreateTask(_ context.Context, task store.Task) (store.Task, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serial++
	task.ID = fmt.Sprintf("task-%d", s.serial)
	s.tasks[task.ID] = task
	return task, nil
}

// PutTask implements store.Tasks.
func (s *Store) PutTask(_ context.Context, task store.Task) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.tasks[task.ID]; !ok {
		return store.ErrNotFound
	}
	s.tasks[task.ID] = task
	return nil
}

// DeleteTask implements store.Tasks.
func (s *Store) DeleteTask(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.tasks[id]; !ok {
		return store.ErrNotFound
	}
	delete(s.tasks, id)
	return nil
}

// Probe implements store.Store.
func (*Store) Probe(context.Context, time.Time) error { return nil }

// Sweep implements store.Store.
func (s *Store) Sweep(_ context.Context, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.grants, func(_ string, grant store.Grant) bool { return grant.ExpiresAt.Before(now) })
	maps.DeleteFunc(s.codes, func(_ token.Hash, c *code) bool { return c.ExpiresAt.Before(now) })
	maps.DeleteFunc(s.refresh, func(_ token.Hash, refresh store.RefreshToken) bool { return refresh.ExpiresAt.Before(now) })
	s.sweepSessions(now)
	maps.DeleteFunc(s.clients, func(_ string, client store.Client) bool {
		return !client.UnusedUntil.IsZero() && client.UnusedUntil.Before(now)
	})
	s.events = slices.DeleteFunc(s.events, func(e store.Event) bool { return e.ExpiresAt.Before(now) })
	maps.DeleteFunc(s.marks, func(_ token.Hash, until time.Time) bool { return until.Before(now) })
	maps.DeleteFunc(s.attempts, func(_ token.Hash, c counted) bool { return c.expires().Before(now) })
	return nil
}
