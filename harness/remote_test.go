package harness

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// A target with a limit gets no request beyond it: here one in a second. Two
// are for the metadata, and a third would have to wait longer than its caller
// does.
func TestLimits(t *testing.T) {
	received := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		received++
		_, _ = w.Write([]byte(`{"issuer":"x"}`))
	}))
	defer server.Close()
	run, err := remote{target: target.Target{AuthorizationServer: target.AuthorizationServer{Issuer: server.URL}, Limits: target.Limits{RequestsPerSecond: 1}}}.Begin(t.Context(), world.Altered{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run.HTTP.Do(request); err == nil || received != 2 {
		t.Errorf("%d requests were received, and the last one ended with %v; want two, and a refusal to send more", received, err)
	}
}
