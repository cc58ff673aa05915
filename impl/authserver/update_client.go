package authserver

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/strictjson"
	"github.com/grantproof/grantproof/impl/wire"
)

// UpdateClient implements the update request of the client configuration
// endpoint (RFC 7592 section 2.2, https://www.rfc-editor.org/rfc/rfc7592#section-2.2).
// It brings a new registration access token.
func (s *Server) UpdateClient(ctx context.Context, request authserver.UpdateClientRequestObject) (authserver.UpdateClientResponseObject, error) {
	r := realm.From(ctx)
	client, _, err := ownRegistration(ctx, request.ClientID, "update")
	if err != nil {
		return nil, err
	}
	updated, err := UpdatedClient.In(r)(r, client, *request.Body)
	if err != nil {
		r.Audit.Tell(ctx, audit.ManagementRefused, audit.Reason(err))
		return nil, err
	}
	if refused := checkPages(ctx, r, updated); refused != nil {
		return nil, refused
	}
	if !updated.UnusedUntil.IsZero() {
		updated.UnusedUntil = unusedUntil(r)
	}
	issued := issueCredentials(r, &updated)
	if err := replace(ctx, client, updated); err != nil {
		r.Audit.Tell(ctx, audit.ManagementRefused, audit.Reason(err))
		return nil, err
	}
	r.Audit.Tell(ctx, audit.ClientUpdated, "")
	return authserver.UpdateClient200JSONResponse{ClientInformationJSONResponse: authserver.ClientInformationJSONResponse{
		Body:    information(r, updated, issued),
		Headers: authserver.ClientInformationResponseHeaders{CacheControl: "no-store"},
	}}, nil
}

// replace lets a registration access token change its client once: of two updates
// at the same time the second finds another token, and after a deletion none (RFC
// 7592 section 2.2, https://www.rfc-editor.org/rfc/rfc7592#section-2.2).
func replace(ctx context.Context, before, updated store.Client) error {
	other := otherRegistration()
	err := realm.From(ctx).Store().ChangeClient(ctx, before.ID, func(now *store.Client) error {
		if (now.RegistrationToken == nil) != (before.RegistrationToken == nil) || now.RegistrationToken != nil && *now.RegistrationToken != *before.RegistrationToken {
			return other
		}
		*now = updated
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return other
	}
	return err
}

// UpdatedClient replaces the metadata of a client: what the request leaves out is
// gone, or has its default again (RFC 7592 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7592#section-2.2).
var UpdatedClient = rule.New(func(r *realm.Realm, client store.Client, request oauth.ClientUpdate) (store.Client, error) {
	if refused := judgeUpdate(client, request); refused != nil {
		return store.Client{}, refused
	}
	var metadata oauth.ClientMetadata
	if err := recode(request, &metadata); err != nil {
		return store.Client{}, err
	}
	metadata, refused := withStatement(r, metadata)
	if refused != nil {
		return store.Client{}, refused
	}
	if refused := ClientMetadata.In(r)(r, &client, metadata); refused != nil {
		return store.Client{}, refused
	}
	return client, nil
})

// judgeUpdate holds what is no metadata against the registration (RFC 7592 section
// 2.2, https://www.rfc-editor.org/rfc/rfc7592#section-2.2).
func judgeUpdate(client store.Client, request oauth.ClientUpdate) *wire.Error {
	managed := request.RegistrationAccessToken != nil || request.RegistrationClientURI != nil ||
		request.ClientIDIssuedAt != nil || request.ClientSecretExpiresAt != nil
	switch {
	case request.ClientID == nil || *request.ClientID != client.ID:
		return wire.InvalidRequest("client_id: an update names the client_id of the registration")
	case managed:
		return wire.InvalidRequest("registration_access_token, registration_client_uri, client_id_issued_at and client_secret_expires_at belong to the server; leave them out")
	// A client cannot choose its secret.
	case request.ClientSecret != nil && (client.Secret == nil || !client.Secret.Matches(*request.ClientSecret)):
		return wire.InvalidRequest("client_secret: it is not the one of the registration")
	}
	return nil
}

// recode reads the JSON of one value as another, which has the members that
// both know.
func recode(from, to any) error {
	encoded, err := json.Marshal(from)
	if err == nil {
		err = strictjson.Unmarshal(encoded, to)
	}
	return err
}
