package authserver

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
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
	if refused := mayRegister(ctx, r); refused != nil {
		return oauth.ClientInformation{}, refused
	}
	registered := store.Client{SelfRegistered: true, ID: newClientID(r, metadata), IssuedAt: r.Clock.Now().Truncate(time.Second)}
	metadata, refused := withStatement(r, metadata)
	if refused != nil {
		return oauth.ClientInformation{}, refused
	}
	if refused := setMetadata(&registered, metadata, r.Faults()); refused != nil {
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

// mayRegister holds a registration against the realm's policy.
func mayRegister(ctx context.Context, r *realm.Realm) *wire.Error {
	policy, faults := r.Policy(), r.Faults()
	switch {
	case policy.Registration == realm.RegistrationToken, faults.Has(faultname.OpenRegistrationRefused):
		// A missing or wrong initial access token is an error of its type (RFC
		// 7591 section 3.2.2, https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2).
		raw, refused := bearerToken(ctx)
		if refused == nil && !policy.InitialAccessToken.Matches(raw) {
			refused = invalidBearer("the initial access token is not valid")
		}
		if faults.Has(faultname.InitialAccessTokenNotChecked) {
			return nil
		}
		return refused
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
}

// newClientID: the server chooses it, and no user has such an id, so that
// nobody takes a client for a resource owner (RFC 9700 section 4.15.1,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.15.1).
func newClientID(r *realm.Realm, metadata oauth.ClientMetadata) string {
	if chosen, ok := metadata.AdditionalProperties["client_id"].(string); ok && r.Faults().Has(faultname.ClientChoosesID) {
		return chosen
	}
	if metadata.SoftwareID != nil && r.Faults().Has(faultname.ClientIDShared) {
		return "client-of-" + *metadata.SoftwareID
	}
	return "client-" + token.NewID()
}

// credentials are what a client gets once and the server does not keep.
type credentials struct {
	secret       string // Empty where none was issued now.
	registration string // The registration access token.
}

// issueCredentials gives the client a registration access token, and a secret
// if it needs one and has none.
func issueCredentials(r *realm.Realm, client *store.Client) credentials {
	issued := credentials{registration: newRegistrationToken(r)}
	client.RegistrationToken = new(token.HashOf(issued.registration))
	needed := strings.HasPrefix(client.AuthMethod, "client_secret_") || r.Faults().Has(faultname.PublicClientGetsSecret)
	switch {
	case !needed:
		client.Secret, client.SealedSecret = nil, nil
	// A secret whose hash alone is kept is of no use for a MAC.
	case client.Secret == nil, client.AuthMethod == clientSecretJWT && client.SealedSecret == nil:
		issued.secret = newClientSecret(r)
		r.GiveSecret(client, issued.secret)
	}
	return issued
}

// newClientSecret is different for every client (RFC 7591 section 3.2.1,
// https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1).
func newClientSecret(r *realm.Realm) string {
	if r.Faults().Has(faultname.ClientSecretShared) {
		same := token.HashOf(r.Issuer)
		return base64.RawURLEncoding.EncodeToString(same[:])
	}
	if r.Faults().Has(faultname.ClientSecretGuessable) {
		return fmt.Sprintf("client-secret-of-the-registration-%08d", registrations.Add(1))
	}
	return token.NewSecret()
}

// registrations are counted by a server whose tokens can be guessed.
var registrations atomic.Int64

// newRegistrationToken cannot be guessed (RFC 7592 section 5,
// https://www.rfc-editor.org/rfc/rfc7592#section-5).
func newRegistrationToken(r *realm.Realm) string {
	if r.Faults().Has(faultname.RegistrationAccessTokenGuessable) {
		return fmt.Sprintf("registration-%08d", registrations.Add(1))
	}
	return token.NewSecret()
}
