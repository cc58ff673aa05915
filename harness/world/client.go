package world

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
)

// Client is a client of the authorization server.
type Client struct {
	Name         string // Where it is not simply the client.
	ID, Secret   string
	Method       string // token_endpoint_auth_method
	GrantTypes   []string
	RedirectURIs []string
	Scope        string
	Key          *proof.Key // Of a client that is registered for private_key_jwt.
	EarlierKey   *proof.Key // The one before, which was withdrawn.
	Title        string     // What people call it; "" where nobody said.
	registered   bool       // Dynamically, by itself.
	without      string     // The grant type for which it is known not to be registered.
}

// Confidential tells whether the client can prove who it is.
func (c *Client) Confidential() bool { return c.Secret != "" || c.Key != nil }

// RedirectURI is the first registered one.
func (c *Client) RedirectURI() string {
	if len(c.RedirectURIs) == 0 {
		return ""
	}
	return c.RedirectURIs[0]
}

// defaultRedirectURI is a loopback address on which nobody needs to listen:
// the user agent stops when it is sent there.
const defaultRedirectURI = "http://127.0.0.1:8765/callback"

// Register makes a client and lets it act: by the control plane, else by
// dynamic registration. Where neither can be had, it is the client of the
// target file that fits.
func (w *World) Register(ctx context.Context, confidential bool, table Table) error {
	name := "public"
	if confidential {
		name = "confidential"
	}
	return w.register(ctx, name, confidential, table)
}

// RegisterNew makes a confidential client that nobody has approved yet: one of
// the target file may have been.
func (w *World) RegisterNew(ctx context.Context) error {
	err := w.Register(ctx, true, nil)
	if err == nil && w.control == nil && !w.Client.registered {
		return &check.NotApplicable{Reason: "the client of the target file may have been approved before, and the authorization server registers no new ones"}
	}
	return err
}

// registerAny makes a client of which it does not matter whether it is
// confidential; some servers have public clients only.
func (w *World) registerAny(ctx context.Context) error {
	err := w.Register(ctx, true, nil)
	if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
		return w.Register(ctx, false, nil)
	}
	return err
}

// RegisterAnother makes a second client, which acts from now on. It may use the
// same grants as the first.
func (w *World) RegisterAnother(ctx context.Context, confidential bool) error {
	var like Table
	if w.Client != nil && len(w.Client.GrantTypes) > 0 {
		like = Table{{"grant_types", strings.Join(w.Client.GrantTypes, " ")}}
	}
	return w.register(ctx, "second", confidential, like)
}

func (w *World) register(ctx context.Context, name string, confidential bool, table Table) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	request, err := clientRequest(confidential, table)
	if err != nil {
		return err
	}
	if w.control == nil {
		return w.registerElsewhere(ctx, name, confidential, request, table)
	}
	key, err := w.giveKey(&request, table)
	if err != nil {
		return err
	}
	made, err := w.control.CreateClientWithResponse(ctx, w.Realm.ID, request)
	if err != nil {
		return err
	}
	if made.JSON201 == nil {
		return refusedByControl("the client", made.HTTPResponse, made.Body)
	}
	w.Client = &Client{
		ID: made.JSON201.ClientID, Method: made.JSON201.TokenEndpointAuthMethod, GrantTypes: made.JSON201.GrantTypes,
		RedirectURIs: made.JSON201.RedirectUris, Scope: made.JSON201.Scope, Key: key, Title: *request.ClientName,
	}
	if made.JSON201.ClientSecret != nil {
		w.Client.Secret = *made.JSON201.ClientSecret
		w.Log.Plant(w.Client.Secret)
	}
	return nil
}

// defaultClientName is what people call a client whose name does not matter.
const defaultClientName = "Examined application"

// selfRegistered is the row of a client of which nobody knows who made it.
const selfRegistered = "(registered by itself)"

// RegisterItself makes a client of which nobody knows who made it.
func (w *World) RegisterItself(ctx context.Context, confidential bool, table Table) error {
	return w.Register(ctx, confidential, append(Table{{selfRegistered, "yes"}}, table...))
}

// withoutGrant is the row of a grant type that a client is not registered for.
const withoutGrant = "(without the grant)"

// RegisterWithout makes a client that is not registered for a grant type, and
// asks for a token by it all the same.
func (w *World) RegisterWithout(ctx context.Context, confidential bool, grant string) error {
	err := w.Register(ctx, confidential, Table{{withoutGrant, grant}})
	if err == nil {
		w.Client.without = grant
	}
	return err
}

func clientRequest(confidential bool, table Table) (control.ClientRequest, error) {
	method := control.ClientRequestTokenEndpointAuthMethod("client_secret_basic")
	if !confidential {
		method = "none"
	}
	request := control.ClientRequest{
		TokenEndpointAuthMethod: &method,
		GrantTypes:              &[]string{"authorization_code", "client_credentials"},
		RedirectUris:            &[]string{defaultRedirectURI},
		ClientName:              new(defaultClientName),
	}
	for _, row := range table {
		words := strings.Fields(row.Value)
		switch row.Name {
		case "grant_types":
			request.GrantTypes = &words
		case "redirect_uris":
			request.RedirectUris = &words
		case "client_id":
			request.ClientID = &row.Value
		case "scope":
			request.Scope = &row.Value
		case "serves":
			request.Serves = &words
		case "client_name":
			request.ClientName = &row.Value
		case withoutGrant:
			request.GrantTypes = new(slices.DeleteFunc(*request.GrantTypes, func(grant string) bool { return grant == row.Value }))
		case selfRegistered:
			request.SelfRegistered = new(true)
		case "client_secret":
			request.ClientSecret = &row.Value
		case "token_endpoint_auth_method":
			method = control.ClientRequestTokenEndpointAuthMethod(row.Value)
		case "token_endpoint_auth_signing_alg", "jwks_uri": // They are about its key.
		case "application_type": // It is about how it registers itself.
		default:
			return request, fmt.Errorf("a client has no %q; it has client_name, client_secret, grant_types, jwks_uri, redirect_uris, scope, serves, token_endpoint_auth_method and token_endpoint_auth_signing_alg", row.Name)
		}
	}
	return request, nil
}

// Authenticate changes how the client authenticates from now on, as it is
// registered to.
func (w *World) Authenticate(ctx context.Context, method string) error {
	return w.Register(ctx, true, Table{{"token_endpoint_auth_method", method}})
}
