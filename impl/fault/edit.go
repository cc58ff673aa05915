package fault

import (
	"bytes"
	"net/http"
)

// Response is a finished answer that a fault may edit.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// edited edits the requests to next and its answers. Without edits of an answer it
// is not even buffered.
func edited(requests []func(*http.Request), answers []func(*http.Request, *Response), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, edit := range requests {
			edit(r)
		}
		if len(answers) == 0 {
			next.ServeHTTP(w, r)
			return
		}
		original := *r.URL // below, the guard rewrites the URL
		buffer := &buffered{header: w.Header(), status: http.StatusOK}
		next.ServeHTTP(buffer, r)
		r.URL = &original
		response := &Response{Status: buffer.status, Header: w.Header(), Body: buffer.body.Bytes()}
		for _, edit := range answers {
			edit(r, response)
		}
		w.WriteHeader(response.Status)
		_, _ = w.Write(response.Body)
	})
}

type buffered struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (b *buffered) Header() http.Header               { return b.header }
func (b *buffered) WriteHeader(status int)            { b.status = status }
func (b *buffered) Write(content []byte) (int, error) { return b.body.Write(content) }
