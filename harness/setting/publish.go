package setting

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// Publish implements world.Setting: the target reaches the examiner where the
// target file says so.
func (f *foreign) Publish(run *world.Run, server *http.Server) (*world.Publication, error) {
	examiner := run.Target.Examiner
	if examiner.URL == "" {
		return nil, check.Unnamed("examiner", "the target cannot fetch what a client publishes; add examiner to the target file, with the url at which the target reaches it and the address to listen at")
	}
	if err := f.outlet.open(run, examiner.Listen, strings.TrimSuffix(examiner.URL, "/")); err != nil {
		return nil, fmt.Errorf("nothing can be published at examiner.listen: %w", err)
	}
	return f.outlet.publish(server.Handler), nil
}

// outlet is the one server at which a target reaches the examiner. Each
// publication has another path below it. It listens from the first publication to
// the end of the run.
type outlet struct {
	mu     sync.Mutex
	base   string
	server *http.Server
	pages  map[string]http.Handler // By the first segment of the path.
}

// open has the server listen, once a run.
func (o *outlet) open(run *world.Run, address, base string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.server != nil {
		return nil
	}
	server := &http.Server{Handler: o}
	if err := world.Listen(address, server, func(string) {}); err != nil {
		return err
	}
	o.base, o.pages, o.server = base, map[string]http.Handler{}, server
	run.OnClose(func(context.Context) { _ = server.Close() })
	return nil
}

func (o *outlet) publish(handler http.Handler) *world.Publication {
	o.mu.Lock()
	defer o.mu.Unlock()
	segment := proof.Random()
	o.pages[segment] = http.StripPrefix("/"+segment, handler)
	return &world.Publication{Base: o.base + "/" + segment, End: func() { o.end(segment) }}
}

func (o *outlet) end(segment string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.pages, segment)
}

// ServeHTTP implements http.Handler. At its root is a sound document about the
// root, for a server that takes a client_id without a path.
func (o *outlet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	segment, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	o.mu.Lock()
	page, base := o.pages[segment], o.base
	o.mu.Unlock()
	switch {
	case segment == "":
		(&acts.Document{URL: base}).ServeHTTP(w, r)
	case page == nil:
		http.NotFound(w, r)
	default:
		page.ServeHTTP(w, r)
	}
}
