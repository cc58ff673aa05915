package metrics

import (
	"net/http"
	"net/url"
)

// Endpoints tells the endpoint of a request: one of paths, such as
// /api/tasks/{task_id}, or "other". inner takes off what stands before a path.
func Endpoints(paths []string, inner func(path string) string) func(*http.Request) string {
	mux := http.NewServeMux()
	for _, path := range paths {
		mux.HandleFunc(path, func(http.ResponseWriter, *http.Request) {})
	}
	return func(r *http.Request) string {
		_, pattern := mux.Handler(&http.Request{Method: http.MethodGet, URL: &url.URL{Path: inner(r.URL.Path)}})
		if pattern == "" {
			return "other"
		}
		return pattern
	}
}
