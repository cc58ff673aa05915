package impl

import (
	"net/http"
	"sync/atomic"
	"time"

	"github.com/grantproof/grantproof/impl/wire"
)

// leaving is how long a server that has drained refuses requests before it
// closes its port. A proxy hears the refusal, sends the request to another
// server, and this one no more; so no request is on its way when the port closes.
const leaving = time.Second

// drain is how far the servers are with stopping.
type drain struct{ stage atomic.Int32 }

// The stages. While the servers drain, /ready says no and all else is answered;
// while they leave, nothing is.
const (
	serves int32 = iota
	drains
	leaves
)

// handler closes each connection after the answer of the moment once the servers
// stop, so that a client or proxy that keeps connections opens its next one to
// another server (RFC 9110 section 7.6.1 and RFC 9112 section 9.6,
// https://www.rfc-editor.org/rfc/rfc9112#section-9.6).
func (d *drain) handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		stage := d.stage.Load()
		if stage >= drains {
			w.Header().Set("Connection", "close")
		}
		if stage == leaves {
			refused := wire.Unavailable()
			refused.Description = "the server is about to stop, and has not looked at the request; send it again"
			wire.WriteError(w, refused)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// stop takes as long as the servers have to say that they are not ready, and to
// refuse. Where nobody is to be told they stop at once.
func (d *drain) stop(long time.Duration) {
	d.stage.Store(drains)
	if long == 0 {
		return
	}
	time.Sleep(long)
	d.stage.Store(leaves)
	time.Sleep(leaving)
}
