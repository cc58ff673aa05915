package world

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Absence is a party that takes no part in a run: it cannot be started or reached, or
// stopped answering. Nothing that it did not do is its failure.
type Absence struct {
	Reason string    // Who, since when, and after what.
	Since  time.Time // What ended later says nothing.
}

// absence is the first one of a run.
type absence struct {
	mu    sync.Mutex
	first *Absence
}

// Leave remembers that a party takes no part any more; the first one counts.
func (r *Run) Leave(gone Absence) {
	r.absence.mu.Lock()
	defer r.absence.mu.Unlock()
	if r.absence.first == nil {
		r.absence.first = &gone
	}
}

// Absent is the party that takes no part; nil while all do.
func (r *Run) Absent() *Absence {
	r.absence.mu.Lock()
	defer r.absence.mu.Unlock()
	return r.absence.first
}

// silence is that of a host: the requests in a row that had no whole answer.
type silence struct {
	requests int
	since    time.Time // When the first of them was sent.
	after    string    // That request, and how it ended.
}

// stopped remembers that a host is not asked any more, if it belongs to the target.
func (r *Run) stopped(host string, s silence) {
	name := r.nameOf(host)
	if name == "" {
		return
	}
	r.Leave(Absence{
		Reason: fmt.Sprintf("%s at %s stopped answering at %s, at the request %s", name, host, s.since.Format(time.TimeOnly), s.after),
		Since:  s.since,
	})
}

// nameOf is what a host is in the target; empty for one that is no part of it, such
// as that of a redirect URI.
func (r *Run) nameOf(host string) string {
	for _, server := range []struct{ name, address string }{
		{"the authorization server", r.Target.AuthorizationServer.Issuer}, {"the MCP server", r.Target.MCPServer.URL}, {"the protected resource", r.Target.ResourceServer.URL},
	} {
		if hostOf(server.address) == host {
			return server.name
		}
	}
	for member, value := range r.Metadata {
		if address, _ := value.(string); strings.HasSuffix(member, "_endpoint") && hostOf(address) == host {
			return "the authorization server (its " + member + ")"
		}
	}
	return ""
}

func hostOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return parsed.Host
}

// described is a request as people read it, without its query, and how it ended.
func described(r *http.Request, err error) string {
	return fmt.Sprintf("%s %s (%v)", r.Method, r.URL.Path, err)
}
