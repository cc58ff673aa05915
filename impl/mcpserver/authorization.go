package mcpserver

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/strictjson"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// gate lets a message pass that comes with a valid token for this server, which
// has the scopes of the tool that the message calls. It stands before the
// protocol: every request is judged, whatever it says and to whatever session
// it belongs.
type gate struct {
	next     http.Handler
	verifier *bearer.Verifier
}

// maxMessage is the largest message that is read, in bytes.
const maxMessage = 1 << 20

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in := realm.From(r.Context())
	if refused := judgeOrigin(r, in); refused != nil {
		wire.WriteError(w, refused)
		return
	}
	body, refused := read(r)
	if refused != nil {
		wire.WriteError(w, refused)
		return
	}
	c, refused := g.admit(r, in, neededBy(body, in))
	if refused != nil {
		wire.WriteError(w, refused)
		return
	}
	if err := strictjson.Check(body); err != nil && r.Method == http.MethodPost && strings.HasPrefix(r.Header.Get("Content-Type"), wire.JSON) {
		w.Header().Set("Content-Type", wire.JSON)
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write(notParsed(err))
		return
	}
	// The protocol, which is somebody else's, learns who sends the message and
	// never sees the token.
	r.Header.Set("Authorization", "Bearer judged")
	known := auth.RequireBearerToken(c.known, &auth.RequireBearerTokenOptions{AllowMissingExpiration: true})
	known(g.next).ServeHTTP(w, r)
}

// judgeOrigin: whatever page a browser shows, no other site speaks to the
// server through it
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/transports#security-warning).
func judgeOrigin(r *http.Request, in *realm.Realm) *wire.Error {
	given := r.Header.Values("Origin")
	if len(given) == 0 || len(given) == 1 && given[0] == originOf(in.MCP) {
		return nil
	}
	return &wire.Error{Status: http.StatusForbidden, Code: "access_denied", Description: "pages of other origins may not speak to this server"}
}

// read reads the message, and leaves the request as it was.
func read(r *http.Request) ([]byte, *wire.Error) {
	if r.Method != http.MethodPost {
		return nil, nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxMessage+1))
	if err != nil {
		return nil, wire.InvalidRequest("the message cannot be read")
	}
	if len(body) > maxMessage {
		return nil, &wire.Error{Status: http.StatusRequestEntityTooLarge, Code: "invalid_request", Description: "the message is larger than 1 MiB"}
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return body, nil
}

// admit judges the token.
func (g *gate) admit(r *http.Request, in *realm.Realm, needed token.Scope) (caller, *wire.Error) {
	rules := in.RulesOf(wire.MCPServer)
	at := bearer.Resource{Realm: in, Name: "task-mcp", Identifier: in.MCP, Client: in.MCPClient, Role: wire.MCPServer}
	at.Scope = ChallengedScope.In(rules)(needed, nil).String()
	raw, access, refused := g.verifier.Admit(r, at)
	if refused != nil {
		return caller{}, refused
	}
	c := caller{Realm: in, access: access, token: raw}
	if missing := c.lacks(needed); len(missing) > 0 {
		return caller{}, bearer.InsufficientScope(at, ChallengedScope.In(rules)(needed, missing).String(), needed.String())
	}
	return c, nil
}

// caller is who sent a message, and where to.
type caller struct {
	*realm.Realm
	access token.Access
	token  string // As it came.
}

// Rules implements rule.Place.
func (c caller) Rules() rule.Replaced { return c.RulesOf(wire.MCPServer) }

// known tells the protocol who sends a message.
func (c caller) known(context.Context, string, *http.Request) (*auth.TokenInfo, error) {
	return &auth.TokenInfo{Scopes: c.access.Scope, UserID: SessionOwner.In(c)(c.Realm, c.access), Extra: map[string]any{extraCaller: c}}, nil
}

// SessionOwner names whose session a message belongs to, so that no session is used
// by another user than the one who began it
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/security_best_practices#session-hijacking).
var SessionOwner = rule.New(func(in *realm.Realm, access token.Access) string { return in.ID + " " + access.Subject })

const extraCaller = "caller"

// callerOf finds the caller of a request; over standard streams there is none.
func callerOf(request mcp.Request) (caller, bool) {
	extra := request.GetExtra()
	if extra == nil || extra.TokenInfo == nil {
		return caller{}, false
	}
	c, ok := extra.TokenInfo.Extra[extraCaller].(caller)
	return c, ok
}

type callerKey struct{}
