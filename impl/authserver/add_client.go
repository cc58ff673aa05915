package authserver

import (
	"context"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// AddClient registers a client whom somebody here vouches for, by the rules of
// the registration endpoint. The secret in the answer, if it needs one, is
// nowhere else. The member serves, which no client can register itself with,
// names the protected resources that the client is. An error says what is wrong
// with the metadata.
func AddClient(ctx context.Context, r *realm.Realm, metadata oauth.ClientMetadata) (oauth.ClientInformation, error) {
	client := store.Client{ID: NewClientID.In(r)(metadata), IssuedAt: r.Clock.Now().Truncate(time.Second)}
	var refused *wire.Error
	if client.Serves, refused = serves(metadata); refused != nil {
		return oauth.ClientInformation{}, refused
	}
	if refused := ClientMetadata.In(r)(r, &client, metadata); refused != nil {
		return oauth.ClientInformation{}, refused
	}
	issued := issueCredentials(r, &client)
	if err := r.Store().PutClient(ctx, client); err != nil {
		return oauth.ClientInformation{}, err
	}
	err := audit.ByCommand(ctx, r.Store(), store.Event{Name: audit.ClientRegistered, ClientID: client.ID}, r.Clock.Now())
	return information(r, client, issued), err
}

// serves reads the identifiers of protected resources, each of which is an
// absolute URI without a fragment (RFC 8707 section 2,
// https://www.rfc-editor.org/rfc/rfc8707#section-2).
func serves(metadata oauth.ClientMetadata) ([]string, *wire.Error) {
	member, named := metadata.AdditionalProperties["serves"]
	if !named {
		return nil, nil
	}
	list, isList := member.([]any)
	if !isList {
		return nil, invalidMetadata("serves: give a list of resource identifiers")
	}
	var resources []string
	for _, item := range list {
		text, _ := item.(string)
		resource, refused := canonicalResource(text)
		if refused != nil {
			return nil, invalidMetadata("serves: " + refused.Description)
		}
		resources = append(resources, resource)
	}
	return resources, nil
}
