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
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/password"
	"github.com/grantproof/grantproof/impl/realm"
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
	if !s.ofSession(ctx, form.Csrf) && !realm.From(ctx).Faults().Has(fault.ForgedFormAccepted) {
		view.Problem = "This page was open for too long. Please sign in again."
		return s.signInPage(ctx, http.StatusForbidden, view)
	}
	user, refused, err := recognize(ctx, view.Username, value(form.Password))
	if err != nil {
		return nil, err
	}
	if refused != nil {
		view.Problem = refused.Description
		return s.signInPage(ctx, refused.StatusCode(), view)
	}
	if err := s.enter(ctx, user); err != nil {
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

// recognize finds the user with a name and a password. Whether it is the name
// or the password that is wrong can be seen neither in the answer nor in the
// time that it takes.
func recognize(ctx context.Context, username, given string) (store.User, *wire.Error, error) {
	r := realm.From(ctx)
	now, address := r.Clock.Now(), audit.About(ctx).Address
	if wait := r.SignIns.Wait(username, address, now); wait > 0 && !r.Faults().Has(fault.PasswordGuessingUnlimited) {
		r.Audit.Tell(ctx, audit.SignInLocked, "")
		return store.User{}, tooMany(wait), nil
	}
	user, err := r.Store().UserByName(ctx, username)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return store.User{}, nil, err
	}
	audit.About(ctx).UserID = user.ID
	stored := cmp.Or(user.PasswordHash, r.User.PasswordHash, password.Nobody)
	matches, err := password.Matches(ctx, given, stored)
	if err != nil {
		return store.User{}, nil, err
	}
	known := user.PasswordHash != ""
	if known && (matches || r.Faults().Has(fault.PasswordNotChecked)) {
		r.SignIns.Right(username, address)
		r.Audit.Tell(ctx, audit.SignedIn, "")
		return user, nil, nil
	}
	r.SignIns.Wrong(username, address, now)
	r.Audit.Tell(ctx, audit.SignInFailed, "wrong_credentials")
	return store.User{}, wrongPassword(known, r.Faults()), nil
}

func wrongPassword(known bool, faults fault.Set) *wire.Error {
	if known && faults.Has(fault.KnownUsersTold) {
		return &wire.Error{Status: http.StatusForbidden, Description: "The password is wrong."}
	}
	return &wire.Error{Status: http.StatusForbidden, Description: "The user name or the password is wrong."}
}

// tooMany slows guessing down, for names that exist and for others (RFC 6749
// section 10.10, https://www.rfc-editor.org/rfc/rfc6749#section-10.10).
func tooMany(wait time.Duration) *wire.Error {
	return &wire.Error{Status: http.StatusTooManyRequests, RetryAfter: wait,
		Description: fmt.Sprintf("There were too many wrong passwords. Try again in %d minutes.", int(wait.Minutes())+1)}
}
