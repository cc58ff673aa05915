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

// Edited applies the edits of role that are switched on for a request, and the
// answers that are wanted of it. Without any, an answer is not even buffered.
func Edited(role string, wanted func(*http.Request) (Set, []Answer), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		set, answers := wanted(r)
		active := append(active(role, set), editsOf(role, answers)...)
		editRequest(role, set, r)
		if len(active) == 0 {
			next.ServeHTTP(w, r)
			return
		}
		original := *r.URL // below, the guard rewrites the URL
		buffer := &buffered{header: w.Header(), status: http.StatusOK}
		next.ServeHTTP(buffer, r)
		r.URL = &original
		response := &Response{Status: buffer.status, Header: w.Header(), Body: buffer.body.Bytes()}
		for _, edit := range active {
			edit(r, response)
		}
		w.WriteHeader(response.Status)
		_, _ = w.Write(response.Body)
	})
}

func active(role string, set Set) []func(*http.Request, *Response) {
	var found []func(*http.Request, *Response)
	for name := range set {
		for _, all := range []map[Name]func(*http.Request, *Response){edits, registrationEdits, limitEdits} {
			if entry, ok := Lookup(name); ok && entry.Role == role && all[name] != nil {
				found = append(found, all[name])
			}
		}
	}
	return found
}

type buffered struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (b *buffered) Header() http.Header               { return b.header }
func (b *buffered) WriteHeader(status int)            { b.status = status }
func (b *buffered) Write(content []byte) (int, error) { return b.body.Write(content) }
