package server

import (
	"log/slog"
	"net/http"
	"time"

	"casus/graph"
	"casus/internal/server/admission"
	"casus/internal/server/playground"
)

// Handler returns the server's routes. It counts every request, and logs it at level debug.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern, route string, h http.Handler) {
		mux.Handle(pattern, s.config.Metrics.Route(route, h, s.logRequest))
	}

	page := playground.Handler(s.config.Examples)
	handle("/graphql", "/graphql", s.admitOperations())
	handle("/playground", "/playground", page)
	handle("/playground/", "/playground", page)
	handle("GET /export/{format}", "/export", s.exports)
	handle("GET /favicon.ico", "/favicon.ico", playground.Favicon())
	handle("GET /healthz", "/healthz", http.HandlerFunc(serveHealth))
	handle("GET /readyz", "/readyz", http.HandlerFunc(s.serveReadiness))
	handle("GET /metrics", "/metrics", s.config.Metrics.Handler())
	handle("GET /{$}", "/", http.HandlerFunc(redirectToPlayground))
	handle("/", "other", http.HandlerFunc(serveNotFound))
	return mux
}

// admitOperations returns the handler of operations behind their gate.
func (s *Server) admitOperations() http.Handler {
	return admission.Middleware{
		Gate: s.operations, Client: s.clientName, BodyBytes: graph.DefaultBodyBytes, Timeout: responseTime(s.config),
		Refuse: func(w http.ResponseWriter, r *http.Request, err error) {
			s.exports.origins.allow(w, r)
			refuseOperation(w, r, err)
		},
	}.Handler(s.config.GraphQL)
}

func (s *Server) logRequest(r *http.Request, status int, took time.Duration) {
	s.config.Log.LogAttrs(r.Context(), slog.LevelDebug, "request",
		slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", status),
		slog.Duration("took", took), slog.String("from", r.RemoteAddr))
}

// redirectToPlayground answers with a relative location, which stays right where a proxy strips a prefix.
func redirectToPlayground(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Location", "playground")
	w.WriteHeader(http.StatusFound)
}

func serveNotFound(w http.ResponseWriter, _ *http.Request) {
	writeText(w, http.StatusNotFound, "not found: the API is at /graphql, the playground at /playground")
}
