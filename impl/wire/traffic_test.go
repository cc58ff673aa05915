package wire_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/grantproof/grantproof/impl/wire"
)

// The log is bounded, and says how much it no longer has.
func TestTrafficSaysWhatItForgot(t *testing.T) {
	var traffic wire.Traffic
	handler := wire.Record("authorization-server", func(*http.Request) *wire.Traffic { return &traffic },
		func(context.Context, wire.Seen) {}, http.NotFoundHandler())
	for range 2003 {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
	}
	requests, forgotten := traffic.All()
	if len(requests) != 2000 || forgotten != 3 || requests[0].Status != http.StatusNotFound {
		t.Errorf("%d requests are kept and %d forgotten; the first is %+v", len(requests), forgotten, requests[0])
	}
}
