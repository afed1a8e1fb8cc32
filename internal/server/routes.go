package server

import (
	"log/slog"
	"net/http"
	"time"

	"casus/graph"
	"casus/internal/server/access"
	"casus/internal/server/admission"
	"casus/internal/server/explorer"
	"casus/internal/server/playground"
	"casus/internal/server/proposals"
	"casus/internal/server/respond"
)

// Handler returns the server's routes. It counts every request, and logs it at level debug.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern, route string, h http.Handler) {
		mux.Handle(pattern, s.config.Metrics.Route(route, s.access.KnownHost(h), s.observe))
	}

	explore := explorer.Handler(explorer.Config{Version: s.config.Version, Embedders: s.config.Embedders})
	page := playground.Handler(s.config.Examples)
	handle("/graphql", "/graphql", s.access.GraphQL(s.admitOperations()))
	handle("/explore", "/explore", explore)
	handle("/explore/", "/explore", explore)
	handle("/review", "/review", explore)
	handle("/inbox", "/inbox", explore)
	handle("/playground", "/playground", page)
	handle("/playground/", "/playground", page)
	handle("GET /export/{format}", "/export", s.access.Data(s.exports))
	handle("OPTIONS /export/{format}", "/export", s.access.Data(http.HandlerFunc(serveNotFound))) // answers preflights
	handle("GET /columns", "/columns", s.access.Data(newColumnHandler(s.config, s.operations, s.clientName)))
	handle("OPTIONS /columns", "/columns", s.access.Data(http.HandlerFunc(serveNotFound)))
	handle("GET /events", "/events", s.access.Data(s.revisions))
	handle("OPTIONS /events", "/events", s.access.Data(http.HandlerFunc(serveNotFound)))
	handle("/proposals", "/proposals", s.access.Write(s.takeProposals()))
	handle("/proposals/{action}", "/proposals", s.access.Write(s.takeProposals()))
	handle("/session", "/session", s.access.Session())
	handle("GET /favicon.ico", "/favicon.ico", playground.Favicon())
	handle("GET /healthz", "/healthz", http.HandlerFunc(serveHealth))
	handle("GET /readyz", "/readyz", http.HandlerFunc(s.serveReadiness))
	handle("GET /metrics", "/metrics", s.access.Internal(s.config.Metrics.Handler()))
	handle("GET /{$}", "/", http.HandlerFunc(redirectToExplorer))
	handle("/", "other", http.HandlerFunc(serveNotFound))
	return s.access.Identify(mux)
}

// admitOperations returns the handler of operations behind their gate.
func (s *Server) admitOperations() http.Handler {
	return admission.Middleware{
		Gate: s.operations, Client: s.clientName, BodyBytes: graph.DefaultBodyBytes, Timeout: responseTime(s.config),
		Refuse: refuseOperation,
	}.Handler(s.config.GraphQL)
}

// takeProposals returns the handler of proposals behind the gate of operations.
func (s *Server) takeProposals() http.Handler {
	timeout := max(s.config.OperationTimeout, proposalTimeout)
	return admission.Middleware{
		Gate: s.operations, Client: s.clientName, BodyBytes: graph.DefaultBodyBytes, Timeout: timeout + 30*time.Second,
		Refuse: refuseOperation,
	}.Handler(proposals.Handler(proposals.Config{
		Actions: s.config.Proposals, Timeout: timeout, Log: s.config.Log,
	}))
}

// proposalTimeout is the least time that a proposal may take, since it is checked, tried and loaded.
const proposalTimeout = 2 * time.Minute

// observe logs a request. It counts those of clients with a token by the token's name.
func (s *Server) observe(r *http.Request, status int, took time.Duration) {
	attributes := []slog.Attr{
		slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", status),
		slog.Duration("took", took), slog.String("from", r.RemoteAddr),
	}
	if name, ok := access.NameOf(r.Context()); ok {
		s.config.Metrics.Client(name, status)
		attributes = append(attributes, slog.String("client", name))
	}
	s.config.Log.LogAttrs(r.Context(), slog.LevelDebug, "request", attributes...)
}

// redirectToExplorer answers with a relative location, which stays right where a proxy strips a prefix.
func redirectToExplorer(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Location", "explore")
	w.WriteHeader(http.StatusFound)
}

func serveNotFound(w http.ResponseWriter, _ *http.Request) {
	respond.Text(w, http.StatusNotFound,
		"not found: the explorer is at /explore, the API at /graphql, the playground at /playground")
}
