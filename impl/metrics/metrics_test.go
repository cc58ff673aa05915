package metrics_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/metrics"
	"github.com/grantproof/grantproof/impl/store"
)

func TestMetrics(t *testing.T) {
	m := metrics.New()
	endpoint := metrics.Endpoints([]string{"/oauth/token", "/oauth/register/{client_id}"}, func(path string) string { return strings.TrimPrefix(path, "/r/1") })
	served := m.Requests("authorization-server", endpoint, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadRequest) }))
	for _, call := range [][2]string{{"POST", "/oauth/token"}, {"POST", "/r/1/oauth/token"}, {"DELETE", "/oauth/register/abc"}, {"SPELL", "/made/up"}, {"GET", "//oauth/token"}} {
		request := httptest.NewRequest(call[0], "/", nil)
		request.URL.Path = call[1]
		served.ServeHTTP(httptest.NewRecorder(), request)
	}
	m.Event(store.Event{Name: audit.TokenIssued, GrantType: "refresh_token"})
	m.Event(store.Event{Name: audit.TokenRefused, Reason: "invalid_grant"})
	m.StoreFailed()

	page := httptest.NewRecorder()
	m.Handler().ServeHTTP(page, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{
		`grantproof_http_request_duration_seconds_count{endpoint="/oauth/token",method="POST",server="authorization-server",status="4xx"} 2`,
		`endpoint="/oauth/register/{client_id}",method="DELETE"`, `endpoint="other",method="other"`,
		`grantproof_tokens_issued_total{grant_type="refresh_token"} 1`,
		`grantproof_events_total{error="invalid_grant",event="token-refused"} 1`,
		"grantproof_store_errors_total 1", "go_goroutines",
	} {
		if !strings.Contains(page.Body.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// Nobody is counted where nobody asked for it.
func TestNoMetrics(t *testing.T) {
	var m *metrics.Metrics
	m.Event(store.Event{})
	m.StoreFailed()
	called := false
	m.Requests("", nil, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true })).ServeHTTP(nil, nil)
	if !called {
		t.Error("the request went nowhere")
	}
}
