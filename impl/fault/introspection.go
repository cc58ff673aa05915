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
		Summary:  "An introspection request without a token is answered with inactive.",
	},
	{
		Name:     "hint-believed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/unknown-hint-ignored"},
		Summary:  "A wrong hint hides the token.",
	},
	{
		Name:     "own-token-inactive",
		Role:     AuthorizationServer,
		Violates: ids{"documented-introspection/own-token"},
		Summary:  "A client is told that its own token is inactive.",
	},
	{
		Name:     "resource-token-inactive",
		Role:     AuthorizationServer,
		Violates: ids{"documented-introspection/resource-client"},
		Summary:  "The protected resource is told that the tokens for it are inactive.",
	},
	{
		Name:     "active-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/active"},
		Summary:  "The member active of an introspection response is a text.",
		Answer:   on("POST", "/oauth/introspect", with("active", "true")),
	},
	{
		Name:     "introspection-open-to-all",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/authenticated", "rfc7662-2.3/error-status", "rfc7662-4/resource-authenticated"},
		Summary:  "Anybody may introspect a token.",
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
		Summary:  "Every client learns about every token.",
	},
	{
		Name:     "early-token-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-4/checks-complete"},
		Summary:  "A token before its time is reported active.",
	},
	{
		Name:     "introspection-unavailable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/active"},
		Summary:  "Introspection is not available.",
		Answer:   on("POST", "/oauth/introspect", as(http.StatusServiceUnavailable, `{"error":"temporarily_unavailable"}`)),
	},
	{
		Name:     "active-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/active"},
		Summary:  "An introspection response has no member active.",
		Answer:   on("POST", "/oauth/introspect", without("active")),
	},
	{
		Name:     "assertion-not-checked-at-introspection",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/authenticated"},
		Summary:  "The introspection endpoint reads client assertions and does not check them.",
	},
	{
		Name:     "expired-token-active-for-an-hour",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/inactive"},
		Summary:  "A token is active for an hour after it has expired.",
	},
	{
		Name:     "other-audience-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/inactive"},
		Summary:  "A protected resource learns about tokens for other resources.",
	},
	{
		Name:     "unknown-token-not-found",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.2/inactive"},
		Summary:  "The introspection of an unknown token is answered with 404.",
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
		Summary:  "It is said why a token is inactive.",
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
		Summary:  "Introspection passes over the padding at the end of a token.",
		Request:  onForm("/oauth/introspect", "token", func(token string) string { return strings.TrimRight(token, "=") }),
	},
	{
		Name:     "token-with-line-breaks-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7519-7.2/no-additional-characters"},
		Summary:  "Introspection passes over line breaks and blanks in a token.",
		Request:  onForm("/oauth/introspect", "token", func(token string) string { return strings.Join(strings.Fields(token), "") }),
	},
	{
		Name:     "introspected-actor-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-4.1/introspected"},
		Summary:  "The act of an introspection response is a text.",
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
		Summary:  "A refresh token that was used is reported active.",
	},
	{
		Name:     "refresh-token-disclosed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-4/own-tokens-only"},
		Summary:  "Whoever introspects a refresh token learns what it stands for.",
	},
	{
		Name:     "any-bearer-introspects",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7662-2.1/bearer-authorized"},
		Summary:  "Any access token authorizes its bearer to introspect.",
	},
})
