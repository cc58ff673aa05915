package fault

import (
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// Each takes a claim, a scope or a path of a protected resource for the right one that
// is almost the same.
var _ = add([]Fault{
	{
		Name:     "audience-by-prefix",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/audience"},
		Summary:  "The aud of a token is accepted if it begins with the identifier of the protected resource.",
		Rules:    reading(audienceAlike(strings.HasPrefix)),
	},
	{
		Name:     "audience-cut-short",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/audience"},
		Summary:  "The aud of a token is accepted if the identifier of the protected resource begins with it.",
		Rules:    reading(audienceAlike(func(aud, own string) bool { return aud != "" && strings.HasPrefix(own, aud) })),
	},
	{
		Name:     "audience-case-ignored",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/audience"},
		Summary:  "The path in the aud of a token is compared case-insensitively.",
		Rules:    reading(audienceAlike(strings.EqualFold)),
	},
	{
		Name:     "audience-user-and-fragment-ignored",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/audience"},
		Summary:  "User info and fragment in the aud of a token are not compared.",
		Rules: reading(audienceAlike(func(aud, own string) bool {
			parsed, err := url.Parse(aud)
			if err != nil {
				return false
			}
			parsed.User, parsed.Fragment = nil, ""
			return parsed.String() == own
		})),
	},
	{
		Name:     "issuer-by-prefix",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/issuer"},
		Summary:  "The iss of a token is accepted if it begins with the issuer.",
		Rules:    reading(issuerAlike(strings.HasPrefix)),
	},
	{
		Name:     "issuer-by-part",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/issuer"},
		Summary:  "The iss of a token is accepted if it is a part of the issuer.",
		Rules:    reading(issuerAlike(func(iss, own string) bool { return iss != "" && strings.Contains(own, iss) })),
	},
	{
		Name:     "issuer-case-ignored",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/issuer"},
		Summary:  "The iss of a token is compared case-insensitively.",
		Rules:    reading(issuerAlike(strings.EqualFold)),
	},
	{
		Name:     "issuer-slash-ignored",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/issuer"},
		Summary:  "A slash at the end of the iss of a token is ignored.",
		Rules:    reading(issuerAlike(func(iss, own string) bool { return iss == own+"/" })),
	},
	{
		Name:     "scope-as-part-of-text",
		Role:     ResourceServer,
		Violates: ids{"rfc6749-7/scope-covers"},
		Summary:  "A scope covers an operation if its text contains the needed one.",
		Rules:    covering(strings.Contains),
	},
	{
		Name:     "scope-case-ignored",
		Role:     ResourceServer,
		Violates: ids{"rfc6749-7/scope-covers"},
		Summary:  "The scope of a token is compared case-insensitively.",
		Rules: covering(func(granted, needed string) bool {
			return token.Scope(strings.Fields(strings.ToLower(granted))).Has(needed)
		}),
	},
	{
		Name:     "refresh-scope-as-part-of-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-6/scope-not-broader"},
		Summary:  "A refresh gets any scope whose text is a part of the granted scope.",
		Rules:    refreshingAlike(func(granted, requested string) bool { return strings.Contains(granted, requested) }),
	},
	{
		Name:     "refresh-scope-case-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-6/scope-not-broader"},
		Summary:  "A refresh compares its scope with the granted one case-insensitively.",
		Rules:    refreshingAlike(strings.EqualFold),
	},
	{
		Name:     "path-in-capitals-open",
		Role:     ResourceServer,
		Violates: ids{"rfc6749-7/token-validated"},
		Summary:  "A path in other case needs no token.",
		Answer: openWhere(func(r *http.Request) bool {
			return r.URL.Path != "/api/tasks" && strings.EqualFold(r.URL.Path, "/api/tasks")
		}),
	},
	{
		Name:     "unclean-path-open",
		Role:     ResourceServer,
		Violates: ids{"rfc6749-7/token-validated"},
		Summary:  "A path with dot segments or doubled slashes needs no token.",
		Answer: openWhere(func(r *http.Request) bool {
			return strings.TrimSuffix(r.URL.Path, "/") != "/api/tasks" && path.Clean(r.URL.Path) == "/api/tasks"
		}),
	},
	{
		Name:     "encoded-path-open",
		Role:     ResourceServer,
		Violates: ids{"rfc6749-7/token-validated"},
		Summary:  "A percent-encoded path needs no token.",
		Answer:   openWhere(func(r *http.Request) bool { return strings.Contains(r.RequestURI, "%") && r.URL.Path == "/api/tasks" }),
	},
	{
		Name:     "slash-path-open",
		Role:     ResourceServer,
		Violates: ids{"rfc6749-7/token-validated"},
		Summary:  "A path with a slash at its end needs no token.",
		Answer:   openWhere(func(r *http.Request) bool { return r.URL.Path == "/api/tasks/" }),
	},
	{
		Name:     "mcp-audience-by-prefix",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "token-handling/audience"},
		Summary:  "The MCP server accepts a token whose aud begins with its identifier.",
		Rules:    reading(audienceAlike(strings.HasPrefix)),
	},
	{
		Name:     "mcp-audience-cut-short",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "token-handling/audience"},
		Summary:  "The MCP server accepts a token whose aud is a beginning of its identifier.",
		Rules:    reading(audienceAlike(func(aud, own string) bool { return aud != "" && strings.HasPrefix(own, aud) })),
	},
	{
		Name:     "mcp-issuer-by-prefix",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "token-handling/validated"},
		Summary:  "The MCP server accepts a token whose iss begins with its issuer.",
		Rules:    reading(issuerAlike(strings.HasPrefix)),
	},
	{
		Name:     "mcp-path-spelled-otherwise-open",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "access-token-privilege/before-processing"},
		Summary:  "The MCP endpoint needs no token if its path is spelled in another way.",
		Answer: func(r *http.Request, response *seam.Response) {
			if r.Header.Get("Authorization") == "" && r.URL.Path != "/mcp" && strings.EqualFold(path.Clean(r.URL.Path), "/mcp") {
				seam.As(http.StatusOK, `{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}`)(response)
			}
		},
	},
})

// audienceAlike takes another aud for the identifier of a protected resource.
func audienceAlike(is func(aud, own string) bool) func(bearer.Resource, jwt.MapClaims) {
	return func(at bearer.Resource, claims jwt.MapClaims) {
		named, _ := claims.GetAudience()
		for _, aud := range named {
			if is(aud, at.Identifier) {
				claims["aud"] = at.Identifier
			}
		}
	}
}

// issuerAlike takes another iss for the issuer.
func issuerAlike(is func(iss, own string) bool) func(bearer.Resource, jwt.MapClaims) {
	return func(at bearer.Resource, claims jwt.MapClaims) {
		if iss, _ := claims["iss"].(string); is(iss, at.Issuer) {
			claims["iss"] = at.Issuer
		}
	}
}

// covering compares the text of a granted scope with a needed one.
func covering(covers func(granted, needed string) bool) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := bearer.Covers.In(in)
		bearer.Covers.Replace(in, func(r *realm.Realm, granted token.Scope, needed string) bool {
			return held(r, granted, needed) || covers(granted.String(), needed)
		})
	}
}

// refreshingAlike grants a scope that is almost the granted one.
func refreshingAlike(is func(granted, requested string) bool) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.RefreshedScope.In(in)
		authserver.RefreshedScope.Replace(in, func(client store.Client, granted token.Scope, requested *string) (token.Scope, *wire.Error) {
			if scope, ok := token.ParseScope(seam.Value(requested)); ok && is(granted.String(), scope.String()) && requested != nil {
				return scope, nil
			}
			return held(client, granted, requested)
		})
	}
}

// openWhere lists tasks to requests without a token.
func openWhere(is func(*http.Request) bool) func(*http.Request, *seam.Response) {
	return func(r *http.Request, response *seam.Response) {
		if r.Method == http.MethodGet && r.Header.Get("Authorization") == "" && is(r) {
			seam.As(http.StatusOK, `{"tasks":[],"total":0}`)(response)
		}
	}
}
