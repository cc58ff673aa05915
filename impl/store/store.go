// Package store owns remembering: clients, users, authorization codes and
// tasks of one realm. Its subtle verb is take: what may be used once is taken
// in one step, so that of two who try at the same time one fails.
//
// It does not decide; it knows neither clocks nor policies.
package store

import (
	"context"
	"errors"
	"time"

	"github.com/grantproof/grantproof/impl/token"
)

// ErrNotFound says that there is no such thing, or that it was taken already.
var ErrNotFound = errors.New("not found")

// Client is a registered client (RFC 6749 section 2,
// https://www.rfc-editor.org/rfc/rfc6749#section-2).
type Client struct {
	ID           string
	Secret       *token.Hash // nil for a public client.
	AuthMethod   string      // token_endpoint_auth_method of RFC 7591.
	GrantTypes   []string
	RedirectURIs []string
	Scope        token.Scope
	ActsFor      []string // Ids of the users whose data its own tokens reach.
	Demo         bool     // One of the documented clients.
}

// Confidential tells whether the client can keep a secret (RFC 6749 section 2.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-2.1).
func (c Client) Confidential() bool { return c.Secret != nil }

// User is a resource owner.
type User struct {
	ID, Username, Email string
	Preferences         map[string]string
}

// Code is an authorization code and all that it is bound to (RFC 6749
// section 4.1.2, https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2).
type Code struct {
	Hash             token.Hash
	ClientID         string
	UserID           string
	Scope            token.Scope
	RedirectURI      string
	RedirectURIGiven bool // Whether the authorization request named it.
	Challenge        string
	ExpiresAt        time.Time
}

// Task is one task of a user.
type Task struct {
	ID, UserID, Title, Description, Status string
	CreatedAt                              time.Time
	CreatedBy                              string
}

// Clients remembers clients.
type Clients interface {
	Client(ctx context.Context, id string) (Client, error)
	PutClient(ctx context.Context, client Client) error
	Clients(ctx context.Context) ([]Client, error)
}

// Users remembers users.
type Users interface {
	User(ctx context.Context, id string) (User, error)
	PutUser(ctx context.Context, user User) error
}

// Codes remembers authorization codes until they are taken.
type Codes interface {
	PutCode(ctx context.Context, code Code) error
	// TakeCode returns the code and removes it; of two callers at the same
	// time one gets ErrNotFound.
	TakeCode(ctx context.Context, hash token.Hash) (Code, error)
}

// Tasks remembers tasks.
type Tasks interface {
	Task(ctx context.Context, id string) (Task, error)
	TasksOf(ctx context.Context, userIDs []string) ([]Task, error)
	// CreateTask gives the task an id and returns it.
	CreateTask(ctx context.Context, task Task) (Task, error)
	PutTask(ctx context.Context, task Task) error
	DeleteTask(ctx context.Context, id string) error
}

// Store is all that one realm remembers.
type Store interface {
	Clients
	Users
	Codes
	Tasks
}
