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

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// Store implements store.Store.
type Store struct {
	mu      sync.Mutex
	clients map[string]store.Client
	users   map[string]store.User
	codes   map[token.Hash]store.Code
	tasks   map[string]store.Task
	serial  int
}

var _ store.Store = (*Store)(nil)

// New returns an empty store.
func New() *Store {
	return &Store{
		clients: map[string]store.Client{}, users: map[string]store.User{},
		codes: map[token.Hash]store.Code{}, tasks: map[string]store.Task{},
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

func take[K comparable, V any](s *Store, from map[K]V, key K) (V, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, ok := from[key]
	if !ok {
		return value, store.ErrNotFound
	}
	delete(from, key)
	return value, nil
}

// Client implements store.Clients.
func (s *Store) Client(_ context.Context, id string) (store.Client, error) {
	return get(s, s.clients, id)
}

// PutClient implements store.Clients.
func (s *Store) PutClient(_ context.Context, client store.Client) error {
	return put(s, s.clients, client.ID, client)
}

// Clients implements store.Clients; they come in the order of their ids.
func (s *Store) Clients(context.Context) ([]store.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.SortedFunc(maps.Values(s.clients), func(a, b store.Client) int { return cmp.Compare(a.ID, b.ID) }), nil
}

// User implements store.Users.
func (s *Store) User(_ context.Context, id string) (store.User, error) {
	user, err := get(s, s.users, id)
	user.Preferences = maps.Clone(user.Preferences)
	return user, err
}

// PutUser implements store.Users.
func (s *Store) PutUser(_ context.Context, user store.User) error {
	user.Preferences = maps.Clone(user.Preferences)
	return put(s, s.users, user.ID, user)
}

// PutCode implements store.Codes.
func (s *Store) PutCode(_ context.Context, code store.Code) error {
	return put(s, s.codes, code.Hash, code)
}

// TakeCode implements store.Codes.
func (s *Store) TakeCode(_ context.Context, hash token.Hash) (store.Code, error) {
	return take(s, s.codes, hash)
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
	_, err := take(s, s.tasks, id)
	return err
}
