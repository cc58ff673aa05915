package fault

import (
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
)

// validated is the requirement that nothing opens without a valid token.
var validated = ids{"rfc6749-7/token-validated"}

var _ = add([]Fault{
	{
		Name:     "question-mark-opens",
		Role:     ResourceServer,
		Violates: validated,
		Summary:  "A path needs no token if an encoded question mark or hash follows it.",
		Request: opening(func(r *http.Request) (string, bool) {
			cut := strings.TrimRight(r.URL.Path, "?#")
			return cut, cut != r.URL.Path
		}),
	},
	{
		Name:     "repeated-slash-opens",
		Role:     ResourceServer,
		Violates: validated,
		Summary:  "A path with repeated slashes needs no token.",
		Request: opening(func(r *http.Request) (string, bool) {
			return path.Clean(r.URL.Path), strings.Contains(r.URL.Path, "//")
		}),
	},
	{
		Name:     "dot-segment-opens",
		Role:     ResourceServer,
		Violates: validated,
		Summary:  "A path with dot segments needs no token.",
		Request: opening(func(r *http.Request) (string, bool) {
			return path.Clean(r.URL.Path), strings.Contains(r.URL.Path, "/./") || strings.Contains(r.URL.Path, "/../")
		}),
	},
	{
		Name:     "open-path-in-query",
		Role:     ResourceServer,
		Violates: validated,
		Summary:  "A request needs no token if its query contains a path that is open.",
		Request: opening(func(r *http.Request) (string, bool) {
			return r.URL.Path, strings.Contains(r.URL.RawQuery, "/.well-known/") || strings.Contains(r.URL.RawQuery, "%2F.well-known%2F")
		}),
	},
	{
		Name:     "forwarded-path-opens",
		Role:     ResourceServer,
		Violates: validated,
		Summary:  "A request needs no token if a header such as X-Forwarded-Uri or X-Original-URL names a path that is open.",
		Request: opening(func(r *http.Request) (string, bool) {
			named := r.Header.Get("X-Forwarded-Uri") + r.Header.Get("X-Original-Url")
			return r.URL.Path, strings.HasPrefix(named, "/.well-known/")
		}),
	},
	{
		Name:     "health-check-agent-opens",
		Role:     ResourceServer,
		Violates: validated,
		Summary:  "A request needs no token if its User-Agent is that of a health check.",
		Request: opening(func(r *http.Request) (string, bool) {
			agent := r.Header.Get("User-Agent")
			return r.URL.Path, strings.HasPrefix(agent, "GoogleHC/") || strings.HasPrefix(agent, "kube-probe/")
		}),
	},
	{
		Name:     "token-as-password-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc6749-7/scope-covers"},
		Summary:  "A token that is the password or the user of HTTP Basic opens every operation.",
		Request: func(r *http.Request) {
			user, password, isBasic := r.BasicAuth()
			for _, sent := range []string{user, password} {
				if isBasic && strings.Count(sent, ".") == 2 {
					authorize(r)
				}
			}
		},
	},
})

// opening gives some requests without a token a good one, and reads their path.
func opening(which func(*http.Request) (read string, opens bool)) func(*http.Request) {
	return func(r *http.Request) {
		if read, opens := which(r); opens && r.Header.Get("Authorization") == "" {
			r.URL.Path, r.URL.RawPath = read, ""
			authorize(r)
		}
	}
}

// authorize puts a good token into a request to the protected resource.
func authorize(r *http.Request) {
	in := realm.From(r.Context())
	now := in.Clock.Now()
	raw, err := in.Keys.Sign(in.Policy().Algorithm(), now, map[string]any{"typ": token.Type}, token.Access{
		Issuer: in.Issuer, Subject: in.User.ID, Audience: []string{in.Resource}, ClientID: in.MCPClient.ID,
		Scope: realm.Scopes, ID: token.NewID(), IssuedAt: now, Expires: now.Add(time.Minute),
	}.Claims())
	if err == nil {
		r.Header.Set("Authorization", "Bearer "+raw)
	}
}
