package authserver

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// sessionLifetime is how long somebody stays signed in.
const sessionLifetime = 12 * time.Hour

// What a session holds.
const (
	sessionUser     = "user"    // The id of who is signed in.
	sessionSignedIn = "at"      // When, in seconds of the realm's clock.
	sessionPassword = "since"   // When the password was set by which they did, in milliseconds.
	sessionCSRF     = "csrf"    // What the forms of this session prove.
	sessionMessage  = "message" // What the next page tells once.
)

// newSessions returns the sessions of all realms: a cookie of 256 random bits,
// of which the store keeps the hash.
func newSessions() *scs.SessionManager {
	return &scs.SessionManager{
		Lifetime: sessionLifetime, Store: sessionStore{}, Codec: scs.GobCodec{},
		Cookie: scs.SessionCookie{HttpOnly: true, SameSite: http.SameSiteLaxMode},
	}
}

// withSession gives the requests below a session, whose cookie is the realm's.
func (s *Server) withSession(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sessions := *s.sessions
		sessions.ErrorFunc = s.fail
		sessions.Cookie.Name, sessions.Cookie.Path, sessions.Cookie.Secure = cookieOf(realm.From(r.Context()).Issuer)
		sessions.LoadAndSave(next).ServeHTTP(w, withDevice(w, r))
	})
}

// cookieOf binds the cookie to the issuer as tightly as a browser can: to its
// host by the prefix __Host-, which needs the path /, else to its path (RFC
// 6265bis section 4.1.3,
// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3).
func cookieOf(issuer string) (name, path string, secure bool) {
	path = basePath(issuer) + "/"
	switch secure = strings.HasPrefix(issuer, "https://"); {
	case !secure:
		return "grantproof", path, false
	case path == "/":
		return "__Host-grantproof", path, true
	}
	return "__Secure-grantproof", path, true
}

// basePath is the path of the issuer, without a slash at its end.
func basePath(issuer string) string {
	parsed, err := url.Parse(issuer)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(parsed.Path, "/")
}

// Person is who is signed in; the zero value is nobody.
type Person struct {
	store.User
	SignedIn time.Time
}

// Authentication is what a session remembers of how a person signed in.
type Authentication struct {
	UserID     string // Empty where nobody did.
	SignedIn   time.Time
	PasswordAt int64 // When the password was set by which they did, in milliseconds.
}

// person returns who is signed in.
func (s *Server) person(ctx context.Context) (Person, error) {
	return ResourceOwner.In(realm.From(ctx))(ctx, Authentication{
		UserID:     s.sessions.GetString(ctx, sessionUser),
		SignedIn:   time.Unix(s.sessions.GetInt64(ctx, sessionSignedIn), 0),
		PasswordAt: s.sessions.GetInt64(ctx, sessionPassword),
	})
}

// ResourceOwner is the person whom an authentication proves (RFC 6749 section 3.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-3.1).
var ResourceOwner = rule.New(func(ctx context.Context, by Authentication) (Person, error) {
	if by.UserID == "" {
		return Person{}, nil
	}
	user, err := realm.From(ctx).Store().User(ctx, by.UserID)
	if errors.Is(err, store.ErrNotFound) {
		return Person{}, nil
	}
	// A new password ends what began with the one before. The two are compared and
	// not their times: a sign-in may be judged by the old one a moment after the
	// new one was set.
	if by.PasswordAt != user.PasswordAt.UnixMilli() {
		return Person{}, err
	}
	return Person{user, by.SignedIn}, err
})

// enter makes the session one of user. Its token is a new one, so that nobody
// who knew the one before is signed in with it (session fixation).
func (s *Server) enter(ctx context.Context, user store.User) error {
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	if s.sessions.GetString(ctx, sessionUser) != user.ID {
		s.sessions.Remove(ctx, sessionCSRF)
	}
	s.sessions.Put(ctx, sessionUser, user.ID)
	s.sessions.Put(ctx, sessionPassword, user.PasswordAt.UnixMilli())
	s.sessions.SetDeadline(ctx, time.Now().Add(sessionLifetime))
	s.sessions.Put(ctx, sessionSignedIn, realm.From(ctx).Clock.Now().Unix())
	return nil
}

// begun tells whether the browser has a session that is remembered.
func (s *Server) begun(ctx context.Context) bool {
	return s.sessions.GetString(ctx, sessionCSRF) != "" || s.sessions.GetString(ctx, sessionUser) != ""
}

// csrf is the secret of the session that its forms carry.
func (s *Server) csrf(ctx context.Context) string {
	secret := s.sessions.GetString(ctx, sessionCSRF)
	if secret == "" {
		secret = token.NewSecret()
		s.sessions.Put(ctx, sessionCSRF, secret)
		// Who does not sign in is forgotten with the request that waits.
		if s.sessions.GetString(ctx, sessionUser) == "" {
			s.sessions.SetDeadline(ctx, time.Now().Add(interactionLifetime))
		}
	}
	return secret
}

// ofSession tells whether a form is one of this session.
func (s *Server) ofSession(ctx context.Context, given *string) bool {
	return FormOfSession.In(realm.From(ctx))(s.sessions.GetString(ctx, sessionCSRF), value(given))
}

// FormOfSession tells whether a form holds the secret of the session, which another
// site cannot know (RFC 6749 section 10.12,
// https://www.rfc-editor.org/rfc/rfc6749#section-10.12).
var FormOfSession = rule.New(func(secret, given string) bool {
	return secret != "" && subtle.ConstantTimeCompare([]byte(secret), []byte(given)) == 1
})

// sessionStore keeps sessions in the store of the realm that a request is for,
// by the realm's clock.
type sessionStore struct{}

var _ scs.CtxStore = sessionStore{}

var errNoRealm = errors.New("sessions belong to a realm, and there is none without a request")

// FindCtx implements scs.CtxStore.
func (sessionStore) FindCtx(ctx context.Context, secret string) ([]byte, bool, error) {
	r := realm.From(ctx)
	found, err := r.Store().Session(ctx, token.HashOf(secret))
	if errors.Is(err, store.ErrNotFound) {
		return nil, false, nil
	}
	return found.Data, err == nil && r.Clock.Now().Before(found.ExpiresAt), err
}

// CommitCtx implements scs.CtxStore.
func (sessionStore) CommitCtx(ctx context.Context, secret string, data []byte, expiry time.Time) error {
	r := realm.From(ctx)
	return r.Store().PutSession(ctx, store.Session{
		Hash: token.HashOf(secret), Data: data, ExpiresAt: r.Clock.Now().Add(time.Until(expiry)),
	})
}

// DeleteCtx implements scs.CtxStore.
func (sessionStore) DeleteCtx(ctx context.Context, secret string) error {
	return realm.From(ctx).Store().DeleteSession(ctx, token.HashOf(secret))
}

// Find implements scs.Store.
func (sessionStore) Find(string) ([]byte, bool, error) { return nil, false, errNoRealm }

// Commit implements scs.Store.
func (sessionStore) Commit(string, []byte, time.Time) error { return errNoRealm }

// Delete implements scs.Store.
func (sessionStore) Delete(string) error { return errNoRealm }
