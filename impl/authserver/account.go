package authserver

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// day is how dates are written for people.
const day = "2 January 2006"

// ShowGrants is the page on which a person sees which applications have
// access.
func (s *Server) ShowGrants(ctx context.Context, _ authserver.ShowGrantsRequestObject) (authserver.ShowGrantsResponseObject, error) {
	return s.onPage(ctx, func() (response, error) {
		who, err := s.person(ctx)
		if err != nil {
			return nil, err
		}
		if who.ID == "" {
			return ownPage(ctx, signInPath), nil
		}
		access, err := accessTo(ctx, who.User)
		if err != nil {
			return nil, err
		}
		return pageOf(ctx, 0, pages.Grants{
			Username: who.Username, Message: s.sessions.PopString(ctx, sessionMessage), Access: access, CSRF: s.csrf(ctx),
		}), nil
	})
}

// RevokeAccess ends the access of an application.
func (s *Server) RevokeAccess(ctx context.Context, request authserver.RevokeAccessRequestObject) (authserver.RevokeAccessResponseObject, error) {
	return s.onPage(ctx, func() (response, error) {
		who, err := s.person(ctx)
		if err != nil {
			return nil, err
		}
		if who.ID == "" || !s.ofSession(ctx, request.Body.Csrf) {
			return nil, notOurs()
		}
		audit.About(ctx).UserID = who.ID
		if err := endAccess(ctx, who.ID, value(request.Body.ClientID)); err != nil {
			return nil, err
		}
		realm.From(ctx).Audit.Tell(ctx, audit.ConsentEnded, "")
		s.sessions.Put(ctx, sessionMessage, "The access has ended. An API that does not ask this server about tokens may still take one that the application has, for an hour at most.")
		return ownPage(ctx, grantsPath), nil
	})
}

// accessTo is what applications may do with a user's account, one entry for
// each, the newest first.
func accessTo(ctx context.Context, user store.User) ([]pages.Access, error) {
	r := realm.From(ctx)
	grants, err := r.Store().GrantsOf(ctx, user.ID)
	if err != nil {
		return nil, err
	}
	grants = slices.DeleteFunc(grants, func(grant store.Grant) bool { return !r.Clock.Now().Before(grant.ExpiresAt) })
	var access []pages.Access
	for i, grant := range grants {
		isOf := func(other store.Grant) bool { return other.ClientID == grant.ClientID }
		if slices.ContainsFunc(grants[:i], isOf) {
			continue
		}
		client, err := r.Store().Client(ctx, grant.ClientID)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		client.ID = grant.ClientID
		ofClient := slices.DeleteFunc(slices.Clone(grants), func(other store.Grant) bool { return !isOf(other) })
		access = append(access, accessOf(ctx, client, ofClient))
	}
	return access, nil
}

// accessOf joins the grants of one client, of which there is at least one.
func accessOf(ctx context.Context, client store.Client, grants []store.Grant) pages.Access {
	var scope token.Scope
	var since, until time.Time
	for _, grant := range grants {
		for _, name := range grant.Scope {
			if !scope.Has(name) {
				scope = append(scope, name)
			}
		}
		if since.IsZero() || grant.CreatedAt.Before(since) {
			since = grant.CreatedAt
		}
		if grant.ExpiresAt.After(until) {
			until = grant.ExpiresAt
		}
	}
	return pages.Access{
		ClientID: client.ID, Client: named(ctx, client), Unverified: client.SelfRegistered,
		Actions: inWords(scope, scope), Since: since.Format(day), Until: until.Format(day),
	}
}

// endAccess ends every grant that a client has of a user, and forgets the
// consent, so that the client has to ask again.
func endAccess(ctx context.Context, userID, clientID string) error {
	r := realm.From(ctx)
	if err := r.Store().DeleteConsent(ctx, userID, clientID); err != nil {
		return err
	}
	return EndGrants.In(r)(ctx, r, userID, clientID)
}

// EndGrants ends every grant that a client has of a user.
var EndGrants = rule.New(func(ctx context.Context, r *realm.Realm, userID, clientID string) error {
	grants, err := r.Store().GrantsOf(ctx, userID)
	if err != nil {
		return err
	}
	for _, grant := range grants {
		if grant.ClientID != clientID {
			continue
		}
		audit.About(ctx).ClientID = clientID
		if err := r.Store().RevokeGrant(ctx, grant.ID); err != nil {
			return err
		}
	}
	return nil
})
