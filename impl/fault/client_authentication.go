package fault

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

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
		Name:     "basic-not-supported",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3.1/basic-supported", "rfc6749-4.4.3/access-token"},
		Summary:  "HTTP Basic is refused even with the right secret.",
		Rules:    seam.Instead(authserver.BasicCredentials, func(string) (authserver.Presented, bool) { return authserver.Presented{}, false }),
	},
	{
		Name:     "client-secret-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client", "documented-token/refusals", "rfc6749-2.2/id-not-authentication", "rfc6749-4.4.2/client-authenticated", "rfc6749-4.1.3/confidential-authenticates", "rfc6749-4.1.3/authentication-checked", "rfc9700-2.5/client-authentication", "oidc-core-3.1.3.2/client-authenticated"},
		Summary:  "A token is issued with any client secret.",
		Rules:    seam.Instead(authserver.CredentialsFit, func(store.Client, authserver.Presented) *wire.Error { return nil }),
	},
	{
		Name:     "unknown-client-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "An unregistered client gets a token.",
		Rules: func(in rule.Replaced) {
			held := authserver.AuthenticateClient.In(in)
			authserver.AuthenticateClient.Replace(in, func(ctx context.Context, r *realm.Realm, credentials authserver.Presented) (store.Client, error) {
				if _, err := r.Client(ctx, credentials.ID); errors.Is(err, store.ErrNotFound) {
					return store.Client{ID: credentials.ID, GrantTypes: []string{"client_credentials"}, Scope: realm.Scopes}, nil
				}
				return held(ctx, r, credentials)
			})
		},
	},
	{
		Name:     "basic-challenge-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/basic-challenge"},
		Summary:  "Failed HTTP Basic authentication gets 400 and no challenge.",
		Answer: func(request *http.Request, r *seam.Response) {
			if request.Header.Get("Authorization") != "" {
				seam.OnError("invalid_client", withoutChallenge)(r)
			}
		},
	},
	{
		Name:     "two-authentication-methods-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/one-authentication-method", "rfc6749-2.3/same-client"},
		Summary:  "Credentials in the header and in the body of one request are accepted.",
		Request: seam.OnCredentials(func(r *http.Request, form url.Values) {
			if r.Header.Get("Authorization") != "" {
				form.Del("client_id")
				form.Del("client_secret")
			}
		}),
	},
	{
		Name:     "public-clients-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-client-authentication-of-native-apps/no-shared-secret", "mcp-2026-07-28-overview/both-client-types", "rfc8252-6/server-pkce", "rfc8252-8.5/no-shared-secret"},
		Summary:  "A client without a secret is refused.",
		Rules: presenting(func(client *store.Client, _ *authserver.Presented) {
			if !client.Confidential() {
				client.AuthMethod, client.Secret = "client_secret_basic", nil
			}
		}),
	},
	{
		Name:     "public-client-upgraded",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3/public-not-identified", "oauth-2.1-client-types/one-type"},
		Summary:  "A public client that sends any secret counts as confidential.",
		Rules: seam.Rules(
			presenting(func(client *store.Client, presented *authserver.Presented) {
				if !client.Confidential() {
					presented.Secret = ""
				}
			}),
			seam.Instead(authserver.ConfidentialAlone, forPublicClients("client_credentials")),
		),
	},
	{
		Name:     "basic-not-decoded",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3.1/encoded-credentials"},
		Summary:  "The id and secret in HTTP Basic are not form-decoded.",
		Rules: func(in rule.Replaced) {
			held := authserver.BasicCredentials.In(in)
			authserver.BasicCredentials.Replace(in, func(header string) (authserver.Presented, bool) {
				credentials, ok := held(header)
				credentials.ID, credentials.Secret = url.QueryEscape(credentials.ID), url.QueryEscape(credentials.Secret)
				return credentials, ok
			})
		},
	},
	{
		Name:     "basic-case-sensitive",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9110-11.1/scheme-case-insensitive"},
		Summary:  "The scheme Basic is compared case-sensitively.",
		Rules: func(in rule.Replaced) {
			held := authserver.BasicCredentials.In(in)
			authserver.BasicCredentials.Replace(in, func(header string) (authserver.Presented, bool) {
				credentials, ok := held(header)
				return credentials, ok && strings.HasPrefix(header, "Basic ")
			})
		},
	},
	{
		Name:     "public-client-id-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.2.1/public-client-id"},
		Summary:  "A code can be redeemed without a client_id.",
		Request: func(r *http.Request) {
			seam.OnParameters("/oauth/token", func(form url.Values) {
				if !form.Has("client_id") && !form.Has("client_assertion") && form.Get("code") != "" && r.Header.Get("Authorization") == "" {
					form.Set("client_id", holderOf(r.Context(), form.Get("code")))
				}
			})(r)
		},
	},
	{
		Name:     "body-credentials-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-client-secret/body-supported"},
		Summary:  "Credentials in the body are refused.",
		Rules: presenting(func(client *store.Client, presented *authserver.Presented) {
			if presented.Method == "client_secret_post" {
				client.Secret = nil
			}
		}),
	},
	{
		Name:     "auth-method-not-enforced",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/auth-method-enforced"},
		Summary:  "A client can authenticate by a method that it is not registered for.",
		Rules: presenting(func(client *store.Client, presented *authserver.Presented) {
			if presented.Secret != "" && client.Confidential() {
				presented.Method = client.AuthMethod
			}
		}),
	},
	{
		Name:     "configuration-told",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.2.4/no-secret-echoed"},
		Summary:  "The response to failed client authentication contains a secret of the configuration.",
		Answer: func(request *http.Request, r *seam.Response) {
			secret := realm.From(request.Context()).ResourceClient.Secret
			seam.OnDescription("client authentication failed", seam.With("error_description", "client authentication failed: "+secret))(r)
		},
	},
	{
		Name:     "client-guessing-unlimited",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3.1/brute-force"},
		Summary:  "Guesses of a client secret are not limited.",
		Rules:    seam.Instead(authserver.ClientGuess, func(authserver.Presented, string) (realm.Guess, bool) { return realm.Guess{}, false }),
	},
	{
		Name:     "guessing-locks-everybody",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.3.1/brute-force"},
		Summary:  "Guessing the secret of one client locks out all clients.",
		Rules: func(in rule.Replaced) {
			held := authserver.ClientGuess.In(in)
			authserver.ClientGuess.Replace(in, func(credentials authserver.Presented, address string) (realm.Guess, bool) {
				guess, presents := held(credentials, address)
				guess.Name = "everybody"
				return guess, presents
			})
		},
	},
	{
		Name:     "client-secret-cut-off",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "Characters after the client secret are ignored.",
		Rules: presenting(func(_ *store.Client, presented *authserver.Presented) {
			presented.Secret = presented.Secret[:min(len(presented.Secret), len(token.NewSecret()))]
		}),
	},
	{
		Name:     "empty-secret-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "An empty secret in the Authorization header is accepted.",
		Rules: func(in rule.Replaced) {
			held := authserver.CredentialsFit.In(in)
			authserver.CredentialsFit.Replace(in, func(client store.Client, presented authserver.Presented) *wire.Error {
				if client.Confidential() && presented.Secret == "" && presented.Method == "client_secret_basic" {
					return nil
				}
				return held(client, presented)
			})
		},
	},
	{
		Name:     "body-secret-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "A secret in the body is not checked.",
		Rules: func(in rule.Replaced) {
			held := authserver.CredentialsFit.In(in)
			authserver.CredentialsFit.Replace(in, func(client store.Client, presented authserver.Presented) *wire.Error {
				if client.Confidential() && presented.Method == "client_secret_post" {
					return nil
				}
				return held(client, presented)
			})
		},
	},
	{
		Name:     "refresh-unauthenticated",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-6/confidential-authenticates", "rfc6749-6/authentication-checked"},
		Summary:  "A refresh needs the client_id alone, without client authentication.",
		Rules: func(in rule.Replaced) {
			held := authserver.AuthenticateClient.In(in)
			authserver.AuthenticateClient.Replace(in, func(ctx context.Context, r *realm.Realm, credentials authserver.Presented) (store.Client, error) {
				client, err := held(ctx, r, credentials)
				if err != nil && credentials.Assertion == nil && wire.FromContext(ctx).Parameters.Has("refresh_token") {
					return r.Client(ctx, credentials.ID)
				}
				return client, err
			})
		},
	},
	{
		Name:     "mac-secret-short",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-16.19/secret-length"},
		Summary:  "A client secret that serves as a MAC key has only 16 bytes.",
		Rules: seam.Instead(realm.NewClientSecret, func(method string) string {
			if method == "client_secret_jwt" {
				return token.NewSecret()[:16]
			}
			return token.NewSecret()
		}),
	},
	{
		Name:     "registered-secret-not-needed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-2.2/id-not-authentication"},
		Summary:  "A client that registered itself and has a secret can authenticate without it.",
		Rules: func(in rule.Replaced) {
			held := authserver.CredentialsFit.In(in)
			authserver.CredentialsFit.Replace(in, func(client store.Client, presented authserver.Presented) *wire.Error {
				if client.SelfRegistered && presented.Secret == "" {
					return nil
				}
				return held(client, presented)
			})
		},
	},
})

// presenting edits credentials, and the registration, before the one is held against
// the other.
func presenting(edit func(client *store.Client, presented *authserver.Presented)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.CredentialsFit.In(in)
		authserver.CredentialsFit.Replace(in, func(client store.Client, presented authserver.Presented) *wire.Error {
			edit(&client, &presented)
			return held(client, presented)
		})
	}
}

// forPublicClients lets public clients use a grant.
func forPublicClients(grantType string) func(string) bool {
	return func(asked string) bool { return asked != grantType && authserver.ConfidentialAlone.Sound(asked) }
}

// withoutChallenge makes an answer one of a malformed request.
func withoutChallenge(r *seam.Response) {
	r.Status = http.StatusBadRequest
	r.Header.Del("WWW-Authenticate")
}

// holderOf is the client that a code was issued to.
func holderOf(ctx context.Context, code string) string {
	in := realm.From(ctx)
	found, err := in.Store().Code(ctx, token.HashOf(code))
	if err != nil {
		return ""
	}
	grant, _ := in.Store().Grant(ctx, found.GrantID)
	return grant.ClientID
}
