package mcpserver

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
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
	needed, refused := neededBy(r, in)
	if refused != nil {
		wire.WriteError(w, refused)
		return
	}
	c, refused := g.admit(r, in, needed)
	if refused != nil {
		wire.WriteError(w, refused)
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
	if len(given) == 0 || len(given) == 1 && given[0] == originOf(in.MCP) || in.Faults().Has(faultname.OriginNotChecked) {
		return nil
	}
	return &wire.Error{Status: http.StatusForbidden, Code: "access_denied", Description: "pages of other origins may not speak to this server"}
}

// neededBy reads which scopes a message needs, and leaves the request as it was.
func neededBy(r *http.Request, in *realm.Realm) (token.Scope, *wire.Error) {
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
	var needed token.Scope
	for _, message := range messages(body) {
		if message.Method == "tools/call" {
			needed = append(needed, required[toolNamed(in, message.Params.Name)]...)
		}
	}
	slices.Sort(needed)
	return slices.Compact(needed), nil
}

type message struct {
	Method string `json:"method"`
	Params struct {
		Name string `json:"name"`
	} `json:"params"`
}

// messages are those of a body: one, or several of the old protocol. What is no
// message calls no tool; the protocol refuses it.
func messages(body []byte) []message {
	var one message
	if json.Unmarshal(body, &one) == nil {
		return []message{one}
	}
	var several []message
	_ = json.Unmarshal(body, &several)
	return several
}

// admit judges the token. All scopes that an operation needs are in one
// challenge, so that a client asks once.
func (g *gate) admit(r *http.Request, in *realm.Realm, needed token.Scope) (caller, *wire.Error) {
	at := bearer.Resource{Realm: in, Name: "task-mcp", Identifier: in.MCP, Client: in.MCPClient, Broken: faultname.OfMCPServer(in.Faults())}
	if at.Scope = challenged(in, needed); opensWithoutToken(r, in, needed) || opensByMethod(r, in) {
		return caller{Realm: in, access: token.Access{Scope: supported}}, nil
	}
	raw, access, refused := g.verifier.Admit(r, at)
	if refused != nil {
		return caller{}, refused
	}
	c := caller{Realm: in, access: access, token: raw}
	if in.Faults().Has(faultname.ReducedTokenRefused) {
		needed = supported
	}
	missing := c.lacks(needed)
	if in.Faults().Has(faultname.ToolNeverOpens) && len(needed) > 0 {
		missing = needed
	}
	if len(missing) == 0 || in.Faults().Has(faultname.ToolScopeNotChecked) {
		return c, nil
	}
	if in.Faults().Has(faultname.ScopesOneByOne) {
		return caller{}, bearer.InsufficientScope(at, missing[0], needed.String())
	}
	return caller{}, bearer.InsufficientScope(at, at.Scope, needed.String())
}

// challenged is the scope that a challenge names: what the operation needs, and
// where that is not known yet, what a client begins with.
func challenged(in *realm.Realm, needed token.Scope) string {
	switch {
	case in.Faults().Has(faultname.EveryScopeChallenged):
		needed = supported
	case in.Faults().Has(faultname.ScopesOfChallengeVary):
		needed = append(slices.Clone(needed), "tasks:"+token.NewID())
	case len(needed) == 0:
		needed = least
	}
	return needed.String()
}

// opensWithoutToken is what a faulty server lets pass.
func opensWithoutToken(r *http.Request, in *realm.Realm, needed token.Scope) bool {
	faults, anonymous := in.Faults(), r.Header.Get("Authorization") == ""
	return faults.Has(faultname.SessionAuthenticates) && r.Header.Get("Mcp-Session-Id") != "" ||
		anonymous && faults.Has(faultname.TokenForToolsAlone) && len(needed) == 0 ||
		anonymous && faults.Has(faultname.StreamWithoutToken) && r.Method != http.MethodPost ||
		anonymous && faults.Has(faultname.TokenNotRequired)
}

// caller is who sent a message, and where to.
type caller struct {
	*realm.Realm
	access token.Access
	token  string // As it came.
}

// known tells the protocol who sends a message, so that no session is used by
// another user than the one who began it.
func (c caller) known(context.Context, string, *http.Request) (*auth.TokenInfo, error) {
	info := &auth.TokenInfo{Scopes: c.access.Scope, UserID: c.ID + " " + c.access.Subject, Extra: map[string]any{extraCaller: c}}
	if c.Faults().Has(faultname.SessionOfAnother) || c.Faults().Has(faultname.SessionAuthenticates) || forgetsSenders(c.Faults()) {
		info.UserID = ""
	}
	return info, nil
}

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
