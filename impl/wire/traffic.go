package wire

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// Seen is one request that a server received.
type Seen struct {
	Role, Method, Path string
	Query              string
	Status             int
	Refusal            string // The error that the client was told, and its description.
	Header             http.Header
	Parameters         url.Values // Of the form or the query.
	Departures         []string   // What chaos did to it.
}

// Traffic is a bounded log of requests; the zero value is ready.
type Traffic struct {
	mu        sync.Mutex
	ring      []Seen
	next      int
	forgotten int
}

const trafficSize = 2000

func (t *Traffic) add(seen Seen) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.ring) < trafficSize {
		t.ring = append(t.ring, seen)
		return
	}
	t.ring[t.next] = seen
	t.next = (t.next + 1) % trafficSize
	t.forgotten++
}

// All returns the recorded requests, oldest first, and how many there were
// before them.
func (t *Traffic) All() (requests []Seen, forgotten int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append(append([]Seen{}, t.ring[t.next:]...), t.ring[:t.next]...), t.forgotten
}

// Record keeps the requests of role in the traffic that of returns, and has
// told hear of them; without traffic nothing is recorded.
func Record(role string, of func(*http.Request) *Traffic, told func(context.Context, Seen), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		traffic := of(r)
		if traffic == nil {
			next.ServeHTTP(w, r)
			return
		}
		seen := Seen{Role: role, Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Header: r.Header.Clone(), Parameters: peek(r)}
		answer := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(answer, r)
		seen.Status, seen.Refusal, seen.Departures = answer.status, answer.told(), FromContext(r.Context()).Departures
		traffic.add(seen)
		told(r.Context(), seen)
	})
}

// peek reads the parameters and leaves the request as it was.
func peek(r *http.Request) url.Values {
	parameters := r.URL.Query()
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if media != Form && media != JSON {
		return parameters
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), r.Body))
	if err != nil {
		return parameters
	}
	form := membersOf(body)
	if media == Form {
		form, _ = url.ParseQuery(string(body))
	}
	for name, values := range form {
		parameters[name] = append(parameters[name], values...)
	}
	return parameters
}

// membersOf are the texts of a JSON object, and its lists of texts as one text.
func membersOf(body []byte) url.Values {
	var object map[string]any
	_ = json.Unmarshal(body, &object)
	members := url.Values{}
	for name, value := range object {
		switch value := value.(type) {
		case string:
			members.Set(name, value)
		case []any:
			members.Set(name, strings.Trim(fmt.Sprint(value), "[]"))
		}
	}
	return members
}
