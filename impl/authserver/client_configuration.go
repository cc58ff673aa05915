package authserver

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// ReadClient implements the read request of the client configuration endpoint
// (RFC 7592 section 2.1, https://www.rfc-editor.org/rfc/rfc7592#section-2.1).
// The token of the request is the one that the client has; its secret is in no
// answer but the one that issued it.
func (s *Server) ReadClient(ctx context.Context, request authserver.ReadClientRequestObject) (authserver.ReadClientResponseObject, error) {
	r := realm.From(ctx)
	client, presented, err := ownRegistration(ctx, request.ClientID, "read")
	if err != nil {
		return nil, err
	}
	return authserver.ReadClient200JSONResponse{ClientInformationJSONResponse: authserver.ClientInformationJSONResponse{
		Body:    information(r, client, credentials{registration: presented}),
		Headers: authserver.ClientInformationResponseHeaders{CacheControl: "no-store"},
	}}, nil
}

// DeleteClient implements the delete request (RFC 7592 section 2.3,
// https://www.rfc-editor.org/rfc/rfc7592#section-2.3).
func (s *Server) DeleteClient(ctx context.Context, request authserver.DeleteClientRequestObject) (authserver.DeleteClientResponseObject, error) {
	r := realm.From(ctx)
	client, _, err := ownRegistration(ctx, request.ClientID, "delete")
	if err != nil {
		return nil, err
	}
	// Its grants and tokens end with it, at once.
	if err := r.Store().DeleteClient(ctx, client.ID); err != nil {
		return nil, err
	}
	r.Audit.Tell(ctx, audit.ClientDeleted, "")
	return authserver.DeleteClient204Response{Headers: authserver.DeleteClient204ResponseHeaders{CacheControl: "no-store"}}, nil
}

// ownRegistration finds the client whose registration access token came with
// the request, and keeps record of who may not.
func ownRegistration(ctx context.Context, id, operation string) (client store.Client, presented string, err error) {
	client, presented, err = mayConfigure(ctx, id, operation)
	if err != nil {
		realm.From(ctx).Audit.Tell(ctx, audit.ManagementRefused, audit.Reason(err))
	}
	return client, presented, err
}

// mayConfigure holds what a client wants to do with its registration against
// its token and the policy.
func mayConfigure(ctx context.Context, id, operation string) (client store.Client, presented string, err error) {
	r := realm.From(ctx)
	presented, refused := bearerToken(ctx)
	if refused != nil {
		return store.Client{}, "", refused
	}
	client, err = r.Store().Client(ctx, id)
	switch {
	// The answer is 401 and not 404 (RFC 7592 section 2.1,
	// https://www.rfc-editor.org/rfc/rfc7592#section-2.1).
	case errors.Is(err, store.ErrNotFound):
		return store.Client{}, "", otherRegistration()
	case err != nil:
		return store.Client{}, "", err
	}
	audit.About(ctx).ClientID = client.ID
	switch fits, err := RegistrationAccessToken.In(r)(ctx, r, client, presented); {
	case err != nil:
		return store.Client{}, "", err
	case !fits:
		return store.Client{}, "", otherRegistration()
	case !ConfigurationAllowed.In(r)(r.Policy(), operation):
		return store.Client{}, "", &wire.Error{Status: http.StatusForbidden, Code: "access_denied",
			Description: "this server lets no client " + operation + " its registration"}
	}
	return client, presented, nil
}

func otherRegistration() *wire.Error {
	return invalidBearer("the registration access token is not one of this client")
}

// RegistrationAccessToken tells whether a registration access token is that of a
// client (RFC 7592 section 2, https://www.rfc-editor.org/rfc/rfc7592#section-2). It
// lasts as long as the registration (section 5,
// https://www.rfc-editor.org/rfc/rfc7592#section-5).
var RegistrationAccessToken = rule.New(func(_ context.Context, _ *realm.Realm, client store.Client, presented string) (bool, error) {
	return client.RegistrationToken != nil && client.RegistrationToken.Matches(presented), nil
})

// ConfigurationAllowed tells whether clients may do something with their registration.
// One that has no permission is told so with 403 (RFC 7592 sections 2.1 to 2.3,
// https://www.rfc-editor.org/rfc/rfc7592#section-2.1).
var ConfigurationAllowed = rule.New(func(policy realm.Policy, operation string) bool {
	return !slices.Contains(policy.NoConfiguration, operation)
})
