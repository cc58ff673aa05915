package mcpserver

import (
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/impl/bounded"
)

// sessionLimits bound the sessions that are open at the same time. A user has one
// for each assistant that they use; a client that begins another one each time
// closes its oldest.
var sessionLimits = bounded.Limits{Entries: 10_000, Share: 32}

// limitSessions closes the session that was not used for the longest time where
// there would be too many of one user, or of all. Its client is answered 404 and
// begins a new one
// (https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management).
func limitSessions(server *mcp.Server, next http.Handler) http.Handler {
	open := bounded.New[string, struct{}](sessionLimits)
	open.Evicted = func(id string, _ struct{}) {
		for session := range server.Sessions() {
			if session.ID() == id {
				_ = session.Close() // It is over in any case.
			}
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		used := r.Header.Get(sessionHeader)
		open.Get(used)
		next.ServeHTTP(w, r)
		if began := w.Header().Get(sessionHeader); began != "" && used == "" {
			open.Add(began, struct{}{}, bounded.Cost{Owner: userOf(r)})
		}
	})
}

const sessionHeader = "Mcp-Session-Id"

// userOf is who sends a request, as the gate has told the protocol.
func userOf(r *http.Request) string {
	if sender := auth.TokenInfoFromContext(r.Context()); sender != nil {
		return sender.UserID
	}
	return ""
}
