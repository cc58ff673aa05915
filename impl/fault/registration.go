package fault

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/clientmetadata"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "foreign-letters-dropped",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2.2/untagged-as-is"},
		Summary:  "The name of a client is shown with its ASCII letters alone.",
		Rules: instead(authserver.ClientName, func(ctx context.Context, client store.Client) pages.Name {
			name := authserver.ClientName.Sound(ctx, client)
			name.Text = strings.Map(func(r rune) rune {
				if r > '~' {
					return -1
				}
				return r
			}, name.Text)
			return name
		}),
	},
	{
		Name:     "language-tag-case-matters",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2.2/language-tag-case"},
		Summary:  "A name with a language tag in other letters is not found.",
		Rules:    instead(authserver.SameLanguage, func(a, b string) bool { return a == b }),
	},
	{
		Name:     "missing-pages-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/uris-resolve"},
		Summary:  "A client may name pages that are not there.",
		Rules:    instead(authserver.PageThere, func(context.Context, *realm.Realm, string) error { return nil }),
	},
	{
		Name:     "client-ids-are-urls",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-supporting-both/generated-ids"},
		Summary:  "Who registers gets a client_id that looks like the URL of a document.",
		Answer:   onRegistration("POST", http.StatusCreated, with("client_id", "https://clients.example.com/1")),
	},
	{
		Name:     "client-secret-guessable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.10/guess-probability"},
		Summary:  "The secrets of clients that register are numbered.",
		Rules:    numbered(authserver.NewClientSecret, "client-secret-of-the-registration-%08d"),
	},
	{
		Name:     "json-registration-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3/post-json"},
		Summary:  "No registration in JSON is accepted.",
		Answer:   onRegistration("POST", http.StatusCreated, as(http.StatusBadRequest, `{"error":"invalid_request"}`)),
	},
	{
		Name:     "registration-as-ok",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/created"},
		Summary:  "A registration is answered with 200.",
		Answer:   onRegistration("POST", http.StatusCreated, func(r *Response) { r.Status = http.StatusOK }),
	},
	{
		Name:     "registration-without-client-id",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/client-id"},
		Summary:  "The answer to a registration has no client_id.",
		Answer:   onRegistration("POST", http.StatusCreated, without("client_id")),
	},
	{
		Name:     "registered-metadata-not-returned",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/all-metadata", "rfc7592-3/all-metadata"},
		Summary:  "The name and the redirect URIs of a client are registered and not returned.",
		Answer: onRegistration("*", 0, func(r *Response) {
			if len(r.Body) > 0 {
				without("client_name")(r)
				without("redirect_uris")(r)
			}
		}),
	},
	{
		Name:     "secret-expiry-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/secret-expiry"},
		Summary:  "A client secret comes without client_secret_expires_at.",
		Answer:   onRegistration("POST", http.StatusCreated, without("client_secret_expires_at")),
	},
	{
		Name:     "public-client-gets-secret",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/none-without-secret"},
		Summary:  "A client that registers for no authentication gets a secret.",
		Rules:    instead(authserver.SecretNeeded, func(string) bool { return true }),
	},
	{
		Name:     "unknown-metadata-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/unknown-ignored"},
		Summary:  "A registration with a member that the server does not know is refused.",
		Rules: instead(authserver.ClientMetadata, func(r *realm.Realm, client *store.Client, metadata oauth.ClientMetadata) *wire.Error {
			if len(metadata.AdditionalProperties) > 0 {
				return &wire.Error{Code: "invalid_client_metadata", Description: "unknown members are refused"}
			}
			return authserver.ClientMetadata.Sound(r, client, metadata)
		}),
	},
	{
		Name:     "default-auth-method-post",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/auth-method-default", "oidc-core-9/default-basic"},
		Summary:  "A client that names no authentication method is registered for client_secret_post.",
		Rules: onClientMetadata(func(metadata *oauth.ClientMetadata) {
			if metadata.TokenEndpointAuthMethod == nil {
				metadata.TokenEndpointAuthMethod = new("client_secret_post")
			}
		}),
	},
	{
		Name:     "default-grant-types-all",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/grant-types-default"},
		Summary:  "A client that names no grant types is registered for all of them.",
		Rules: onClientMetadata(func(metadata *oauth.ClientMetadata) {
			if metadata.GrantTypes == nil {
				metadata.GrantTypes = &[]string{"client_credentials", "authorization_code", "refresh_token"}
			}
		}),
	},
	{
		Name:     "default-response-types-token",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/response-types-default"},
		Summary:  "A client that names no response types is registered for the implicit grant's.",
		Answer:   onRegistration("POST", http.StatusCreated, with("response_types", []string{"token"})),
	},
	{
		Name:     "both-key-sources-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/jwks-or-jwks-uri"},
		Summary:  "A client registers jwks and jwks_uri.",
		Rules: instead(clientmetadata.Judge, func(in rule.Place, client store.Client) *clientmetadata.Flaw {
			if client.JWKS != nil {
				client.JWKSURI = ""
			}
			return clientmetadata.Judge.Sound(in, client)
		}),
	},
	{
		Name:     "inconsistent-types-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2.1/consistent"},
		Summary:  "Response types are registered that contradict the grant types.",
		Answer:   onRegistration("POST", http.StatusCreated, with("response_types", []string{"code"})),
		Rules:    onClientMetadata(func(metadata *oauth.ClientMetadata) { metadata.ResponseTypes = nil }),
	},
	{
		Name:     "unknown-auth-method-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/invalid-client-metadata"},
		Summary:  "A client registers for an authentication method that nobody knows.",
		Rules:    onUnknownAuthMethod(func(client *store.Client, sent string) { client.AuthMethod = sent }),
	},
	{
		Name:     "registration-errors-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/error"},
		Summary:  "The refusal of a registration is no JSON.",
		Answer:   onRegistration("POST", http.StatusBadRequest, asText),
	},
	{
		Name:     "registration-errors-renamed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/invalid-redirect-uri", "rfc7591-2/jwks-or-jwks-uri"},
		Summary:  "Every refusal of a registration has the error bad_request.",
		Answer:   onRegistration("POST", http.StatusBadRequest, with("error", "bad_request")),
	},
	{
		Name:     "client-secret-shared",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/secret-unique", "rfc7591-5/secret-per-instance"},
		Summary:  "All clients get the same secret.",
		Rules: func(in rule.Replaced) {
			same := token.NewSecret()
			instead(authserver.NewClientSecret, func() string { return same })(in)
		},
	},
	{
		Name:     "client-id-shared",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/client-id-unique", "rfc7591-2/client-id-varies"},
		Summary:  "Instances of one software get the same client_id.",
		Rules: instead(authserver.NewClientID, func(metadata oauth.ClientMetadata) string {
			if metadata.SoftwareID != nil {
				return "client-of-" + *metadata.SoftwareID
			}
			return authserver.NewClientID.Sound(metadata)
		}),
	},
	{
		Name:     "client-chooses-id",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.15.1/client-id-not-chosen"},
		Summary:  "A client chooses its client_id.",
		Rules: instead(authserver.NewClientID, func(metadata oauth.ClientMetadata) string {
			if chosen, ok := metadata.AdditionalProperties["client_id"].(string); ok {
				return chosen
			}
			return authserver.NewClientID.Sound(metadata)
		}),
	},
	{
		Name:     "initial-access-token-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/initial-access-token"},
		Summary:  "Whoever has no initial access token may register all the same.",
		Rules:    instead(authserver.InitialAccessToken, func(context.Context, *realm.Realm) *wire.Error { return nil }),
	},
	{
		Name:     "open-registration-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3/open-registration"},
		Summary:  "Nobody may register without an initial access token.",
		Rules:    instead(authserver.MayRegister, authserver.InitialAccessToken.Sound),
	},
	{
		Name:     "pages-of-other-hosts-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/uris-same-host"},
		Summary:  "A client registers pages and a logo of another host than its own.",
		Rules: instead(clientmetadata.Judge, func(in rule.Place, client store.Client) *clientmetadata.Flaw {
			flaw := clientmetadata.Judge.Sound(in, client)
			if flaw != nil && strings.HasPrefix(flaw.Reason, "it is not on a host of the redirect_uris") {
				return nil
			}
			return flaw
		}),
	},
	{
		Name:     "registration-client-uri-relative",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-3/registration-client-uri"},
		Summary:  "The registration_client_uri is a path.",
		Answer: onRegistration("*", 0, func(r *Response) {
			if id, ok := members(r)["client_id"].(string); ok {
				with("registration_client_uri", "/oauth/register/"+id)(r)
			}
		}),
	},
	{
		Name:     "registration-access-token-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-3/registration-access-token"},
		Summary:  "A registration brings no registration access token.",
		Answer:   onRegistration("POST", http.StatusCreated, without("registration_access_token")),
	},
	{
		Name:     "registration-access-token-guessable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-5/token-entropy"},
		Summary:  "Registration access tokens are counted.",
		Rules:    numbered(authserver.NewRegistrationAccessToken, "registration-%08d"),
	},
	{
		Name:     "replaced-metadata-not-returned",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.2/replacements-returned"},
		Summary:  "An invalid authentication method of an update is replaced, and the client is not told.",
		Answer:   onRegistration("PUT", http.StatusOK, without("token_endpoint_auth_method")),
		Rules:    onUnknownAuthMethod(func(*store.Client, string) {}),
	},
	{
		Name:     "statement-not-returned",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/statement-returned"},
		Summary:  "The answer to a registration does not return its software statement.",
		Answer:   onRegistration("POST", http.StatusCreated, without("software_statement")),
	},
	{
		Name:     "statement-values-not-returned",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.1/statement-values-returned"},
		Summary:  "What a software statement says is in the statement alone when it comes back.",
		Answer: onRegistration("POST", http.StatusCreated, func(r *Response) {
			if _, stated := members(r)["software_statement"]; stated {
				without("software_version")(r)
			}
		}),
	},
})

// onRegistration edits the answers of the registration endpoint and those of
// the client configuration endpoints below it that have a status; 0 is any.
func onRegistration(method string, status int, edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if strings.HasPrefix(r.URL.Path, "/oauth/register") && (method == "*" || r.Method == method) && (status == 0 || response.Status == status) {
			edit(response)
		}
	}
}

// onClientMetadata changes what a client says of itself before it is judged.
func onClientMetadata(change func(*oauth.ClientMetadata)) func(rule.Replaced) {
	return instead(authserver.ClientMetadata, func(r *realm.Realm, client *store.Client, metadata oauth.ClientMetadata) *wire.Error {
		change(&metadata)
		return authserver.ClientMetadata.Sound(r, client, metadata)
	})
}

// onUnknownAuthMethod registers a client with an unknown authentication method for
// client_secret_basic, and changes it after that.
func onUnknownAuthMethod(change func(client *store.Client, sent string)) func(rule.Replaced) {
	return instead(authserver.ClientMetadata, func(r *realm.Realm, client *store.Client, metadata oauth.ClientMetadata) *wire.Error {
		refused := authserver.ClientMetadata.Sound(r, client, metadata)
		if refused == nil || !strings.HasPrefix(refused.Description, "token_endpoint_auth_method: ") {
			return refused
		}
		sent := value(metadata.TokenEndpointAuthMethod)
		metadata.TokenEndpointAuthMethod = new("client_secret_basic")
		refused = authserver.ClientMetadata.Sound(r, client, metadata)
		change(client, sent)
		return refused
	})
}

// numbered counts the secrets that a rule makes.
func numbered(secret *rule.Rule[func() string], format string) func(rule.Replaced) {
	return func(in rule.Replaced) {
		var made atomic.Int64
		instead(secret, func() string { return fmt.Sprintf(format, made.Add(1)) })(in)
	}
}
