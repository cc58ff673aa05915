package fault

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

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
		Name:     "missing-token-inactive",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/token-required"},
		Summary:  "An introspection request without a token gets active: false instead of an error.",
		Answer:   seam.On("POST", "/oauth/introspect", seam.OnDescription("token is missing", seam.As(http.StatusOK, `{"active":false}`))),
	},
	{
		Name:     "hint-believed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/unknown-hint-ignored"},
		Summary:  "Introspection with a wrong token_type_hint reports the token inactive.",
		Request:  hiding("/oauth/introspect"),
	},
	{
		Name:     "own-token-inactive",
		Role:     AuthorizationServer,
		Violates: ids{"documented-introspection/own-token"},
		Summary:  "Introspection reports a client's own token inactive to it.",
		Rules:    seam.Instead(authserver.TokenConcerns, func(caller store.Client, access token.Access) bool { return caller.ServesAny(access.Audience) }),
	},
	{
		Name:     "resource-token-inactive",
		Role:     AuthorizationServer,
		Violates: ids{"documented-introspection/resource-client"},
		Summary:  "Introspection reports tokens inactive to the protected resource they are for.",
		Rules:    seam.Instead(authserver.TokenConcerns, func(caller store.Client, access token.Access) bool { return caller.ID == access.ClientID }),
	},
	{
		Name:     "active-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/active"},
		Summary:  "The active member of an introspection response is a string.",
		Answer:   seam.On("POST", "/oauth/introspect", seam.With("active", "true")),
	},
	{
		Name:     "introspection-open-to-all",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/authenticated", "rfc7662-2.3/error-status", "rfc7662-4/resource-authenticated"},
		Summary:  "Introspection requires no authentication.",
		Rules: seam.Instead(authserver.IntrospectionCaller, func(ctx context.Context, _, _ *string) (store.Client, error) {
			return anyResource(realm.From(ctx)), nil
		}),
	},
	{
		Name:     "expired-token-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/inactive"},
		Summary:  "An expired token is reported active.",
		Rules:    introspectingAt(func(time.Time) time.Time { return time.Unix(0, 0) }),
	},
	{
		Name:     "foreign-token-disclosed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-4/own-tokens-only"},
		Summary:  "Introspection discloses every token to every client.",
		Rules:    seam.Instead(authserver.TokenConcerns, func(store.Client, token.Access) bool { return true }),
	},
	{
		Name:     "early-token-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-4/checks-complete"},
		Summary:  "A token before its nbf is reported active.",
		Rules:    introspectingAt(func(now time.Time) time.Time { return now.Add(2 * time.Minute) }),
	},
	{
		Name:     "introspection-unavailable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/active"},
		Summary:  "The introspection endpoint is not available.",
		Answer:   seam.On("POST", "/oauth/introspect", seam.As(http.StatusServiceUnavailable, `{"error":"temporarily_unavailable"}`)),
	},
	{
		Name:     "active-in-another-case",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/active"},
		Summary:  "An introspection response calls a valid token inactive, and active in a member Active.",
		Answer: seam.On("POST", "/oauth/introspect", func(r *seam.Response) {
			r.Body = bytes.Replace(r.Body, []byte(`"active":true`), []byte(`"active":false,"Active":true`), 1)
		}),
	},
	{
		Name:     "active-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/active"},
		Summary:  "An introspection response has no active member.",
		Answer:   seam.On("POST", "/oauth/introspect", seam.Without("active")),
	},
	{
		Name:     "assertion-not-checked-at-introspection",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/authenticated"},
		Summary:  "The introspection endpoint does not verify client assertions.",
		Rules:    believingAssertions(authserver.IntrospectionCaller),
	},
	{
		Name:     "expired-token-active-for-an-hour",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/inactive"},
		Summary:  "A token is reported active for an hour after it expired.",
		Rules:    introspectingAt(func(now time.Time) time.Time { return now.Add(-time.Hour) }),
	},
	{
		Name:     "other-audience-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/inactive"},
		Summary:  "Introspection discloses to a protected resource the tokens for other resources.",
		Rules: func(in rule.Replaced) {
			held := authserver.TokenConcerns.In(in)
			authserver.TokenConcerns.Replace(in, func(caller store.Client, access token.Access) bool {
				return len(caller.Serves) > 0 || held(caller, access)
			})
		},
	},
	{
		Name:     "unknown-token-not-found",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/inactive"},
		Summary:  "Introspection of an unknown token returns 404.",
		Answer: seam.On("POST", "/oauth/introspect", func(r *seam.Response) {
			if strings.HasPrefix(string(r.Body), `{"active":false`) {
				seam.As(http.StatusNotFound, `{"error":"not_found"}`)(r)
			}
		}),
	},
	{
		Name:     "inactive-explained",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/nothing-about-inactive"},
		Summary:  "Introspection says why a token is inactive.",
		Answer: seam.On("POST", "/oauth/introspect", func(r *seam.Response) {
			if strings.HasPrefix(string(r.Body), `{"active":false`) {
				seam.With("reason", "the token is unknown")(r)
			}
		}),
	},
	{
		Name:     "padded-token-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7519-7.2/no-additional-characters"},
		Summary:  "Introspection ignores padding at the end of a token.",
		Request:  seam.OnForm("/oauth/introspect", "token", func(token string) string { return strings.TrimRight(token, "=") }),
	},
	{
		Name:     "token-with-line-breaks-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7519-7.2/no-additional-characters"},
		Summary:  "Introspection ignores line breaks and spaces in a token.",
		Request:  seam.OnForm("/oauth/introspect", "token", func(token string) string { return strings.Join(strings.Fields(token), "") }),
	},
	{
		Name:     "introspected-actor-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-4.1/introspected"},
		Summary:  "The act member of an introspection response is a string.",
		Answer: seam.On("POST", "/oauth/introspect", func(r *seam.Response) {
			if actor, acts := seam.Members(r)["act"].(map[string]any); acts {
				seam.With("act", actor["sub"])(r)
			}
		}),
	},
	{
		Name:     "used-refresh-token-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-4/checks-complete"},
		Summary:  "A used refresh token is reported active.",
		Rules: func(in rule.Replaced) {
			held := authserver.RefreshTokenActive.In(in)
			authserver.RefreshTokenActive.Replace(in, func(r *realm.Realm, found store.RefreshToken, grant store.Grant, caller store.Client) bool {
				found.UsedAt = time.Time{}
				return held(r, found, grant, caller)
			})
		},
	},
	{
		Name:     "refresh-token-disclosed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-4/own-tokens-only"},
		Summary:  "Introspection discloses a refresh token to any client.",
		Rules: func(in rule.Replaced) {
			held := authserver.RefreshTokenActive.In(in)
			authserver.RefreshTokenActive.Replace(in, func(r *realm.Realm, found store.RefreshToken, grant store.Grant, caller store.Client) bool {
				caller.ID = grant.ClientID
				return held(r, found, grant, caller)
			})
		},
	},
	{
		Name:     "any-bearer-introspects",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/bearer-authorized"},
		Summary:  "Any access token authorizes introspection.",
		Rules: func(in rule.Replaced) {
			held := authserver.IntrospectionCaller.In(in)
			authserver.IntrospectionCaller.Replace(in, func(ctx context.Context, id, secret *string) (store.Client, error) {
				caller, err := held(ctx, id, secret)
				if _, refused := authserver.BearerToken.Sound(ctx, realm.From(ctx)); err != nil && refused == nil {
					return anyResource(realm.From(ctx)), nil
				}
				return caller, err
			})
		},
	},
})

// anyResource is whom a server takes everybody for.
func anyResource(r *realm.Realm) store.Client {
	return store.Client{ID: r.ResourceClient.ID, Secret: &token.Hash{}, Serves: []string{r.Resource}}
}

// introspectingAt reads tokens at another time than it is.
func introspectingAt(at func(now time.Time) time.Time) func(rule.Replaced) {
	return seam.Instead(authserver.IntrospectedToken, func(r *realm.Realm, raw string) (token.Access, error) {
		return r.Keys.Own(raw, func() time.Time { return at(r.Clock.Now()) })
	})
}

// hiding finds no token where there is a hint of its type.
func hiding(path string) func(*http.Request) {
	return seam.OnParameters(path, func(form url.Values) {
		if form.Get("token_type_hint") != "" {
			form.Set("token", "of-nobody")
		}
	})
}

// believingAssertions takes the client that an assertion names for the one that
// sent it.
func believingAssertions(authenticates *rule.Rule[func(ctx context.Context, id, secret *string) (store.Client, error)]) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authenticates.In(in)
		authenticates.Replace(in, func(ctx context.Context, id, secret *string) (store.Client, error) {
			client, err := held(ctx, id, secret)
			subject, _ := claimsOf(wire.FromContext(ctx).Parameters.Get("client_assertion"))["sub"].(string)
			if err == nil || subject == "" {
				return client, err
			}
			return realm.From(ctx).Store().Client(ctx, subject)
		})
	}
}
