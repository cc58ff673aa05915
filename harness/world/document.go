package world

import (
	"context"
	"net/http"
	"sync"

	"github.com/grantproof/grantproof/harness/exchange"
)

// documents are the metadata that a target answered with, by their address. A target
// that somebody else set up does not change them for a scenario, and is asked for each
// once a run; the realms of a control plane differ, and change.
type documents struct{ byAddress sync.Map }

// document is one of them; nil while there was no sound answer.
type document struct {
	mu     sync.Mutex
	answer *exchange.Exchange
}

// Document is the answer to a plain request for metadata. One that the target gave
// before in this run will do; a scenario about the document asks anew instead
// (acts.Fetch).
func (w *World) Document(ctx context.Context, address string) (*exchange.Exchange, error) {
	return w.Run.document(ctx, w.Log, address)
}

func (r *Run) document(ctx context.Context, log *exchange.Log, address string) (*exchange.Exchange, error) {
	request := exchange.Request{Endpoint: exchange.Metadata, Method: http.MethodGet, URL: address, Header: http.Header{}}
	if r.Target.Control.URL != "" {
		return log.Send(ctx, request)
	}
	known, _ := r.documents.byAddress.LoadOrStore(address, new(document))
	return known.(*document).ask(ctx, log, request)
}

// ask keeps a sound answer alone: an error may have gone by the next time.
func (d *document) ask(ctx context.Context, log *exchange.Log, request exchange.Request) (*exchange.Exchange, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.answer != nil {
		return log.Share(d.answer), nil
	}
	answer, err := log.Send(ctx, request)
	if err == nil && answer.Status == http.StatusOK {
		d.answer = answer
	}
	return answer, err
}
