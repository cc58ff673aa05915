package store

import (
	"context"
	"time"

	"github.com/grantproof/grantproof/impl/token"
)

// Down is a store that cannot be reached.
type Down struct{}

var _ Store = Down{}

// Client implements Clients.
func (Down) Client(context.Context, string) (Client, error) { return Client{}, ErrUnavailable }

// PutClient implements Clients.
func (Down) PutClient(context.Context, Client) error { return ErrUnavailable }

// ChangeClient implements Clients.
func (Down) ChangeClient(context.Context, string, func(*Client) error) error { return ErrUnavailable }

// KeepClient implements Clients.
func (Down) KeepClient(context.Context, string, time.Time) error { return ErrUnavailable }

// Clients implements Clients.
func (Down) Clients(context.Context) ([]Client, error) { return nil, ErrUnavailable }

// DeleteClient implements Clients.
func (Down) DeleteClient(context.Context, string) error { return ErrUnavailable }

// User implements Users.
func (Down) User(context.Context, string) (User, error) { return User{}, ErrUnavailable }

// UserByName implements Users.
func (Down) UserByName(context.Context, string) (User, error) { return User{}, ErrUnavailable }

// ChangeUser implements Users.
func (Down) ChangeUser(context.Context, string, func(*User) error) error { return ErrUnavailable }

// Users implements Users.
func (Down) Users(context.Context) ([]User, error) { return nil, ErrUnavailable }

// PutUser implements Users.
func (Down) PutUser(context.Context, User) error { return ErrUnavailable }

// DeleteUser implements Users.
func (Down) DeleteUser(context.Context, string) error { return ErrUnavailable }

// Grant implements Grants.
func (Down) Grant(context.Context, string) (Grant, error) { return Grant{}, ErrUnavailable }

// GrantsOf implements Grants.
func (Down) GrantsOf(context.Context, string) ([]Grant, error) { return nil, ErrUnavailable }

// PutGrant implements Grants.
func (Down) PutGrant(context.Context, Grant) error { return ErrUnavailable }

// RevokeGrant implements Grants.
func (Down) RevokeGrant(context.Context, string) error { return ErrUnavailable }

// PutCode implements Codes.
func (Down) PutCode(context.Context, Code) error { return ErrUnavailable }

// Code implements Codes.
func (Down) Code(context.Context, token.Hash) (Code, error) { return Code{}, ErrUnavailable }

// TakeCode implements Codes.
func (Down) TakeCode(context.Context, token.Hash) (Code, error) { return Code{}, ErrUnavailable }

// RefreshToken implements RefreshTokens.
func (Down) RefreshToken(context.Context, token.Hash) (RefreshToken, error) {
	return RefreshToken{}, ErrUnavailable
}

// PutRefreshToken implements RefreshTokens.
func (Down) PutRefreshToken(context.Context, RefreshToken) error { return ErrUnavailable }

// TakeRefreshToken implements RefreshTokens.
func (Down) TakeRefreshToken(context.Context, token.Hash, time.Time) (RefreshToken, error) {
	return RefreshToken{}, ErrUnavailable
}

// Mark implements Marks.
func (Down) Mark(context.Context, string, time.Time) error { return ErrUnavailable }

// Marked implements Marks.
func (Down) Marked(context.Context, string) (bool, error) { return false, ErrUnavailable }

// Session implements Sessions.
func (Down) Session(context.Context, token.Hash) (Session, error) { return Session{}, ErrUnavailable }

// PutSession implements Sessions.
func (Down) PutSession(context.Context, Session) error { return ErrUnavailable }

// DeleteSession implements Sessions.
func (Down) DeleteSession(context.Context, token.Hash) error { return ErrUnavailable }

// Consent implements Consents.
func (Down) Consent(context.Context, string, string) (Consent, error) {
	return Consent{}, ErrUnavailable
}

// PutConsent implements Consents.
func (Down) PutConsent(context.Context, Consent) error { return ErrUnavailable }

// DeleteConsent implements Consents.
func (Down) DeleteConsent(context.Context, string, string) error { return ErrUnavailable }

// Task implements Tasks.
func (Down) Task(context.Context, string) (Task, error) { return Task{}, ErrUnavailable }

// TasksOf implements Tasks.
func (Down) TasksOf(context.Context, []string) ([]Task, error) { return nil, ErrUnavailable }

// CreateTask implements Tasks.
func (Down) CreateTask(context.Context, Task) (Task, error) { return Task{}, ErrUnavailable }

// PutTask implements Tasks.
func (Down) PutTask(context.Context, Task) error { return ErrUnavailable }

// DeleteTask implements Tasks.
func (Down) DeleteTask(context.Context, string) error { return ErrUnavailable }

// PutKey implements Keys.
func (Down) PutKey(context.Context, Key) error { return ErrUnavailable }

// Keys implements Keys.
func (Down) Keys(context.Context) ([]Key, error) { return nil, ErrUnavailable }

// PutEvents implements Events.
func (Down) PutEvents(context.Context, []Event) error { return ErrUnavailable }

// Events implements Events.
func (Down) Events(context.Context, time.Time) ([]Event, error) { return nil, ErrUnavailable }

// Probe implements Store.
func (Down) Probe(context.Context, time.Time) error { return ErrUnavailable }

// Sweep implements Store.
func (Down) Sweep(context.Context, time.Time) error { return ErrUnavailable }

// Reserve implements Attempts.
func (Down) Reserve(context.Context, Attempt) (Reserved, error) { return Reserved{}, ErrUnavailable }

// Settle implements Attempts.
func (Down) Settle(context.Context, Attempt, time.Time) error { return ErrUnavailable }

// Know implements Attempts.
func (Down) Know(context.Context, token.Hash, time.Time) error { return ErrUnavailable }

// KnownUntil implements Attempts.
func (Down) KnownUntil(context.Context, token.Hash) (time.Time, error) {
	return time.Time{}, ErrUnavailable
}
