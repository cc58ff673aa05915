package authserver

import (
	"context"
	"errors"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/realm"
)

// ShowSignOut is the page on which a person signs out.
func (s *Server) ShowSignOut(ctx context.Context, _ authserver.ShowSignOutRequestObject) (authserver.ShowSignOutResponseObject, error) {
	return s.onPage(ctx, func() (response, error) {
		who, err := s.person(ctx)
		if err != nil {
			return nil, err
		}
		view := pages.SignOut{Username: who.Username}
		if who.ID != "" {
			view.CSRF = s.csrf(ctx)
		}
		return pageOf(ctx, 0, view), nil
	})
}

// SignOut ends the session of the browser, here and in the store.
func (s *Server) SignOut(ctx context.Context, request authserver.SignOutRequestObject) (authserver.SignOutResponseObject, error) {
	return s.onPage(ctx, func() (response, error) {
		if !s.ofSession(ctx, request.Body.Csrf) {
			return nil, notOurs()
		}
		if request.Body.EndAccess != nil {
			if err := s.endAllAccess(ctx); err != nil {
				return nil, err
			}
		}
		audit.About(ctx).UserID = s.sessions.GetString(ctx, sessionUser)
		if err := s.sessions.Destroy(ctx); err != nil {
			return nil, err
		}
		realm.From(ctx).Audit.Tell(ctx, audit.SignedOut, "")
		return ownPage(ctx, signOutPath), nil
	})
}

// endAllAccess ends what every application may do for who is signed in (RFC
// 9700 section 4.14.2, https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2).
func (s *Server) endAllAccess(ctx context.Context) error {
	who, err := s.person(ctx)
	if err != nil || who.ID == "" {
		return err
	}
	access, err := accessTo(ctx, who.User)
	for _, one := range access {
		err = errors.Join(err, endAccess(ctx, who.ID, one.ClientID))
	}
	return err
}
