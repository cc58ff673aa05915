package authserver

import (
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/wire"
)

// deciding are the requests that give somebody rights. What takes rights away,
// such as revocation and signing out, is carried out whether or not it can be
// recorded: to refuse it would leave a stolen token alive.
var deciding = map[string]bool{
	"POST /oauth/token": true, "GET /oauth/authorize": true, "POST /oauth/authorize": true, "POST /oauth/register": true,
	"POST " + signInPath: true, "POST " + consentPath: true,
}

// decides tells whether a request is one of these, or changes a registration.
func decides(r *http.Request) bool {
	return deciding[r.Method+" "+r.URL.Path] || r.Method == http.MethodPut && strings.HasPrefix(r.URL.Path, "/oauth/register/")
}

// recorded refuses to decide while the decision could not be recorded.
func (s *Server) recorded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		trail := realm.From(r.Context()).Audit
		if !decides(r) || trail.Keeps() == nil {
			next.ServeHTTP(w, r)
			return
		}
		trail.Refused(r.Context())
		refused := wire.Unavailable()
		refused.Description = "the server cannot record its decisions at the moment, and so makes none; try again"
		s.fail(w, r, refused)
	})
}
