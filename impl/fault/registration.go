package fault

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "client-ids-are-urls",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-supporting-both/generated-ids"},
		Summary:  "Dynamic registration issues a client_id that looks like the URL of a client metadata document.",
		Answer:   onRegistration("POST", http.StatusCreated, seam.With("client_id", "https://clients.example.com/1")),
	},
	{
		Name:     "client-secret-guessable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.10/guess-probability"},
		Summary:  "The secrets of registered clients are sequential numbers.",
		Rules: func(in rule.Replaced) {
			var made atomic.Int64
			seam.Instead(realm.NewClientSecret, func(string) string { return fmt.Sprintf("client-secret-of-the-registration-%08d", made.Add(1)) })(in)
		},
	},
	{
		Name:     "json-registration-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3/post-json"},
		Summary:  "A registration in JSON is refused.",
		Answer:   onRegistration("POST", http.StatusCreated, seam.As(http.StatusBadRequest, `{"error":"invalid_request"}`)),
	},
	{
		Name:     "registration-as-ok",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/created"},
		Summary:  "A registration returns 200.",
		Answer:   onRegistration("POST", http.StatusCreated, func(r *seam.Response) { r.Status = http.StatusOK }),
	},
	{
		Name:     "registration-without-client-id",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/client-id"},
		Summary:  "The registration response has no client_id.",
		Answer:   onRegistration("POST", http.StatusCreated, seam.Without("client_id")),
	},
	{
		Name:     "registered-metadata-not-returned",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/all-metadata", "rfc7592-3/all-metadata"},
		Summary:  "The registration response does not contain the registered name and redirect URIs.",
		Answer: onRegistration("*", 0, func(r *seam.Response) {
			if len(r.Body) > 0 {
				seam.Without("client_name")(r)
				seam.Without("redirect_uris")(r)
			}
		}),
	},
	{
		Name:     "secret-expiry-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/secret-expiry"},
		Summary:  "The registration response has a client_secret without client_secret_expires_at.",
		Answer:   onRegistration("POST", http.StatusCreated, seam.Without("client_secret_expires_at")),
	},
	{
		Name:     "public-client-gets-secret",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/none-without-secret"},
		Summary:  "A client that registers with the method none gets a secret.",
		Rules:    seam.Instead(authserver.SecretNeeded, func(string) bool { return true }),
	},
	{
		Name:     "registration-errors-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/error"},
		Summary:  "The refusal of a registration is not JSON.",
		Answer:   onRegistration("POST", http.StatusBadRequest, seam.AsText),
	},
	{
		Name:     "registration-errors-renamed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/invalid-redirect-uri"},
		Summary:  "Every refusal of a registration has the error bad_request.",
		Answer:   onRegistration("POST", http.StatusBadRequest, seam.With("error", "bad_request")),
	},
	{
		Name:     "client-secret-shared",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/secret-unique", "rfc7591-5/secret-per-instance"},
		Summary:  "All clients get the same secret.",
		Rules: func(in rule.Replaced) {
			same := token.NewSecret()
			seam.Instead(realm.NewClientSecret, func(string) string { return same })(in)
		},
	},
	{
		Name:     "client-id-shared",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/client-id-unique", "rfc7591-2/client-id-varies"},
		Summary:  "Instances of one software get the same client_id.",
		Rules: func(in rule.Replaced) {
			held := authserver.NewClientID.In(in)
			authserver.NewClientID.Replace(in, func(metadata oauth.ClientMetadata) string {
				if metadata.SoftwareID != nil {
					return "client-of-" + *metadata.SoftwareID
				}
				return held(metadata)
			})
		},
	},
	{
		Name:     "client-chooses-id",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.15.1/client-id-not-chosen"},
		Summary:  "A client can choose its client_id.",
		Rules: func(in rule.Replaced) {
			held := authserver.NewClientID.In(in)
			authserver.NewClientID.Replace(in, func(metadata oauth.ClientMetadata) string {
				if chosen, ok := metadata.AdditionalProperties["client_id"].(string); ok {
					return chosen
				}
				return held(metadata)
			})
		},
	},
	{
		Name:     "initial-access-token-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/initial-access-token"},
		Summary:  "A registration without the required initial access token is accepted.",
		Rules:    seam.Instead(authserver.InitialAccessToken, func(context.Context, *realm.Realm) *wire.Error { return nil }),
	},
	{
		Name:     "open-registration-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3/open-registration"},
		Summary:  "Open registration is refused without an initial access token.",
		Rules:    seam.Instead(authserver.MayRegister, authserver.InitialAccessToken.Sound),
	},
	{
		Name:     "registration-client-uri-relative",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-3/registration-client-uri"},
		Summary:  "The registration_client_uri is a relative URL.",
		Answer: onRegistration("*", 0, func(r *seam.Response) {
			if id, ok := seam.Members(r)["client_id"].(string); ok {
				seam.With("registration_client_uri", "/oauth/register/"+id)(r)
			}
		}),
	},
	{
		Name:     "registration-access-token-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-3/registration-access-token"},
		Summary:  "The registration response has no registration_access_token.",
		Answer:   onRegistration("POST", http.StatusCreated, seam.Without("registration_access_token")),
	},
	{
		Name:     "registration-access-token-guessable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-5/token-entropy"},
		Summary:  "Registration access tokens are sequential numbers.",
		Rules: func(in rule.Replaced) {
			var made atomic.Int64
			seam.Instead(authserver.NewRegistrationAccessToken, func() string { return fmt.Sprintf("registration-%08d", made.Add(1)) })(in)
		},
	},
	{
		Name:     "statement-not-returned",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/statement-returned"},
		Summary:  "The registration response does not contain the software statement.",
		Answer:   onRegistration("POST", http.StatusCreated, seam.Without("software_statement")),
	},
	{
		Name:     "statement-values-not-returned",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/statement-values-returned"},
		Summary:  "The registration response does not repeat the values of the software statement.",
		Answer: onRegistration("POST", http.StatusCreated, func(r *seam.Response) {
			if _, stated := seam.Members(r)["software_statement"]; stated {
				seam.Without("software_version")(r)
			}
		}),
	},
})

// onRegistration edits the answers of the registration endpoint and those of
// the client configuration endpoints below it that have a status; 0 is any.
func onRegistration(method string, status int, edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return func(r *http.Request, response *seam.Response) {
		if strings.HasPrefix(r.URL.Path, "/oauth/register") && (method == "*" || r.Method == method) && (status == 0 || response.Status == status) {
			edit(response)
		}
	}
}
