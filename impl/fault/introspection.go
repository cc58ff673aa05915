package fault

import (
	"net/http"
	"strings"
)

var _ = add([]Fault{
	{
		Name:     "missing-token-inactive",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/token-required"},
		Summary:  "An introspection request without a token gets active: false instead of an error.",
	},
	{
		Name:     "hint-believed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/unknown-hint-ignored"},
		Summary:  "Introspection with a wrong token_type_hint reports the token inactive.",
	},
	{
		Name:     "own-token-inactive",
		Role:     AuthorizationServer,
		Violates: ids{"documented-introspection/own-token"},
		Summary:  "Introspection reports a client's own token inactive to it.",
	},
	{
		Name:     "resource-token-inactive",
		Role:     AuthorizationServer,
		Violates: ids{"documented-introspection/resource-client"},
		Summary:  "Introspection reports tokens inactive to the protected resource they are for.",
	},
	{
		Name:     "active-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/active"},
		Summary:  "The active member of an introspection response is a string.",
		Answer:   on("POST", "/oauth/introspect", with("active", "true")),
	},
	{
		Name:     "introspection-open-to-all",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/authenticated", "rfc7662-2.3/error-status", "rfc7662-4/resource-authenticated"},
		Summary:  "Introspection requires no authentication.",
	},
	{
		Name:     "expired-token-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/inactive"},
		Summary:  "An expired token is reported active.",
	},
	{
		Name:     "foreign-token-disclosed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-4/own-tokens-only"},
		Summary:  "Introspection discloses every token to every client.",
	},
	{
		Name:     "early-token-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-4/checks-complete"},
		Summary:  "A token before its nbf is reported active.",
	},
	{
		Name:     "introspection-unavailable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/active"},
		Summary:  "The introspection endpoint is not available.",
		Answer:   on("POST", "/oauth/introspect", as(http.StatusServiceUnavailable, `{"error":"temporarily_unavailable"}`)),
	},
	{
		Name:     "active-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/active"},
		Summary:  "An introspection response has no active member.",
		Answer:   on("POST", "/oauth/introspect", without("active")),
	},
	{
		Name:     "assertion-not-checked-at-introspection",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/authenticated"},
		Summary:  "The introspection endpoint does not verify client assertions.",
	},
	{
		Name:     "expired-token-active-for-an-hour",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/inactive"},
		Summary:  "A token is reported active for an hour after it expired.",
	},
	{
		Name:     "other-audience-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/inactive"},
		Summary:  "Introspection discloses to a protected resource the tokens for other resources.",
	},
	{
		Name:     "unknown-token-not-found",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/inactive"},
		Summary:  "Introspection of an unknown token returns 404.",
		Answer: on("POST", "/oauth/introspect", func(r *Response) {
			if strings.HasPrefix(string(r.Body), `{"active":false`) {
				as(http.StatusNotFound, `{"error":"not_found"}`)(r)
			}
		}),
	},
	{
		Name:     "inactive-explained",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/nothing-about-inactive"},
		Summary:  "Introspection says why a token is inactive.",
		Answer: on("POST", "/oauth/introspect", func(r *Response) {
			if strings.HasPrefix(string(r.Body), `{"active":false`) {
				with("reason", "the token is unknown")(r)
			}
		}),
	},
	{
		Name:     "padded-token-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7519-7.2/no-additional-characters"},
		Summary:  "Introspection ignores padding at the end of a token.",
		Request:  onForm("/oauth/introspect", "token", func(token string) string { return strings.TrimRight(token, "=") }),
	},
	{
		Name:     "token-with-line-breaks-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7519-7.2/no-additional-characters"},
		Summary:  "Introspection ignores line breaks and spaces in a token.",
		Request:  onForm("/oauth/introspect", "token", func(token string) string { return strings.Join(strings.Fields(token), "") }),
	},
	{
		Name:     "introspected-actor-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-4.1/introspected"},
		Summary:  "The act member of an introspection response is a string.",
		Answer: on("POST", "/oauth/introspect", func(r *Response) {
			if actor, acts := members(r)["act"].(map[string]any); acts {
				with("act", actor["sub"])(r)
			}
		}),
	},
	{
		Name:     "used-refresh-token-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-4/checks-complete"},
		Summary:  "A used refresh token is reported active.",
	},
	{
		Name:     "refresh-token-disclosed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-4/own-tokens-only"},
		Summary:  "Introspection discloses a refresh token to any client.",
	},
	{
		Name:     "any-bearer-introspects",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/bearer-authorized"},
		Summary:  "Any access token authorizes introspection.",
	},
})
