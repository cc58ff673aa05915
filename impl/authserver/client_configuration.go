package authserver

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
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
	if !r.Faults().Has(faultname.DeletedClientLives) {
		// Its grants and tokens end with it, at once.
		if err := r.Store().DeleteClient(ctx, client.ID); err != nil {
			return nil, err
		}
		r.Audit.Tell(ctx, audit.ClientDeleted, "")
	}
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
	if refused != nil && !r.Faults().Has(faultname.RegistrationTokenNotChecked) {
		return store.Client{}, "", refused
	}
	client, err = r.Store().Client(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		// The answer is 401 and not 404 (RFC 7592 section 2.1,
		// https://www.rfc-editor.org/rfc/rfc7592#section-2.1).
		if r.Faults().Has(faultname.UnknownRegistrationNotFound) {
			return store.Client{}, "", notFound()
		}
		return store.Client{}, "", invalidBearer("the registration access token is not one of this client")
	}
	if err != nil {
		return store.Client{}, "", err
	}
	audit.About(ctx).ClientID = client.ID
	known, err := knownToken(ctx, r, client, presented)
	if err != nil {
		return store.Client{}, "", err
	}
	if !known {
		return store.Client{}, "", invalidBearer("the registration access token is not one of this client")
	}
	// Whoever has no permission is told so with 403 (RFC 7592 sections 2.1 to
	// 2.3, https://www.rfc-editor.org/rfc/rfc7592#section-2.1).
	if slices.Contains(r.Policy().NoConfiguration, operation) && !r.Faults().Has(faultname.ConfigurationPermissionIgnored) {
		return store.Client{}, "", &wire.Error{Status: http.StatusForbidden, Code: "access_denied",
			Description: "this server lets no client " + operation + " its registration"}
	}
	return client, presented, nil
}

// knownToken tells whether a registration access token is that of a client. It
// lasts as long as the registration (RFC 7592 section 5,
// https://www.rfc-editor.org/rfc/rfc7592#section-5).
func knownToken(ctx context.Context, r *realm.Realm, client store.Client, presented string) (bool, error) {
	faults := r.Faults()
	switch {
	case faults.Has(faultname.RegistrationTokenNotChecked):
		return true, nil
	case faults.Has(faultname.RegistrationTokenOfAnyClient):
		clients, err := r.Store().Clients(ctx)
		return slices.ContainsFunc(clients, func(c store.Client) bool { return hasToken(c, presented) }), err
	case faults.Has(faultname.RegistrationAccessTokenExpires) && r.Clock.Now().After(client.IssuedAt.Add(7*24*time.Hour)):
		return false, nil
	}
	return hasToken(client, presented), nil
}

func hasToken(client store.Client, presented string) bool {
	return client.RegistrationToken != nil && client.RegistrationToken.Matches(presented)
}
