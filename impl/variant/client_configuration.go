package variant

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
)

var _ = add([]Variant{
	{
		Name:    "no-client-configuration",
		Role:    AuthorizationServer,
		Allows:  "RFC 7592 abstract: not all servers that support dynamic registration support its management",
		Summary: "A registration response names no registration_client_uri and no registration_access_token, and there is no such endpoint.",
		Tempts:  ids{"rfc7591-3.2.1/created", "rfc7592-3/registration-client-uri", "rfc7592-3/registration-access-token", "rfc7592-2.1/read"},
		Without: []string{"client_configuration"},
		Answer: func(r *http.Request, response *seam.Response) {
			if strings.HasPrefix(r.URL.Path, registrationPath+"/") {
				seam.As(http.StatusNotFound, `{"error":"not_found"}`)(response)
			}
			onRegistered(func(_ *http.Request, response *seam.Response) {
				seam.Without("registration_client_uri")(response)
				seam.Without("registration_access_token")(response)
			})(r, response)
		},
	},
	{
		Name:    "client-configuration-by-query",
		Role:    AuthorizationServer,
		Allows:  "RFC 7592 section 2: the client uses the URL as it is given and does not construct it",
		Summary: "The registration_client_uri names the client in its query, at another path.",
		Tempts:  ids{"rfc7592-3/registration-client-uri", "rfc7592-2.1/read", "rfc7592-2.3/no-content", "rfc7592-2.2/replaced"},
		Request: func(r *http.Request) {
			if r.URL.Path == "/clients/self" {
				r.URL.Path, r.URL.RawPath = registrationPath+"/"+r.URL.Query().Get("client"), registrationPath+"/"+url.PathEscape(r.URL.Query().Get("client"))
				r.URL.RawQuery = ""
			}
		},
		Answer: onRegistered(func(r *http.Request, response *seam.Response) {
			if id, ok := seam.Members(response)["client_id"].(string); ok {
				seam.With("registration_client_uri", realm.From(r.Context()).Issuer+"/clients/self?client="+url.QueryEscape(id))(response)
			}
		}),
	},
	{
		Name:    "registrations-not-deletable",
		Role:    AuthorizationServer,
		Allows:  "RFC 7592 section 2.3: a server that does not support the delete method answers 405",
		Summary: "DELETE at the client configuration endpoint gets 405.",
		Tempts:  ids{"rfc7592-2.3/no-content", "rfc7592-2.3/method-not-allowed", "rfc7592-2.3/client-invalidated", "rfc7592-2.3/tokens-invalidated", "rfc7592-2.3/delete-forbidden"},
		Without: []string{"registration_deletion"},
		Rules:   forbidding("delete"),
		Answer:  onConfiguration(http.MethodDelete, seam.From(http.StatusForbidden, http.StatusMethodNotAllowed)),
	},
	{
		Name:    "registrations-not-readable",
		Role:    AuthorizationServer,
		Allows:  "RFC 7592 section 2.1: a client without the permission to read its record gets 403",
		Summary: "Clients cannot read their registration: GET at the client configuration endpoint gets 403.",
		Tempts:  ids{"rfc7592-2.1/read", "rfc7592-3/all-metadata", "rfc7592-2/token-required", "rfc7592-5/token-lasts", "rfc7592-2.3/client-invalidated", "rfc7592-2.1/read-forbidden"},
		Without: []string{"registration_reading"},
		Rules:   forbidding("read"),
	},
	{
		Name:    "registrations-not-changeable",
		Role:    AuthorizationServer,
		Allows:  "RFC 7592 section 2: a method that the client configuration endpoint does not support gets the appropriate error",
		Summary: "Clients cannot update their registration: PUT at the client configuration endpoint gets 405.",
		Tempts:  ids{"rfc7592-2.2/replaced", "rfc7592-2.2/omitted", "rfc7592-2.2/update-forbidden", "rfc7592-2.2/replacements-returned", "rfc7592-5/token-rotated", "rfc7592-2.2/management-fields-kept"},
		Without: []string{"registration_update"},
		Rules:   forbidding("update"),
		Answer:  onConfiguration(http.MethodPut, seam.From(http.StatusForbidden, http.StatusMethodNotAllowed)),
	},
	{
		Name:    "registration-access-token-kept",
		Role:    AuthorizationServer,
		Allows:  "RFC 7592 section 5: the server may replace the registration access token, and so need not",
		Summary: "An update leaves the registration access token as it is.",
		Tempts:  ids{"rfc7592-5/token-rotated", "rfc7592-2.2/replaced", "rfc7592-3/registration-access-token"},
		Store:   func(sound store.Store) store.Store { return keptRegistrationTokens{sound} },
		Answer: func(r *http.Request, response *seam.Response) {
			presented := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
			onConfiguration(http.MethodPut, seam.Succeeding(seam.With("registration_access_token", presented)))(r, response)
		},
	},
	{
		Name:    "client-secret-repeated",
		Role:    AuthorizationServer,
		Allows:  "RFC 7592 section 3: the client information response of a read or update contains the client secret where there is one",
		Summary: "The client secret is also in the response to a read.",
		Tempts:  ids{"rfc7592-2.1/read", "rfc7591-3.2.1/secret-expiry"},
		Edits:   secretRepeated,
	},
})

// forbidding takes the permission for an operation from every client.
func forbidding(operation string) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.ConfigurationAllowed.In(in)
		authserver.ConfigurationAllowed.Replace(in, func(policy realm.Policy, asked string) bool {
			return asked != operation && held(policy, asked)
		})
	}
}

func onConfiguration(method string, edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return func(r *http.Request, response *seam.Response) {
		if strings.HasPrefix(r.URL.Path, registrationPath+"/") && r.Method == method {
			edit(response)
		}
	}
}

// secretRepeated remembers secrets by client.
func secretRepeated() (func(*http.Request), func(*http.Request, *seam.Response)) {
	var secrets sync.Map
	return nil, onRegistered(func(r *http.Request, response *seam.Response) {
		members := seam.Members(response)
		if secret, issued := members["client_secret"]; issued {
			secrets.Store(members["client_id"], secret)
			return
		}
		if secret, known := secrets.Load(members["client_id"]); known && r.Method == http.MethodGet {
			seam.With("client_secret", secret)(response)
			seam.With("client_secret_expires_at", 0)(response)
		}
	})
}

// keptRegistrationTokens keeps the registration access token of a client that changes.
type keptRegistrationTokens struct{ store.Store }

func (s keptRegistrationTokens) ChangeClient(ctx context.Context, id string, change func(*store.Client) error) error {
	return s.Store.ChangeClient(ctx, id, func(client *store.Client) error {
		before := client.RegistrationToken
		err := change(client)
		if client.RegistrationToken != nil {
			client.RegistrationToken = before
		}
		return err
	})
}
