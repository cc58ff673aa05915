package wire

import (
	"net/http"
	"path"
	"strings"
)

// Routes answers what mux does not know with an OAuth error in JSON instead of
// the text/plain of net/http: 404 for a path, 405 with Allow for a method.
func Routes(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if clean := path.Clean(r.URL.Path); r.URL.Path != clean && r.URL.Path != clean+"/" {
			WriteError(w, notFound())
			return
		}
		handler, pattern := mux.Handler(r)
		switch {
		case pattern != "" && !strings.Contains(pattern, "{"):
			r.Pattern = pattern
			handler.ServeHTTP(w, r)
			return
		case pattern != "": // The mux reads the wildcards.
			mux.ServeHTTP(w, r)
			return
		}
		unknown := &headerOnly{header: http.Header{}}
		handler.ServeHTTP(unknown, r)
		if unknown.status != http.StatusMethodNotAllowed {
			WriteError(w, notFound())
			return
		}
		w.Header().Set("Allow", unknown.header.Get("Allow"))
		WriteError(w, &Error{Status: http.StatusMethodNotAllowed, Code: "invalid_request",
			Description: "this endpoint answers " + unknown.header.Get("Allow")})
	})
}

func notFound() *Error {
	return &Error{Status: http.StatusNotFound, Code: "not_found", Description: "there is nothing at this path"}
}

// headerOnly takes a response and forgets its body.
type headerOnly struct {
	header http.Header
	status int
}

func (h *headerOnly) Header() http.Header         { return h.header }
func (h *headerOnly) Write(b []byte) (int, error) { return len(b), nil }
func (h *headerOnly) WriteHeader(status int)      { h.status = status }
