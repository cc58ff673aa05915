package authserver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/password"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// ShowSignIn is the page on which a person signs in.
func (s *Server) ShowSignIn(ctx context.Context, request authserver.ShowSignInRequestObject) (authserver.ShowSignInResponseObject, error) {
	return s.onPage(ctx, func() (response, error) {
		return s.signInPage(ctx, 0, pages.SignIn{Request: value(request.Params.Request)})
	})
}

// SignIn signs a person in.
func (s *Server) SignIn(ctx context.Context, request authserver.SignInRequestObject) (authserver.SignInResponseObject, error) {
	return s.onPage(ctx, func() (response, error) { return s.signIn(ctx, *request.Body) })
}

// signInPage names the application that waits, if one does.
func (s *Server) signInPage(ctx context.Context, status int, view pages.SignIn) (response, error) {
	if !s.begun(ctx) {
		if refused := waitsForPerson(ctx); refused != nil {
			return nil, refused
		}
	}
	view.CSRF = s.csrf(ctx)
	if view.Request == "" {
		return pageOf(ctx, status, view), nil
	}
	i, err := waiting(ctx, view.Request)
	if err != nil {
		return nil, err
	}
	to, err := destinationOf(ctx, i.Request)
	if err != nil {
		return nil, err
	}
	view.Client = named(ctx, to.client)
	shown := to.page(view)
	shown.Status = status
	return shown, nil
}

func (s *Server) signIn(ctx context.Context, form authserver.SignInForm) (response, error) {
	view := pages.SignIn{Username: value(form.Username), Request: value(form.Request)}
	if !s.ofSession(ctx, form.Csrf) {
		view.Problem = "This page was open for too long. Please sign in again."
		return s.signInPage(ctx, http.StatusForbidden, view)
	}
	user, err := recognize(ctx, view.Username, value(form.Password))
	if refused := new(wire.Error); errors.As(err, &refused) {
		view.Problem = refused.Description
		return s.signInRefused(ctx, refused, view)
	}
	if err != nil {
		return nil, err
	}
	if err := s.enter(ctx, user); err != nil {
		return nil, err
	}
	if err := rememberDevice(ctx, user.Username); err != nil {
		return nil, err
	}
	if view.Request == "" {
		return ownPage(ctx, grantsPath), nil
	}
	i, err := waiting(ctx, view.Request)
	if err != nil {
		return nil, err
	}
	i.SignedIn = true
	return s.proceed(ctx, i)
}

// signInRefused is the page again, with what is wrong and when to try again.
func (s *Server) signInRefused(ctx context.Context, refused *wire.Error, view pages.SignIn) (response, error) {
	answer, err := s.signInPage(ctx, refused.StatusCode(), view)
	if page, isPage := answer.(shown); isPage {
		page.RetryAfter = refused.RetryAfter
		return page, err
	}
	return answer, err
}

// recognize finds the user with a name and a password, within the limits of
// guessing. A refusal is a wire.Error for the page.
func recognize(ctx context.Context, username, given string) (user store.User, err error) {
	r := realm.From(ctx)
	check := func(ctx context.Context, known bool) (verdict realm.Verdict, err error) {
		asker := password.Asker{Network: wire.Network(audit.About(ctx).Address), Known: known}
		user, err = checkPassword(ctx, asker, username, given)
		switch refused := new(wire.Error); {
		case err == nil:
			return realm.Right, nil
		case errors.As(err, &refused):
			return realm.Wrong, err
		}
		return realm.Unjudged, err
	}
	err = PasswordGuess.In(r)(ctx, r, username, check)
	locked, refused := new(realm.Locked), new(wire.Error)
	switch {
	case err == nil:
		r.Audit.Tell(ctx, audit.SignedIn, "")
	case errors.As(err, &locked):
		tellLocked(ctx, r, audit.SignInLocked)
		return store.User{}, tooMany(locked.For)
	case errors.Is(err, realm.ErrBusy):
		return store.User{}, tooBusy()
	case errors.As(err, &refused):
		r.Audit.Tell(ctx, audit.SignInFailed, "wrong_credentials")
	}
	return user, err
}

// PasswordGuess has a guess at the password of a user judged, within the limits of
// guessing (RFC 6749 section 10.10,
// https://www.rfc-editor.org/rfc/rfc6749#section-10.10).
var PasswordGuess = rule.New(func(ctx context.Context, r *realm.Realm, username string, judge func(ctx context.Context, known bool) (realm.Verdict, error)) error {
	return r.SignIns.Judge(ctx, realm.Guess{Name: username, Address: audit.About(ctx).Address, Device: deviceOf(ctx)}, judge)
})

// PasswordMatches compares a password with the hash of a user's.
var PasswordMatches = rule.New(password.Matches)

// checkPassword finds the user with a name and a password. Whether it is the
// name or the password that is wrong can be seen neither in the answer nor in
// the time that it takes.
func checkPassword(ctx context.Context, asker password.Asker, username, given string) (store.User, error) {
	r := realm.From(ctx)
	user, err := r.Store().UserByName(ctx, username)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return store.User{}, err
	}
	audit.About(ctx).UserID = user.ID
	stored := cmp.Or(user.PasswordHash, r.User.PasswordHash, password.Nobody)
	matches, err := PasswordMatches.In(r)(ctx, asker, given, stored)
	if err != nil {
		return store.User{}, err
	}
	if user.PasswordHash == "" || !matches {
		return store.User{}, &wire.Error{Status: http.StatusForbidden, Description: "The user name or the password is wrong."}
	}
	return user, nil
}

// tooMany slows guessing down, for names that exist and for others (RFC 6749
// section 10.10, https://www.rfc-editor.org/rfc/rfc6749#section-10.10).
func tooMany(wait time.Duration) *wire.Error {
	return &wire.Error{Status: http.StatusTooManyRequests, RetryAfter: wait,
		Description: fmt.Sprintf("There were too many wrong passwords. Try again in %d minutes.", minutes(wait))}
}

// tooBusy is the same for every name and password: none was looked at.
func tooBusy() *wire.Error {
	busy := wire.Unavailable()
	busy.Description = "Too many people are signing in from your network at the moment. Your password was not checked. Try again in a few seconds."
	return busy
}
