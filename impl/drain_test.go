package impl

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// A server that stops answers on, then refuses, and closes each connection; it
// says that it did not look at what it refuses.
func TestDrainStages(t *testing.T) {
	var d drain
	answered := 0
	handler := d.handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { answered++ }))
	for _, test := range []struct {
		stage    int32
		status   int
		closes   string
		answered int
	}{{serves, 200, "", 1}, {drains, 200, "close", 2}, {leaves, 503, "close", 2}} {
		d.stage.Store(test.stage)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest("POST", "/oauth/token", nil))
		if w.Code != test.status || w.Header().Get("Connection") != test.closes || answered != test.answered {
			t.Errorf("stage %d: %d, Connection %q, %d answered; want %+v", test.stage, w.Code, w.Header().Get("Connection"), answered, test)
		}
		if test.stage == leaves && w.Header().Get("Retry-After") == "" {
			t.Error("a refusal does not say when to try again")
		}
	}
}
