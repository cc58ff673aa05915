package fault

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/grantproof/grantproof/impl/mcpserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/token"
)

// everyToolsScope are the scopes of all tools.
var everyToolsScope = token.Scope{"tasks:read", "tasks:write", "user:read"}

// sessionsOfAll holds no session against who began it.
func sessionsOfAll(in rule.Replaced) {
	mcpserver.SessionOwner.Replace(in, func(*realm.Realm, token.Access) string { return "" })
}

// anonymously treats some requests without a token as if they had a good one.
func anonymously(which func(*http.Request) bool) func(*http.Request) {
	return withToken(func(r *http.Request) bool { return r.Header.Get("Authorization") == "" && which(r) })
}

// withToken puts a good token into some requests.
func withToken(which func(*http.Request) bool) func(*http.Request) {
	return func(r *http.Request) {
		in := realm.From(r.Context())
		if now := in.Clock.Now(); which(r) {
			raw, err := in.Keys.Sign(in.Policy().Algorithm(), now, map[string]any{"typ": token.Type}, token.Access{
				Issuer: in.Issuer, Subject: in.User.ID, Audience: []string{in.MCP}, ClientID: in.MCPClient.ID,
				Scope: realm.Scopes, ID: token.NewID(), IssuedAt: now, Expires: now.Add(time.Minute),
			}.Claims())
			if err == nil {
				r.Header.Set("Authorization", "Bearer "+raw)
			}
		}
	}
}

// sending tells whether all messages of a request are of some methods.
func sending(which func(method string) bool) func(*http.Request) bool {
	return func(r *http.Request) bool {
		if r.Method != http.MethodPost {
			return false
		}
		body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		r.Body = io.NopCloser(bytes.NewReader(body))
		var one struct{ Method string }
		return json.Unmarshal(body, &one) == nil && which(one.Method)
	}
}

// passesOn calls the task API with the token that came in.
type passesOn string

// Do implements resourceserver.HttpRequestDoer.
func (token passesOn) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set("Authorization", "Bearer "+string(token))
	return http.DefaultClient.Do(r)
}
