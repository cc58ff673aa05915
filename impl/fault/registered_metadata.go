package fault

import (
	"context"
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/clientmetadata"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "keys-at-two-places",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/jwks-or-jwks-uri"},
		Summary:  "A registration with both jwks and jwks_uri keeps the first alone.",
		Rules: onClientMetadata(func(metadata *oauth.ClientMetadata) {
			if metadata.Jwks != nil {
				metadata.JwksURI = nil
			}
		}),
	},
	{
		Name:     "default-auth-method-post",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/auth-method-default", "oidc-core-9/default-basic"},
		Summary:  "The default authentication method of a registration is client_secret_post.",
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
		Summary:  "The default of grant_types in a registration is all grant types.",
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
		Summary:  "The default of response_types in a registration is token.",
		Answer:   onRegistration("POST", http.StatusCreated, seam.With("response_types", []string{"token"})),
	},
	{
		Name:     "unknown-metadata-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/unknown-ignored"},
		Summary:  "A registration with an unknown member is refused.",
		Rules: func(in rule.Replaced) {
			held := authserver.ClientMetadata.In(in)
			authserver.ClientMetadata.Replace(in, func(r *realm.Realm, client *store.Client, metadata oauth.ClientMetadata) *wire.Error {
				if len(metadata.AdditionalProperties) > 0 {
					return &wire.Error{Code: "invalid_client_metadata", Description: "unknown members are refused"}
				}
				return held(r, client, metadata)
			})
		},
	},
	{
		Name:     "both-key-sources-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/jwks-or-jwks-uri"},
		Summary:  "A client can register both jwks and jwks_uri.",
		Rules: func(in rule.Replaced) {
			held := clientmetadata.Judge.In(in)
			clientmetadata.Judge.Replace(in, func(in rule.Place, client store.Client) *clientmetadata.Flaw {
				if client.JWKS != nil {
					client.JWKSURI = ""
				}
				return held(in, client)
			})
		},
	},
	{
		Name:     "both-key-sources-returned",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/jwks-or-jwks-uri-returned"},
		Summary:  "The registration response adds jwks_uri for a client that registered jwks.",
		Answer:   onRegistration("POST", http.StatusCreated, seam.With("jwks_uri", "https://client.example/keys")),
	},
	{
		Name:     "inconsistent-types-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2.1/consistent"},
		Summary:  "A client can register response types that contradict its grant types.",
		Answer:   onRegistration("POST", http.StatusCreated, seam.With("response_types", []string{"code"})),
		Rules:    onClientMetadata(func(metadata *oauth.ClientMetadata) { metadata.ResponseTypes = nil }),
	},
	{
		Name:     "unknown-auth-method-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/invalid-client-metadata"},
		Summary:  "A client can register an unknown authentication method.",
		Rules:    onUnknownAuthMethod(func(client *store.Client, sent string) { client.AuthMethod = sent }),
	},
	{
		Name:     "pages-of-other-hosts-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/uris-same-host"},
		Summary:  "A client can register pages and a logo on other hosts than its own.",
		Rules: func(in rule.Replaced) {
			held := clientmetadata.Judge.In(in)
			clientmetadata.Judge.Replace(in, func(in rule.Place, client store.Client) *clientmetadata.Flaw {
				flaw := held(in, client)
				if flaw != nil && strings.HasPrefix(flaw.Reason, "it is not on a host of the redirect_uris") {
					return nil
				}
				return flaw
			})
		},
	},
	{
		Name:     "replaced-metadata-not-returned",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.2/replacements-returned"},
		Summary:  "An update replaces an invalid authentication method without telling the client.",
		Answer:   onRegistration("PUT", http.StatusOK, seam.Without("token_endpoint_auth_method")),
		Rules:    onUnknownAuthMethod(func(*store.Client, string) {}),
	},
	{
		Name:     "missing-pages-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/uris-resolve"},
		Summary:  "A client can register URLs of pages that do not exist.",
		Rules:    seam.Instead(authserver.PageThere, func(context.Context, *realm.Realm, string) error { return nil }),
	},
})

// onClientMetadata changes what a client says of itself before it is judged.
func onClientMetadata(change func(*oauth.ClientMetadata)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.ClientMetadata.In(in)
		authserver.ClientMetadata.Replace(in, func(r *realm.Realm, client *store.Client, metadata oauth.ClientMetadata) *wire.Error {
			change(&metadata)
			return held(r, client, metadata)
		})
	}
}

// onUnknownAuthMethod registers a client with an unknown authentication method for
// client_secret_basic, and changes it after that.
func onUnknownAuthMethod(change func(client *store.Client, sent string)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.ClientMetadata.In(in)
		authserver.ClientMetadata.Replace(in, func(r *realm.Realm, client *store.Client, metadata oauth.ClientMetadata) *wire.Error {
			refused := held(r, client, metadata)
			if refused == nil || !strings.HasPrefix(refused.Description, "token_endpoint_auth_method: ") {
				return refused
			}
			sent := seam.Value(metadata.TokenEndpointAuthMethod)
			metadata.TokenEndpointAuthMethod = new("client_secret_basic")
			refused = held(r, client, metadata)
			change(client, sent)
			return refused
		})
	}
}
