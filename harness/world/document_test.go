package world

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/target"
)

// A target that somebody else set up is asked once for a document, however many
// scenarios read it at once, and again after an error. One with a control plane is
// asked each time.
func TestDocument(t *testing.T) {
	const scenarios = 20
	for name, test := range map[string]struct {
		control  string
		statuses []int // Of the first answers; then 200.
		requests int64
	}{
		"foreign":                {"", nil, 1},
		"foreign after an error": {"", []int{503, 404}, 3},
		"controlled":             {"http://control.example", nil, scenarios},
	} {
		t.Run(name, func(t *testing.T) {
			var requests atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if n := int(requests.Add(1)); n <= len(test.statuses) {
					w.WriteHeader(test.statuses[n-1])
				}
			}))
			defer server.Close()
			run := &Run{HTTP: server.Client(), Target: target.Target{Control: target.Control{URL: test.control}}}
			var running sync.WaitGroup
			for range scenarios {
				running.Go(func() {
					w := run.New()
					w.Log.Begin(exchange.Setup)
					answer, err := w.Document(t.Context(), server.URL+"/metadata")
					if err != nil || answer.Purpose != exchange.Setup || len(w.Log.All()) != 1 || w.Log.All()[0] != answer {
						t.Errorf("%v: %v; the log has %v", answer, err, w.Log.All())
					}
				})
			}
			running.Wait()
			if got := requests.Load(); got != test.requests {
				t.Errorf("%d requests, want %d", got, test.requests)
			}
		})
	}
}
