package fault

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "registration-access-token-expires",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-5/token-lasts"},
		Summary:  "A registration access token works for a week.",
		Rules: func(in rule.Replaced) {
			held := authserver.RegistrationAccessToken.In(in)
			authserver.RegistrationAccessToken.Replace(in, func(ctx context.Context, r *realm.Realm, client store.Client, presented string) (bool, error) {
				if r.Clock.Now().After(client.IssuedAt.Add(7 * 24 * time.Hour)) {
					return false, nil
				}
				return held(ctx, r, client, presented)
			})
		},
	},
	{
		Name:     "registration-token-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2/token-required", "rfc7592-2.1/invalid-token"},
		Summary:  "The client configuration endpoint requires no token.",
		Request: func(r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/oauth/register/") && r.Header.Get("Authorization") == "" {
				wire.FromContext(r.Context()).Authorization = []string{"Bearer of-anybody"}
			}
		},
		Rules: seam.Instead(authserver.RegistrationAccessToken, func(context.Context, *realm.Realm, store.Client, string) (bool, error) { return true, nil }),
	},
	{
		Name:     "registration-token-of-any-client",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2/token-required"},
		Summary:  "The registration access token of one client opens the registration of another.",
		Rules: seam.Instead(authserver.RegistrationAccessToken, func(ctx context.Context, r *realm.Realm, _ store.Client, presented string) (bool, error) {
			clients, err := r.Store().Clients(ctx)
			return slices.ContainsFunc(clients, func(any store.Client) bool {
				return any.RegistrationToken != nil && any.RegistrationToken.Matches(presented)
			}), err
		}),
	},
	{
		Name:     "registration-read-not-found",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.1/read"},
		Summary:  "Reading a registration returns 404.",
		Answer:   onRegistration("GET", http.StatusOK, seam.As(http.StatusNotFound, `{"error":"not_found"}`)),
	},
	{
		Name:     "unknown-registration-not-found",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.1/unknown-client", "rfc7592-5/token-of-deleted-client"},
		Summary:  "Reading the registration of a client that does not exist returns 404.",
		Answer:   tellUnknownClient,
	},
	{
		Name:     "registration-method-not-found",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2/unsupported-method"},
		Summary:  "An unsupported method at the client configuration endpoint returns 404.",
		Answer:   onRegistration("PATCH", http.StatusMethodNotAllowed, seam.As(http.StatusNotFound, `{"error":"not_found"}`)),
	},
	{
		Name:     "configuration-permission-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.1/read-forbidden", "rfc7592-2.2/update-forbidden", "rfc7592-2.3/delete-forbidden"},
		Summary:  "A client can change its registration although the server forbids it.",
		Rules:    seam.Instead(authserver.ConfigurationAllowed, func(realm.Policy, string) bool { return true }),
	},
	{
		Name:     "update-changes-client-id",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.1/client-id-unchanged"},
		Summary:  "An update issues a new client_id.",
		Answer:   onRegistration("PUT", http.StatusOK, seam.With("client_id", "client-of-another-name")),
	},
	{
		Name:     "update-sets-management-fields",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.2/management-fields-kept"},
		Summary:  "An update can set the registration access token and related members.",
		Rules:    setManagementFields,
	},
	{
		Name:     "update-augments",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.2/replaced"},
		Summary:  "An update adds its redirect URIs to the existing ones instead of replacing them.",
		Rules: onUpdate(nil, func(updated *store.Client, before store.Client, _ oauth.ClientUpdate) {
			updated.RedirectURIs = append(updated.RedirectURIs, before.RedirectURIs...)
		}),
	},
	{
		Name:     "update-keeps-omitted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.2/omitted"},
		Summary:  "An update keeps the values that it omits.",
		Rules: onUpdate(nil, func(updated *store.Client, before store.Client, sent oauth.ClientUpdate) {
			if sent.ClientName == nil {
				updated.Name = before.Name
			}
		}),
	},
	{
		Name:     "update-client-id-not-compared",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.2/client-id-identical"},
		Summary:  "An update without client_id is accepted.",
		Rules:    onUpdate(func(before store.Client, request *oauth.ClientUpdate) { request.ClientID = &before.ID }, nil),
	},
	{
		Name:     "update-sets-secret",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.2/secret-identical", "rfc7592-2.2/no-chosen-secret"},
		Summary:  "A client can choose its secret in an update.",
		Rules: onUpdate(func(_ store.Client, request *oauth.ClientUpdate) { request.ClientSecret = nil }, func(updated *store.Client, _ store.Client, sent oauth.ClientUpdate) {
			if sent.ClientSecret != nil {
				updated.Secret = new(token.HashOf(*sent.ClientSecret))
			}
		}),
	},
	{
		Name:     "deletion-as-ok",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.3/no-content"},
		Summary:  "A deletion returns 200.",
		Answer:   onRegistration("DELETE", http.StatusNoContent, func(r *seam.Response) { r.Status = http.StatusOK }),
	},
	{
		Name:     "deletion-bad-request",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.3/method-not-allowed"},
		Summary:  "A deletion returns 400 where it is not supported.",
		Answer:   onRegistration("DELETE", http.StatusNoContent, seam.As(http.StatusBadRequest, `{"error":"invalid_request"}`)),
	},
	{
		Name:     "deleted-client-lives",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.3/client-invalidated", "rfc7592-2.3/tokens-invalidated", "rfc7592-5/token-of-deleted-client"},
		Summary:  "A deletion returns 204 and deletes nothing.",
		Store:    func(sound store.Store) store.Store { return keepingClients{sound} },
	},
})

// onUpdate changes the request for an update before it is judged, and what comes of
// it.
func onUpdate(change func(before store.Client, request *oauth.ClientUpdate), after func(updated *store.Client, before store.Client, sent oauth.ClientUpdate)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.UpdatedClient.In(in)
		authserver.UpdatedClient.Replace(in, func(r *realm.Realm, before store.Client, sent oauth.ClientUpdate) (store.Client, error) {
			request := sent
			if change != nil {
				change(before, &request)
			}
			updated, err := held(r, before, request)
			if err == nil && after != nil {
				after(&updated, before, sent)
			}
			return updated, err
		})
	}
}

// setManagementFields lets an update set what belongs to the server.
func setManagementFields(in rule.Replaced) {
	var chosen atomic.Pointer[string] // The registration access token.
	onUpdate(func(_ store.Client, request *oauth.ClientUpdate) {
		request.RegistrationAccessToken, request.RegistrationClientURI, request.ClientIDIssuedAt, request.ClientSecretExpiresAt = nil, nil, nil, nil
	}, func(updated *store.Client, _ store.Client, sent oauth.ClientUpdate) {
		chosen.Store(sent.RegistrationAccessToken)
		if sent.ClientIDIssuedAt != nil {
			updated.IssuedAt = time.Unix(*sent.ClientIDIssuedAt, 0)
		}
	})(in)
	func(in rule.Replaced) {
		held := authserver.NewRegistrationAccessToken.In(in)
		authserver.NewRegistrationAccessToken.Replace(in, func() string {
			return cmp.Or(seam.Value(chosen.Swap(nil)), held())
		})
	}(in)
}

// tellUnknownClient answers with 404 where there is no such client.
func tellUnknownClient(request *http.Request, r *seam.Response) {
	id, configures := strings.CutPrefix(request.URL.Path, "/oauth/register/")
	if !configures || r.Status != http.StatusUnauthorized || request.Header.Get("Authorization") == "" {
		return
	}
	if _, err := realm.From(request.Context()).Store().Client(request.Context(), id); errors.Is(err, store.ErrNotFound) {
		r.Header.Del("WWW-Authenticate")
		seam.As(http.StatusNotFound, `{"error":"not_found"}`)(r)
	}
}

// keepingClients deletes no client.
type keepingClients struct{ store.Store }

// DeleteClient implements store.Clients.
func (keepingClients) DeleteClient(context.Context, string) error { return nil }
