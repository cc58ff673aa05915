package realm

import (
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/wire"
)

const (
	prefix    = "/r/"
	wellKnown = "/.well-known/"
)

// Route finds the realm of a request, begins its record, and hands on the path
// without the realm:
// /r/ID/oauth/token is /oauth/token of realm ID, and the well-known form of
// RFC 8414 section 3.1, /.well-known/NAME/r/ID/PATH, is /.well-known/NAME/PATH
// of it (https://www.rfc-editor.org/rfc/rfc8414#section-3.1).
func (s *Realms) Route(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, path := split(r.URL.Path)
		found, ok := s.Lookup(id)
		if !ok {
			wire.WriteError(w, &wire.Error{Status: http.StatusNotFound, Code: "not_found", Description: "there is no such realm"})
			return
		}
		inner := r.WithContext(With(wire.With(audit.Of(r), r), found))
		url := *r.URL
		url.Path, url.RawPath = path, ""
		inner.URL = &url
		next.ServeHTTP(w, inner)
	})
}

// Inner is a path without what says the realm.
func Inner(path string) string {
	_, inner := split(path)
	return inner
}

func split(path string) (id, rest string) {
	if after, ok := strings.CutPrefix(path, wellKnown); ok {
		name, inserted, found := strings.Cut(after, prefix)
		if found && !strings.Contains(name, "/") {
			id, below, _ := strings.Cut(inserted, "/")
			return id, strings.TrimSuffix(wellKnown+name+"/"+below, "/")
		}
		return "", path
	}
	if after, ok := strings.CutPrefix(path, prefix); ok {
		id, rest, _ := strings.Cut(after, "/")
		if id != "" {
			return id, "/" + rest
		}
	}
	return "", path
}

// WellKnown is the URL of a metadata document: name is inserted between the
// host and the path of identifier (RFC 8414 section 3.1).
func WellKnown(identifier, name string) string {
	scheme, rest, _ := strings.Cut(identifier, "://")
	host, path, found := strings.Cut(rest, "/")
	if found {
		path = "/" + path
	}
	return scheme + "://" + host + wellKnown + name + strings.TrimSuffix(path, "/")
}

// Traffic returns the log of the request's realm, nil where there is none.
func Traffic(r *http.Request) *wire.Traffic { return From(r.Context()).Traffic }
