package wire

import (
	"net/http"
	"slices"

	"github.com/rs/cors"
)

// CORS lets scripts of every origin use the endpoints at paths, which take no
// cookies: whoever calls them proves who they are. All other endpoints stay
// closed, above all those that people see (RFC 9700 section 2.6,
// https://www.rfc-editor.org/rfc/rfc9700#section-2.6).
func CORS(paths []string, next http.Handler) http.Handler {
	open := cors.New(cors.Options{
		AllowedOrigins: []string{"*"}, AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: []string{"Authorization", "Content-Type"}, ExposedHeaders: []string{"WWW-Authenticate", "Retry-After"}, MaxAge: 600,
	}).Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains(paths, r.URL.Path) {
			open.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
