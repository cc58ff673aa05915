package seam

import (
	"bytes"
	"net/http"
)

// Response is a finished answer that may be edited.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Answered is what next answers to a request, with the header that it begins with.
// The request stays as it is, although next may rewrite its URL.
func Answered(next http.Handler, r *http.Request, header http.Header) *Response {
	original := *r.URL
	buffer := &buffered{header: header, status: http.StatusOK}
	next.ServeHTTP(buffer, r)
	r.URL = &original
	return &Response{Status: buffer.status, Header: header, Body: buffer.body.Bytes()}
}

// Edited edits the requests to next and its answers. Without edits of an answer it
// is not even buffered.
func Edited(requests []func(*http.Request), answers []func(*http.Request, *Response), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, edit := range requests {
			edit(r)
		}
		if len(answers) == 0 {
			next.ServeHTTP(w, r)
			return
		}
		response := Answered(next, r, w.Header())
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
