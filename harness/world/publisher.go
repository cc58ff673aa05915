package world

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
)

// publication is something of a client that the servers fetch: its metadata
// document, its keys or its pages.
type publication struct {
	Base string // Its URL, without a slash at the end.
	end  func()
}

// publish lets the servers fetch what handler answers. A fixture reaches a
// server of the scenario on loopback; another target reaches the examiner where
// the target file says so.
func (w *World) publish(handler http.Handler) (*publication, error) {
	if w.control != nil {
		return publishOnLoopback(&http.Server{Handler: handler})
	}
	examiner := w.Run.Target.Examiner
	if examiner.URL == "" {
		return nil, check.Unnamed("examiner", "the target cannot fetch what a client publishes; add examiner to the target file, with the url at which the target reaches it and the address to listen at")
	}
	return w.Run.outlet.publish(examiner.Listen, strings.TrimSuffix(examiner.URL, "/"), handler)
}

func publishOnLoopback(server *http.Server) (*publication, error) {
	p := &publication{end: func() { _ = server.Close() }}
	return p, onLoopback(server, func(host string) { p.Base = "http://" + host })
}

// onLoopback starts a server of the examiner on a free port; known is told its
// host and port before anybody can ask it.
func onLoopback(server *http.Server, known func(host string)) error {
	return listen("127.0.0.1:0", server, known)
}

func listen(address string, server *http.Server, known func(host string)) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	known(listener.Addr().String())
	server.ReadHeaderTimeout = 5 * time.Second
	go func() { _ = server.Serve(listener) }()
	return nil
}

// outlet is the one server at which a target reaches the examiner. What a
// scenario publishes is below a path of its own. It listens from the first
// publication to the end of the run.
type outlet struct {
	mu     sync.Mutex
	base   string
	server *http.Server
	pages  map[string]http.Handler // By the first segment of the path.
}

func (o *outlet) publish(address, base string, handler http.Handler) (*publication, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.server == nil {
		o.base, o.pages, o.server = base, map[string]http.Handler{}, &http.Server{Handler: o}
		if err := listen(address, o.server, func(string) {}); err != nil {
			o.server = nil
			return nil, fmt.Errorf("nothing can be published at examiner.listen: %w", err)
		}
	}
	segment := proof.Random()
	o.pages[segment] = http.StripPrefix("/"+segment, handler)
	return &publication{Base: base + "/" + segment, end: func() { o.end(segment) }}, nil
}

func (o *outlet) end(segment string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.pages, segment)
}

func (o *outlet) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.server != nil {
		_ = o.server.Close()
	}
}

// ServeHTTP implements http.Handler. At its root is a sound document about the
// root, for whoever takes a client_id without a path.
func (o *outlet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	segment, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	o.mu.Lock()
	page, base := o.pages[segment], o.base
	o.mu.Unlock()
	switch {
	case segment == "":
		(&Document{URL: base}).ServeHTTP(w, r)
	case page == nil:
		http.NotFound(w, r)
	default:
		page.ServeHTTP(w, r)
	}
}
