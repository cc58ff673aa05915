// Package administration owns what an operator does by hand to the clients and
// the people in a store: show, add, change and remove them, each with its audit
// event. It opens no store and asks nobody; `grantproof clients` and `grantproof
// users` call it.
package administration

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/printable"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/strictjson"
)

// WriteClients writes a line for each client of r.
func WriteClients(ctx context.Context, out io.Writer, r *realm.Realm) error {
	clients, err := r.Store().Clients(ctx)
	for _, client := range clients {
		origin := "added here"
		if client.SelfRegistered {
			origin = "registered itself"
		}
		fmt.Fprintf(out, "%-28s %-20s %-22s %-18s %s\n", printable.Line(client.ID), printable.Line(client.AuthMethod),
			printable.Line(strings.Join(client.GrantTypes, " ")), origin, printable.Line(client.Name))
	}
	return err
}

// ReadMetadata reads the metadata of a client (RFC 7591 section 2,
// https://www.rfc-editor.org/rfc/rfc7591#section-2).
func ReadMetadata(content []byte) (metadata oauth.ClientMetadata, err error) {
	if err := strictjson.Unmarshal(content, &metadata); err != nil {
		return metadata, fmt.Errorf("the client's metadata: %w; give a JSON object such as {\"client_name\":\"Notes\",\"redirect_uris\":[\"https://notes.example/cb\"]}", err)
	}
	return metadata, nil
}

// AddClient registers a client and writes what it needs to know as JSON, with its
// secret, which nothing shows again.
func AddClient(ctx context.Context, out io.Writer, r *realm.Realm, metadata oauth.ClientMetadata) error {
	added, err := authserver.AddClient(ctx, r, metadata)
	if err != nil {
		return err
	}
	// Only clients that registered themselves manage their registration.
	shown := map[string]any{"client_id": added.ClientID, "token_endpoint_auth_method": added.TokenEndpointAuthMethod,
		"grant_types": added.GrantTypes, "redirect_uris": added.RedirectUris, "scope": added.Scope}
	if serves, named := metadata.AdditionalProperties["serves"]; named {
		shown["serves"] = serves
	}
	if added.ClientSecret != nil {
		shown["client_secret"] = *added.ClientSecret
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(shown)
}

// RemoveClient removes a client and ends everything that was granted to it.
func RemoveClient(ctx context.Context, r *realm.Realm, id string) error {
	if _, err := r.Store().Client(ctx, id); err != nil {
		return fmt.Errorf("the client %q: %w; \"grantproof clients list\" shows them", id, err)
	}
	if err := r.Store().DeleteClient(ctx, id); err != nil {
		return err
	}
	return audit.ByCommand(ctx, r.Store(), store.Event{Name: audit.ClientDeleted, ClientID: id}, time.Now())
}
