package resourceserver

import (
	"context"
	"errors"
	"net/http"

	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// reach returns the users whose data the token reaches: the one it stands
// for, or those that the client is registered to act for.
func reach(ctx context.Context) ([]string, error) {
	access := accessOf(ctx)
	if !access.ForClient() && access.Actor == nil {
		return []string{access.Subject}, nil
	}
	client, err := realm.From(ctx).Store().Client(ctx, access.Subject)
	switch {
	case errors.Is(err, store.ErrNotFound) && access.ForClient():
		return nil, nil
	case errors.Is(err, store.ErrNotFound): // Somebody acts for a user.
		return []string{access.Subject}, nil
	}
	return client.ActsFor, err
}

// GetUser returns the user that the token reaches.
func (s *Server) GetUser(ctx context.Context, _ resourceserver.GetUserRequestObject) (resourceserver.GetUserResponseObject, error) {
	user, err := userFor(ctx)
	if err != nil {
		return nil, err
	}
	return resourceserver.GetUser200JSONResponse(profile(user)), nil
}

// UpdateUser changes the email address or the preferences.
func (s *Server) UpdateUser(ctx context.Context, request resourceserver.UpdateUserRequestObject) (resourceserver.UpdateUserResponseObject, error) {
	user, err := userFor(ctx)
	if err != nil {
		return nil, err
	}
	// Nothing else of the user is written: a password may have changed meanwhile,
	// or the user may be gone.
	err = realm.From(ctx).Store().ChangeUser(ctx, user.ID, func(now *store.User) error {
		if request.Body.Email != nil {
			now.Email = *request.Body.Email
		}
		if request.Body.Preferences != nil {
			now.Preferences = *request.Body.Preferences
		}
		user = *now
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil, notFound("this token reaches no user")
	}
	if err != nil {
		return nil, err
	}
	return resourceserver.UpdateUser200JSONResponse(profile(user)), nil
}

func userFor(ctx context.Context) (store.User, error) {
	users, err := reach(ctx)
	if err != nil {
		return store.User{}, err
	}
	if len(users) == 0 {
		return store.User{}, notFound("this token reaches no user")
	}
	user, err := realm.From(ctx).Store().User(ctx, users[0])
	if errors.Is(err, store.ErrNotFound) {
		return store.User{}, notFound("this token reaches no user")
	}
	return user, err
}

func profile(user store.User) resourceserver.User {
	preferences := resourceserver.Preferences{}
	for name, value := range user.Preferences {
		preferences[name] = value
	}
	return resourceserver.User{ID: user.ID, Username: user.Username, Email: user.Email, Preferences: preferences}
}

func notFound(description string) *wire.Error {
	return &wire.Error{Status: http.StatusNotFound, Code: "not_found", Description: description}
}
