// Package metrics counts what a running server does, for Prometheus. It hears
// of requests, of events and of failures of the store; it knows no names of
// clients and users, so that what it shows stays small and is nobody's secret.
package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/store"
)

// Metrics are the numbers of one process; nil counts nothing.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	tokens   *prometheus.CounterVec
	events   *prometheus.CounterVec
	failures prometheus.Counter
}

// New returns numbers that begin at nothing.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "grantproof_http_request_duration_seconds",
			Help:    "How long requests took, by the server, the endpoint, the method and the class of the status.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
		}, []string{"server", "endpoint", "method", "status"}),
		tokens: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "grantproof_tokens_issued_total", Help: "Access tokens that were issued, by grant type.",
		}, []string{"grant_type"}),
		events: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "grantproof_events_total", Help: "Decisions that matter for security, by name and, of refusals, by error code.",
		}, []string{"event", "error"}),
		failures: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "grantproof_store_errors_total", Help: "Statements that the store could not carry out.",
		}),
	}
	m.registry.MustRegister(m.requests, m.tokens, m.events, m.failures,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler shows the numbers at /metrics.
func (m *Metrics) Handler() http.Handler {
	if m == nil {
		return http.NotFoundHandler()
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}

// Event counts an event.
func (m *Metrics) Event(event store.Event) {
	if m == nil {
		return
	}
	m.events.WithLabelValues(event.Name, event.Reason).Inc()
	if event.Name == audit.TokenIssued {
		m.tokens.WithLabelValues(event.GrantType).Inc()
	}
}

// StoreFailed counts a statement that the store could not carry out.
func (m *Metrics) StoreFailed() {
	if m != nil {
		m.failures.Inc()
	}
}

// Requests counts the requests of a server. Its endpoints are those of its
// specification, so that nobody makes up new ones.
func (m *Metrics) Requests(server string, endpointOf func(*http.Request) string, next http.Handler) http.Handler {
	if m == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began, endpoint := time.Now(), endpointOf(r)
		answer := &answer{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(answer, r)
		class := strconv.Itoa(answer.status/100) + "xx"
		m.requests.WithLabelValues(server, endpoint, methodOf(r), class).Observe(time.Since(began).Seconds())
	})
}

func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return r.Method
	}
	return "other"
}

type answer struct {
	http.ResponseWriter
	status int
}

func (a *answer) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
