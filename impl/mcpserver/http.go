package mcpserver

import (
	"context"
	"crypto/x509"
	"log/slog"
	"net/http"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/generated/mcpserver"
	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/wire"
)

// UserAgent is how the MCP server names itself to the others, so that whoever
// reads the traffic knows who asked.
const UserAgent = "grantproof-mcp-server"

// NewHTTP returns the MCP server of all realms over Streamable HTTP, as a
// protected resource. It verifies the certificates of the others by roots; nil
// is the system's.
func NewHTTP(realms *realm.Realms, roots *x509.CertPool, log *slog.Logger) (http.Handler, error) {
	client := bearer.NewClient(roots, UserAgent)
	server, err := newServer(log, newUpstreams(client, log).of, register, registerMore)
	if err != nil {
		return nil, err
	}
	server.AddReceivingMiddleware(listed, forCaller, answering)
	mux := http.NewServeMux()
	strict := mcpserver.NewStrictHandlerWithOptions(document{}, nil, mcpserver.StrictHTTPServerOptions{
		RequestErrorHandlerFunc: wire.Malformed, ResponseErrorHandlerFunc: realm.Fail(log),
	})
	mcpserver.HandlerWithOptions(strict, mcpserver.StdHTTPServerOptions{BaseRouter: mux, ErrorHandlerFunc: wire.Malformed})
	protected := &gate{next: protocol(server), verifier: bearer.NewVerifier(log, client)}
	mux.Handle(realm.MCPEndpoint, protected)
	mux.Handle(realm.MCPEndpoint+"/{$}", protected) // Some proxies add a slash.
	around := realm.Around(wire.MCPServer, wire.Routes(mux))
	return realms.Route(wire.Record(wire.MCPServer, realm.Traffic, realm.Access(log), around)), nil
}

// stateless is the first revision of the protocol without sessions
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/transports).
const stateless = "2026-07-28"

// KeepsSessions tells whether messages of a revision belong to sessions; a server may
// assign a session where the revision has any
// (https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management).
var KeepsSessions = rule.New(func(revision string) bool { return revision < stateless })

// sessionTimeout is how long a session lives that nobody uses.
const sessionTimeout = 10 * time.Minute

// protocol speaks both revisions: with sessions, and without.
func protocol(server *mcp.Server) http.Handler {
	always := func(*http.Request) *mcp.Server { return server }
	// Which Host is answered is decided where the server listens (wire.Local): behind
	// a proxy on the same machine it is that of the public URL.
	withSessions := limitSessions(server, mcp.NewStreamableHTTPHandler(always, &mcp.StreamableHTTPOptions{SessionTimeout: sessionTimeout, JSONResponse: true, DisableLocalhostProtection: true}))
	without := mcp.NewStreamableHTTPHandler(always, &mcp.StreamableHTTPOptions{Stateless: true, JSONResponse: true, DisableLocalhostProtection: true})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !KeepsSessions.In(realm.From(r.Context()).RulesOf(wire.MCPServer))(r.Header.Get("MCP-Protocol-Version")) {
			without.ServeHTTP(w, r)
			return
		}
		withSessions.ServeHTTP(w, r)
	})
}

// forCaller lets tools know who calls them, and calls none for whom it is not.
// The gate has seen to that before; this stands where the protocol has decided
// what is called.
func forCaller(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		c, ok := callerOf(request)
		if !ok {
			return next(ctx, method, request)
		}
		if call, ok := request.(*mcp.CallToolRequest); ok && len(c.lacks(required[call.Params.Name])) > 0 {
			return failed(errScope), nil
		}
		return next(context.WithValue(ctx, callerKey{}, c), method, request)
	}
}

// Results are what the methods of the protocol answer, given what the server would.
var Results = rule.New(func(sound mcp.MethodHandler) mcp.MethodHandler { return sound })

// answering answers as the realm of the caller does.
func answering(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		if c, ok := callerOf(request); ok {
			return Results.In(c)(next)(ctx, method, request)
		}
		return next(ctx, method, request)
	}
}
