// Package store owns remembering: clients, users, grants and all that hangs on
// them, of one realm. Its subtle verb is take: what may be used once is taken
// in one step, so that of two who try at the same time one fails.
//
// It does not decide; it knows neither clocks nor policies.
package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/grantproof/grantproof/impl/token"
)

// What a store answers instead of what it was asked for.
var (
	// ErrNotFound says that there is no such thing.
	ErrNotFound = errors.New("not found")
	// ErrUsed says that what may be used once was used before. It comes with
	// what was used, so that its owner can be protected.
	ErrUsed = errors.New("used before")
	// ErrUnavailable says that the store cannot be reached; nothing is known.
	ErrUnavailable = errors.New("the store is not available")
)

// Client is a registered client (RFC 6749 section 2,
// https://www.rfc-editor.org/rfc/rfc6749#section-2).
type Client struct {
	ID           string
	Secret       *token.Hash // nil for a client without one.
	AuthMethod   string      // token_endpoint_auth_method of RFC 7591.
	GrantTypes   []string
	RedirectURIs []string
	Scope        token.Scope
	ActsFor      []string // Ids of the users whose data its own tokens reach.
	Serves       []string // Identifiers of the protected resources that it is itself.
	Demo         bool     // One of the documented clients.
	// SelfRegistered: nobody here knows who made it.
	SelfRegistered bool
	// The client's public keys, as a JWK Set or where it is (RFC 7591 section 2);
	// one of them at most.
	JWKS    json.RawMessage
	JWKSURI string
	// SealedSecret is the secret of a client that proves it by a MAC, for which
	// it is needed back.
	SealedSecret []byte
	ClientMetadata
	// Of a client that registered itself (RFC 7591 section 3.2.1, RFC 7592
	// section 3).
	IssuedAt          time.Time   // When it got its id.
	SecretExpiresAt   time.Time   // Zero: never.
	RegistrationToken *token.Hash // nil for a client that cannot manage its registration.
	// UnusedUntil is when the registration ends if nothing was granted to the
	// client by then; zero: never.
	UnusedUntil time.Time
}

// ClientMetadata is what a client says of itself, for people (RFC 7591 section
// 2, https://www.rfc-editor.org/rfc/rfc7591#section-2). Nobody has verified it,
// but for what is in a software statement.
type ClientMetadata struct {
	Name            string
	ApplicationType string // native or web.
	URI             string // client_uri
	LogoURI         string
	TermsURI        string // tos_uri
	PolicyURI       string
	Contacts        []string
	SoftwareID      string
	SoftwareVersion string
	// SoftwareStatement is the JWT in which somebody else said some of this (RFC
	// 7591 section 2.3); its issuer was trusted when the client registered.
	SoftwareStatement string
	// Localized are the texts with a language tag, by their names, such as
	// client_name#de (RFC 7591 section 2.2).
	Localized map[string]string
}

// Confidential tells whether the client can prove who it is (RFC 6749 section
// 2.1, https://www.rfc-editor.org/rfc/rfc6749#section-2.1).
func (c Client) Confidential() bool { return c.AuthMethod != "none" }

// MayUse tells whether the client is registered for a grant.
func (c Client) MayUse(grantType string) bool { return slices.Contains(c.GrantTypes, grantType) }

// ServesAny tells whether a token with an audience is for a protected resource
// that the client serves.
func (c Client) ServesAny(audience []string) bool {
	return slices.ContainsFunc(audience, func(named string) bool {
		return slices.ContainsFunc(c.Serves, func(own string) bool { return token.CanonicalResource(own) == token.CanonicalResource(named) })
	})
}

// ResponseTypes are those that go with the client's grants, so that the two
// never contradict each other (RFC 7591 section 2.1,
// https://www.rfc-editor.org/rfc/rfc7591#section-2.1).
func (c Client) ResponseTypes() []string {
	if c.MayUse("authorization_code") {
		return []string{"code"}
	}
	return []string{}
}

// User is a resource owner.
type User struct {
	ID, Username, Email string
	Preferences         map[string]string
	PasswordHash        string // Of the package password; "" for a user who cannot sign in.
	// PasswordAt is when the password was set: sessions from before are over.
	PasswordAt time.Time
}

// Grant is what a resource owner allowed a client (RFC 6749 section 1.3,
// https://www.rfc-editor.org/rfc/rfc6749#section-1.3). The code, the refresh
// tokens and the access tokens that come of it name it, and end with it.
type Grant struct {
	ID        string
	ClientID  string
	UserID    string
	Scope     token.Scope
	Resources []string  // Identifiers of the protected resources.
	AuthTime  time.Time // When the resource owner authenticated.
	CreatedAt time.Time
	ExpiresAt time.Time // When its last refresh token ends, however busy.
	Revoked   bool
}

// Code is an authorization code and what it is bound to besides its grant
// (RFC 6749 section 4.1.2, https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2).
type Code struct {
	Hash             token.Hash
	GrantID          string
	RedirectURI      string
	RedirectURIGiven bool // Whether the authorization request named it.
	Challenge        string
	Nonce            string
	ExpiresAt        time.Time
}

// RefreshToken is one refresh token of a grant (RFC 6749 section 1.5,
// https://www.rfc-editor.org/rfc/rfc6749#section-1.5).
type RefreshToken struct {
	Hash      token.Hash
	GrantID   string
	IssuedAt  time.Time
	ExpiresAt time.Time // When it ends if nobody uses it.
	UsedAt    time.Time // Zero until it is taken.
}

// Session is what a server remembers of a conversation with a browser, opaque
// to the store.
type Session struct {
	Hash      token.Hash // Of the secret that the browser holds.
	Data      []byte
	ExpiresAt time.Time
}

// Consent is what a user allowed a client, for as long as nobody withdraws it.
type Consent struct {
	UserID, ClientID string
	Scope            token.Scope
	GivenAt          time.Time
	Shown            string // The client as the user saw it.
}

// Task is one task of a user.
type Task struct {
	ID, UserID, Title, Description, Status string
	CreatedAt                              time.Time
	CreatedBy                              string
}

// Key is a signing key of the realm. Keys of one algorithm are counted: the
// first is generation 1, and the one that replaces it generation 2.
type Key struct {
	token.KeptKey
	Generation int
	CreatedAt  time.Time
}

// Clients remembers clients.
type Clients interface {
	Client(ctx context.Context, id string) (Client, error)
	// PutClient remembers a client, in the place of the one with its id. One that
	// lasts for good stays so.
	PutClient(ctx context.Context, client Client) error
	// ChangeClient changes a client as it is at that moment, in one step, unless
	// change returns an error; all but the id may change. One that is not there is
	// ErrNotFound, so that no change brings back what was deleted meanwhile. Change
	// must not use the store.
	ChangeClient(ctx context.Context, id string, change func(*Client) error) error
	// KeepClient lets a client that would end last until a time, or for good
	// where that is zero; one that is not there is no error.
	KeepClient(ctx context.Context, id string, until time.Time) error
	Clients(ctx context.Context) ([]Client, error)
	// DeleteClient forgets a client and ends its grants, for good; one that is
	// not there is no error.
	DeleteClient(ctx context.Context, id string) error
}

// Users remembers users.
type Users interface {
	User(ctx context.Context, id string) (User, error)
	// UserByName finds a user by the name with which people sign in.
	UserByName(ctx context.Context, username string) (User, error)
	PutUser(ctx context.Context, user User) error
	// ChangeUser does the same as ChangeClient; all but id and name may change.
	ChangeUser(ctx context.Context, id string, change func(*User) error) error
	// Users come in the order of their names.
	Users(ctx context.Context) ([]User, error)
	// DeleteUser forgets a user with all consents and ends the grants, for good;
	// one that is not there is no error.
	DeleteUser(ctx context.Context, id string) error
}

// Grants remembers grants until they expire.
type Grants interface {
	Grant(ctx context.Context, id string) (Grant, error)
	// GrantsOf returns the grants of a user that are not revoked; the newest
	// comes first.
	GrantsOf(ctx context.Context, userID string) ([]Grant, error)
	PutGrant(ctx context.Context, grant Grant) error
	// RevokeGrant ends a grant, for good; one that is not there is no error.
	RevokeGrant(ctx context.Context, id string) error
}

// Codes remembers authorization codes until they expire.
type Codes interface {
	PutCode(ctx context.Context, code Code) error
	// Code returns a code, used or not, and leaves it as it is.
	Code(ctx context.Context, hash token.Hash) (Code, error)
	// TakeCode returns a code once. Whoever comes later gets it with ErrUsed.
	TakeCode(ctx context.Context, hash token.Hash) (Code, error)
}

// RefreshTokens remembers refresh tokens, used or not, until they expire.
type RefreshTokens interface {
	RefreshToken(ctx context.Context, hash token.Hash) (RefreshToken, error)
	PutRefreshToken(ctx context.Context, refresh RefreshToken) error
	// TakeRefreshToken returns a token once, at the time at. Whoever comes
	// later gets it with ErrUsed and the time of its use.
	TakeRefreshToken(ctx context.Context, hash token.Hash, at time.Time) (RefreshToken, error)
}

// Marks remembers names until a time: of assertions that were used, of access
// tokens that were revoked.
type Marks interface {
	// Mark remembers a name. One that is marked already is ErrUsed.
	Mark(ctx context.Context, name string, until time.Time) error
	Marked(ctx context.Context, name string) (bool, error)
}

// Sessions remembers sessions until they expire.
type Sessions interface {
	Session(ctx context.Context, hash token.Hash) (Session, error)
	// PutSession remembers a session, in the place of one with its hash.
	PutSession(ctx context.Context, session Session) error
	// DeleteSession forgets a session; one that is not there is no error.
	DeleteSession(ctx context.Context, hash token.Hash) error
}

// Consents remembers one consent for each user and client.
type Consents interface {
	Consent(ctx context.Context, userID, clientID string) (Consent, error)
	// PutConsent remembers a consent, in the place of the one before.
	PutConsent(ctx context.Context, consent Consent) error
	// DeleteConsent forgets a consent; one that is not there is no error.
	DeleteConsent(ctx context.Context, userID, clientID string) error
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

// Keys remembers signing keys; what outlives the process keeps them encrypted.
type Keys interface {
	// PutKey remembers a key. Where its algorithm has a key of that generation
	// already, it is ErrUsed: of replicas that make one at the same time, the
	// first decides.
	PutKey(ctx context.Context, key Key) error
	// Keys come by algorithm, and of one algorithm in the order of generations.
	Keys(ctx context.Context) ([]Key, error)
}

// Store is all that one realm remembers.
type Store interface {
	Clients
	Users
	Grants
	Codes
	RefreshTokens
	Marks
	Sessions
	Consents
	Tasks
	Keys
	Events
	Attempts
	// Probe writes a little in the place of what the last Probe wrote, and so
	// tells whether the store takes what it is given: a full disk can be read.
	Probe(ctx context.Context, now time.Time) error
	// Sweep forgets what expired before now.
	Sweep(ctx context.Context, now time.Time) error
}

// Stores gives every realm a store of its own.
type Stores interface {
	// Realm is the store of one realm; "" is the root realm.
	Realm(id string) Store
	// Forget ends all that a realm remembers.
	Forget(ctx context.Context, id string) error
	Close() error
}
