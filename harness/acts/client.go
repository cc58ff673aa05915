package acts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(Given, []step{
	{says: `an? (confidential|public) client`, with: words.Client, registers: always, do: aClient},
	{says: `the client presents a secret that nobody gave it`, do: presentsSecret, once: "one scenario has a public client act as a confidential one"},
	{says: `the client authenticates with "([^"]*)"`, do: authenticatesWith},
	{says: `the (client|authorization server) has changed its key`, do: hasChangedKey},
	{says: `another (confidential|public) client intercepts the (?:code|refresh token)`, registers: always, do: intercepts},
})

func aClient(ctx context.Context, w *world.World, args []string, table world.Table) error {
	grant, without := table.Get("(without the grant)")
	_, never := table.Get("(approved)")
	if (without || never) && len(table) > 1 || never && args[0] == "public" {
		return errors.New("a row (without the grant) or (approved) stands alone in its table, and (approved) is for confidential clients")
	}
	if without {
		return RegisterWithout(ctx, w, args[0] == "confidential", grant)
	}
	if never {
		return RegisterNew(ctx, w)
	}
	return RegisterClient(ctx, w, args[0] == "confidential", table)
}

func hasChangedKey(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "client" {
		return ChangeKey(ctx, w)
	}
	return w.ChangeSigningKey(ctx)
}

func authenticatesWith(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return Authenticate(ctx, w, args[0])
}

func presentsSecret(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	presented := *w.Client
	presented.Secret, presented.Method = proof.Random(), "client_secret_post"
	w.Client = &presented
	return nil
}

// intercepts leaves the code and all that belongs to it with another client.
func intercepts(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return RegisterAnother(ctx, w, args[0] == "confidential")
}

// RegisterClient makes a client and lets it act.
func RegisterClient(ctx context.Context, w *world.World, confidential bool, table world.Table) error {
	name := world.Public
	if confidential {
		name = world.Confidential
	}
	return register(ctx, w, world.Wanted{Name: name, Confidential: confidential, Table: table})
}

// RegisterNew makes a confidential client that nobody has approved yet: one of
// the target file may have been.
func RegisterNew(ctx context.Context, w *world.World) error {
	err := RegisterClient(ctx, w, true, nil)
	if err == nil && w.Client.Known {
		return &check.NotApplicable{Reason: "the client of the target file may have been approved before, and the authorization server registers no new ones"}
	}
	return err
}

// RegisterAny makes a client of which it does not matter whether it is
// confidential; some servers have public clients only.
func RegisterAny(ctx context.Context, w *world.World) error {
	err := RegisterClient(ctx, w, true, nil)
	if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
		return RegisterClient(ctx, w, false, nil)
	}
	return err
}

// RegisterAnother makes a second client, which acts from now on. It may use the
// same grants as the first.
func RegisterAnother(ctx context.Context, w *world.World, confidential bool) error {
	var like world.Table
	if w.Client != nil && len(w.Client.GrantTypes) > 0 {
		like = world.Table{{Name: "grant_types", Value: strings.Join(w.Client.GrantTypes, " ")}}
	}
	return register(ctx, w, world.Wanted{Name: world.Second, Confidential: confidential, Table: like})
}

// register makes the client that is wanted and lets it act.
func register(ctx context.Context, w *world.World, wanted world.Wanted) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	var err error
	if wanted.Request, err = ClientRequest(wanted.Confidential, wanted.Table); err != nil {
		return err
	}
	return w.Run.Setting.Register(ctx, w, wanted)
}

// defaultClientName is what people call a client whose name does not matter.
const defaultClientName = "Examined application"

// RegisteredByItself is the row of a client of which nobody knows who made it.
const RegisteredByItself = "(registered by itself)"

// WithoutGrant is the row of a grant type that a client is not registered for.
const WithoutGrant = "(without the grant)"

// RegisterWithout makes a client that is not registered for a grant type, and
// asks for a token by it all the same.
func RegisterWithout(ctx context.Context, w *world.World, confidential bool, grant string) error {
	err := RegisterClient(ctx, w, confidential, world.Table{{Name: WithoutGrant, Value: grant}})
	if err == nil {
		w.Client.Without = grant
	}
	return err
}

// ClientRequest is the registration of a client, departing from a usual one in
// what table says.
func ClientRequest(confidential bool, table world.Table) (control.ClientRequest, error) {
	method := control.ClientRequestTokenEndpointAuthMethod("client_secret_basic")
	if !confidential {
		method = "none"
	}
	request := control.ClientRequest{
		TokenEndpointAuthMethod: &method,
		GrantTypes:              &[]string{"authorization_code", "client_credentials"},
		RedirectUris:            &[]string{world.DefaultRedirectURI},
		ClientName:              new(defaultClientName),
	}
	for _, row := range table {
		if err := depart(&request, row); err != nil {
			return request, err
		}
	}
	return request, nil
}

// depart changes one member of a registration.
func depart(request *control.ClientRequest, row world.Row) error {
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
	case WithoutGrant:
		request.GrantTypes = new(slices.DeleteFunc(*request.GrantTypes, func(grant string) bool { return grant == row.Value }))
	case RegisteredByItself:
		request.SelfRegistered = new(true)
	case "client_secret":
		request.ClientSecret = &row.Value
	case "token_endpoint_auth_method":
		request.TokenEndpointAuthMethod = new(control.ClientRequestTokenEndpointAuthMethod(row.Value))
	case "token_endpoint_auth_signing_alg", "jwks_uri": // They are about its key.
	case "application_type": // It is about how it registers itself.
	default:
		return fmt.Errorf("a client has no %q; it has client_name, client_secret, grant_types, jwks_uri, redirect_uris, scope, serves, token_endpoint_auth_method and token_endpoint_auth_signing_alg", row.Name)
	}
	return nil
}

// Authenticate changes how the client authenticates from now on, as it is
// registered to.
func Authenticate(ctx context.Context, w *world.World, method string) error {
	return RegisterClient(ctx, w, true, world.Table{{Name: "token_endpoint_auth_method", Value: method}})
}

// ScopesOfResources leaves out the scopes of OpenID Connect (OpenID Connect Core
// sections 5.4 and 11, https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims):
// they are about the user, and a scenario that is about them asks for them.
func ScopesOfResources(scopes []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(scopes), func(name string) bool {
		return slices.Contains([]string{"openid", "profile", "email", "address", "phone", "offline_access"}, name)
	}), " ")
}
