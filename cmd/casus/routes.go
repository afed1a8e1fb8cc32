package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"casus/internal/kg"
	"casus/internal/metrics"
	"casus/internal/web"
)

// site is what the server's addresses lead to.
type site struct {
	graphql  http.Handler
	exports  http.Handler
	examples []web.Example
	store    kg.Keeper
	metrics  *metrics.Set
	log      *slog.Logger
}

// handler routes requests, counts them, and logs each at debug level when it is answered.
func (s site) handler() http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern, route string, h http.Handler) {
		mux.Handle(pattern, s.metrics.Route(route, h, s.answered))
	}

	playground := web.Playground(s.examples)
	handle("/graphql", "/graphql", s.graphql)
	handle("/playground", "/playground", playground)
	handle("/playground/", "/playground", playground)
	handle("GET /export/{format}", "/export", s.exports)
	handle("GET /favicon.ico", "/favicon.ico", web.Favicon())
	handle("GET /healthz", "/healthz", http.HandlerFunc(healthy))
	handle("GET /readyz", "/readyz", http.HandlerFunc(s.ready))
	handle("GET /metrics", "/metrics", s.metrics.Handler())
	handle("GET /{$}", "/", http.HandlerFunc(toPlayground))
	handle("/", "other", http.HandlerFunc(notFound))
	return mux
}

func (s site) answered(r *http.Request, status int, took time.Duration) {
	s.log.LogAttrs(r.Context(), slog.LevelDebug, "request",
		slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", status),
		slog.Duration("took", took), slog.String("from", r.RemoteAddr))
}

// healthy answers while the process is there to answer.
func healthy(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") }

// ready answers 200 when the store can answer. Why it cannot is logged, not shown.
func (s site) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	if err := s.store.Ready(ctx); err != nil {
		s.log.Warn("the store is not ready", "error", err)
		plain(w, http.StatusServiceUnavailable, "not ready: "+string(kg.CodeOf(err)))
		return
	}
	plain(w, http.StatusOK, "ready")
}

// toPlayground leads on by a relative address, which stays right where a proxy strips a prefix.
func toPlayground(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Location", "playground")
	w.WriteHeader(http.StatusFound)
}

func notFound(w http.ResponseWriter, _ *http.Request) {
	plain(w, http.StatusNotFound, "nothing here: the API is at /graphql, the playground at /playground")
}

func plain(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, message+"\n") // a client that has gone needs no answer
}
