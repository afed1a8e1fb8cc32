// Package metrics counts the work of a server for Prometheus: HTTP requests, GraphQL operations, calls of the store,
// and the Go runtime. docs/operations.md lists the names.
package metrics

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"casus/internal/kg"
)

// Set holds the metrics of one server in its own registry, so that one process can have several.
type Set struct {
	registry                           *prometheus.Registry
	clients                            *prometheus.CounterVec
	requests, operations, codes, store *prometheus.CounterVec
	requestSeconds, storeSeconds       *prometheus.HistogramVec
	inFlight                           prometheus.Gauge
	admissions                         admissions
}

// New returns an empty set.
func New() *Set {
	buckets := []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "casus", Name: name, Help: help}, labels)
	}
	seconds := func(name, help string, label string) *prometheus.HistogramVec {
		opts := prometheus.HistogramOpts{Namespace: "casus", Name: name, Help: help, Buckets: buckets}
		return prometheus.NewHistogramVec(opts, []string{label})
	}
	inFlight := prometheus.GaugeOpts{
		Namespace: "casus", Name: "http_requests_in_flight", Help: "HTTP requests being answered.",
	}
	s := &Set{
		registry: prometheus.NewRegistry(),
		clients:  counter("http_client_requests_total", "HTTP requests of clients with a token.", "client", "status"),
		requests: counter("http_requests_total", "HTTP requests answered.", "route", "method", "status"),
		requestSeconds: seconds("http_request_duration_seconds",
			"Time from a request's head to the end of its response.", "route"),
		inFlight: prometheus.NewGauge(inFlight),
		operations: counter("graphql_operations_total",
			"GraphQL operations answered; outcome is ok, partial (data and errors) or failed.", "outcome"),
		codes:        counter("graphql_errors_total", "Errors in GraphQL responses, by code.", "code"),
		store:        counter("store_calls_total", "Calls of the store; code is ok or the error's.", "method", "code"),
		storeSeconds: seconds("store_call_duration_seconds", "Duration of calls of the store.", "method"),
		admissions: admissions{
			queued: prometheus.NewGaugeVec(prometheus.GaugeOpts{
				Namespace: "casus", Name: "waiting_requests", Help: "Requests that wait until others have run.",
			}, []string{"route"}),
			seconds: seconds("wait_seconds", "Time that requests waited until they ran.", "route"),
			refused: counter("refused_requests_total", "Requests refused because too many others waited.", "route"),
		},
	}
	s.registry.MustRegister(s.admissions.queued, s.admissions.seconds, s.admissions.refused,
		s.requests, s.requestSeconds, s.inFlight, s.operations, s.codes, s.store, s.storeSeconds,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	s.registry.MustRegister(s.clients)
	return s
}

// Handler serves the metrics in Prometheus' text formats.
func (s *Set) Handler() http.Handler {
	return promhttp.HandlerFor(s.registry, promhttp.HandlerOpts{Registry: s.registry})
}

// Operation counts a GraphQL operation by whether its response has data, and by the codes of its errors.
func (s *Set) Operation(data bool, codes []kg.ErrorCode) {
	outcome := "ok"
	switch {
	case len(codes) > 0 && data:
		outcome = "partial"
	case len(codes) > 0:
		outcome = "failed"
	}
	s.operations.WithLabelValues(outcome).Inc()
	for _, code := range codes {
		s.codes.WithLabelValues(string(code)).Inc()
	}
}
