package fault

import (
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/outbound"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// Alter is what chaos does to a realm.
func (c *Chaos) Alter() realm.Altered {
	return realm.Altered{Around: c.around, Rules: func(_ string, in rule.Replaced) {
		held := authserver.AccessToken.In(in)
		authserver.AccessToken.Replace(in, func(ctx context.Context, r *realm.Realm, access token.Access) (string, error) {
			if occurs(ctx, TokenOverEarly) {
				access.Expires = access.IssuedAt
			}
			return held(ctx, r, access)
		})
	}}
}

// around lets the departures happen to the requests of a role. What occurred is in
// the wire.Request of the request.
func (c *Chaos) around(role string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isStream(r) || slices.Contains(ours, r.UserAgent()) {
			next.ServeHTTP(w, r)
			return
		}
		t, path := c.turn(role, r), r.URL.Path
		t.send(w, r, t.answer(r, next))
		t.tell(role, path, r)
		wire.FromContext(r.Context()).Departures = t.occurred
	})
}

// isStream tells whether an answer may never end.
func isStream(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/event-stream")
}

type turnKey struct{}

// occurs tells whether the request behind ctx meets a departure, and writes down
// that it occurred: call it last of several conditions.
func occurs(ctx context.Context, name Name) bool {
	t, ok := ctx.Value(turnKey{}).(*turn)
	if !ok || !t.has(name) {
		return false
	}
	t.note(name)
	return true
}

// answer is what next answers, or what stands in its place, as it is edited.
func (t *turn) answer(r *http.Request, next http.Handler) *seam.Response {
	for _, d := range t.met {
		if d.instead != nil {
			t.note(d.Name)
			return d.instead()
		}
	}
	response := seam.Answered(next, r.WithContext(context.WithValue(r.Context(), turnKey{}, t)), http.Header{})
	for _, d := range t.met {
		if d.edit != nil && d.edit(r, response) {
			t.note(d.Name)
		}
	}
	return response
}

// send sends an answer: at once, with a pause, or the first half alone.
func (t *turn) send(w http.ResponseWriter, r *http.Request, response *seam.Response) {
	maps.Copy(w.Header(), response.Header)
	half := len(response.Body) / 2
	if half == 0 || !t.has(AnswerCutOff) && !t.has(AnswerSlow) {
		w.WriteHeader(response.Status)
		_, _ = w.Write(response.Body)
		return
	}
	// Of a shorter body than it announces, net/http ends the connection.
	w.Header().Set("Content-Length", strconv.Itoa(len(response.Body)))
	w.WriteHeader(response.Status)
	_, _ = w.Write(response.Body[:half])
	if t.has(AnswerCutOff) {
		t.note(AnswerCutOff)
		return
	}
	t.note(AnswerSlow)
	_ = http.NewResponseController(w).Flush()
	select {
	case <-time.After(t.Slow):
		_, _ = w.Write(response.Body[half:])
	case <-r.Context().Done():
	}
}

// once is how long somebody may take for a callback that comes twice.
const once = 500 * time.Millisecond

// callTwice goes where the browser is about to go, as scanners of links do. It
// goes nowhere but to this machine.
func callTwice(request *http.Request, r *seam.Response) bool {
	return onReturn(r, func(url.Values) bool {
		location, _ := url.Parse(r.Header.Get("Location"))
		if location.Scheme != "http" || !outbound.IsLoopback(location.Hostname()) {
			return false
		}
		ctx, cancel := context.WithTimeout(request.Context(), once)
		defer cancel()
		call, err := http.NewRequestWithContext(ctx, http.MethodGet, location.String(), nil)
		if err != nil {
			return false
		}
		alone := &http.Transport{DisableKeepAlives: true}
		answer, err := alone.RoundTrip(call)
		if err == nil {
			_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, wire.MaxBody))
			_ = answer.Body.Close()
		}
		return true // It was sent, whatever came of it.
	})
}
