package authserver

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// countedLater are the endpoints that find out first whether a client proves
// who it is, and the questions of those who watch over the server.
var countedLater = []string{"/oauth/token", "/oauth/introspect", "/oauth/revoke", "/health", "/ready"}

// limited answers so many requests of each address as the policy says.
func (s *Server) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains(countedLater, r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		in := realm.From(r.Context())
		address := ofAddress(r.Context(), in)
		if refused := address.exceeded(r.Context(), in); refused != nil {
			s.fail(w, r, refused)
			return
		}
		address.count(in)
		next.ServeHTTP(w, r)
	})
}

// isAbout says in the record whose grant a request is about.
func isAbout(ctx context.Context, grant store.Grant) {
	about := audit.About(ctx)
	about.GrantID, about.UserID = grant.ID, grant.UserID
}

// asksToWait tells whether somebody is asked to come again later.
func asksToWait(err error) bool {
	refused := new(wire.Error)
	return errors.As(err, &refused) && refused.StatusCode() == http.StatusTooManyRequests
}
