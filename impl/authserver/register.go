package authserver

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// RegisterClient implements the client registration endpoint (RFC 7591 section
// 3, https://www.rfc-editor.org/rfc/rfc7591#section-3).
func (s *Server) RegisterClient(ctx context.Context, request authserver.RegisterClientRequestObject) (authserver.RegisterClientResponseObject, error) {
	registered, err := register(ctx, realm.From(ctx), *request.Body)
	realm.From(ctx).Audit.Decided(ctx, audit.ClientRegistered, audit.RegistrationRefused, err)
	if err != nil {
		return nil, err
	}
	return authserver.RegisterClient201JSONResponse{
		Body:    registered,
		Headers: authserver.RegisterClient201ResponseHeaders{CacheControl: "no-store"},
	}, nil
}

func register(ctx context.Context, r *realm.Realm, metadata oauth.ClientMetadata) (oauth.ClientInformation, error) {
	if refused := MayRegister.In(r)(ctx, r); refused != nil {
		return oauth.ClientInformation{}, refused
	}
	registered := store.Client{SelfRegistered: true, ID: NewClientID.In(r)(metadata), IssuedAt: r.Clock.Now().Truncate(time.Second)}
	metadata, refused := withStatement(r, metadata)
	if refused != nil {
		return oauth.ClientInformation{}, refused
	}
	if refused := ClientMetadata.In(r)(r, &registered, metadata); refused != nil {
		return oauth.ClientInformation{}, refused
	}
	if refused := checkPages(ctx, r, registered); refused != nil {
		return oauth.ClientInformation{}, refused
	}
	registered.UnusedUntil = unusedUntil(r)
	credentials := issueCredentials(r, &registered)
	if err := r.Store().PutClient(ctx, registered); err != nil {
		return oauth.ClientInformation{}, err
	}
	audit.About(ctx).ClientID = registered.ID
	return information(r, registered, credentials), nil
}

// MayRegister holds a registration against the realm's policy.
var MayRegister = rule.New(func(ctx context.Context, r *realm.Realm) *wire.Error {
	policy := r.Policy()
	switch {
	case policy.Registration == realm.RegistrationToken:
		return InitialAccessToken.In(r)(ctx, r)
	case policy.Registration == realm.RegistrationOff:
		return notFound()
	case policy.RegistrationsPerHour == 0:
		return nil
	}
	// Open registration is limited, or anybody could fill the store (RFC 7591
	// section 3, https://www.rfc-editor.org/rfc/rfc7591#section-3).
	from, allowed := wire.Network(audit.About(ctx).Address), wire.PerHour(policy.RegistrationsPerHour)
	if wait := r.Registrations.Take(from, allowed, r.Clock.Now()); wait > 0 {
		return wire.TooManyRequests(wait, fmt.Sprintf("from one address, %d clients an hour can be registered", policy.RegistrationsPerHour))
	}
	return nil
})

// InitialAccessToken judges the initial access token of a registration. A missing or
// wrong one is an error of its type (RFC 7591 section 3.2.2,
// https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2).
var InitialAccessToken = rule.New(func(ctx context.Context, r *realm.Realm) *wire.Error {
	raw, refused := bearerToken(ctx)
	if refused == nil && !r.Policy().InitialAccessToken.Matches(raw) {
		refused = invalidBearer("the initial access token is not valid")
	}
	return refused
})

// NewClientID makes a client_id. The server chooses it, and no user has such an id,
// so that nobody takes a client for a resource owner (RFC 9700 section 4.15.1,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.15.1).
var NewClientID = rule.New(func(oauth.ClientMetadata) string { return "client-" + token.NewID() })

// credentials are what a client gets once and the server does not keep.
type credentials struct {
	secret       string // Empty where none was issued now.
	registration string // The registration access token.
}

// issueCredentials gives the client a registration access token, and a secret
// if it needs one and has none.
func issueCredentials(r *realm.Realm, client *store.Client) credentials {
	issued := credentials{registration: NewRegistrationAccessToken.In(r)()}
	client.RegistrationToken = new(token.HashOf(issued.registration))
	switch {
	case !SecretNeeded.In(r)(client.AuthMethod):
		client.Secret, client.SealedSecret = nil, nil
	// A secret whose hash alone is kept is of no use for a MAC.
	case client.Secret == nil, client.AuthMethod == clientSecretJWT && client.SealedSecret == nil:
		issued.secret = realm.NewClientSecret.In(r)(client.AuthMethod)
		r.GiveSecret(client, issued.secret)
	}
	return issued
}

// SecretNeeded tells whether a client authenticates with a secret (RFC 7591 section 2,
// https://www.rfc-editor.org/rfc/rfc7591#section-2).
var SecretNeeded = rule.New(func(authMethod string) bool { return strings.HasPrefix(authMethod, "client_secret_") })

// NewRegistrationAccessToken makes a token that nobody can guess (RFC 7592 section 5,
// https://www.rfc-editor.org/rfc/rfc7592#section-5).
var NewRegistrationAccessToken = rule.New(token.NewSecret)
