// Package server answers HTTP: GraphQL, the playground, exports, health checks and metrics. It works on any store.Store
// and imports no engine. Its caller opens the store and builds the GraphQL handler.
package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"casus/internal/server/access"
	"casus/internal/server/admission"
	"casus/internal/server/playground"
	"casus/internal/store"
	"casus/internal/store/metrics"
)

// shutdownGrace is how long open requests may take to finish during a shutdown.
const shutdownGrace = 15 * time.Second

// Config describes a Server. Store, GraphQL, Metrics and Log are required.
type Config struct {
	// Store is the source of exports, and is checked for readiness.
	Store store.Store
	// GraphQL answers /graphql.
	GraphQL http.Handler
	// OperationTimeout is the limit that GraphQL sets to one operation. The server allows somewhat longer for a
	// response to be written. 0 or negative means that operations have no limit.
	OperationTimeout time.Duration
	// Examples are offered in the playground.
	Examples []playground.Example
	// Access decides who may use the server.
	Access access.Config
	// ExportTimeout limits one export. 0 or negative means no limit.
	ExportTimeout time.Duration
	// ExportStall is how long an export waits for its client to read on. 0 or negative means no limit.
	ExportStall time.Duration
	// MaxExports limits the number of concurrent exports; less than 1 is 1.
	MaxExports int
	// MaxOperations limits the number of concurrent GraphQL operations; less than 1 is DefaultMaxOperations.
	MaxOperations int
	// Proxies are the proxies that name the addresses of their clients.
	Proxies admission.Proxies
	// Metrics counts requests and answers /metrics.
	Metrics *metrics.Set
	// Log receives every request at level debug, and failures.
	Log *slog.Logger
}

// Server serves one store. It is safe for concurrent use.
type Server struct {
	config        Config
	access        *access.Guard
	operations    *admission.Gate
	exports       *exportHandler
	shutdownGrace time.Duration
	// notReady is set while the store was not ready when it was last asked.
	notReady atomic.Bool
}

// New returns a server. It starts nothing.
func New(c Config) *Server {
	c.Access.TrustedProxy = c.Proxies.Sent
	s := &Server{config: c, access: access.New(c.Access), shutdownGrace: shutdownGrace}
	s.operations = operationGate(c.MaxOperations, c.Metrics.Admission("/graphql"))
	s.exports = newExportHandler(c, s.operations, s.clientName)
	return s
}

// responseTime returns how long an operation may take, with its response.
func responseTime(c Config) time.Duration { return max(c.OperationTimeout, 0) + 30*time.Second }

// clientName names the client of a request, with which it shares the server with others: by the name of its token, else
// by its address.
func (s *Server) clientName(r *http.Request) string {
	if name, ok := access.NameOf(r.Context()); ok {
		return "token " + name
	}
	return "address " + s.config.Proxies.Address(r)
}

// Serve answers requests on ln until ctx ends. It then closes ln and waits for open requests, at most 15 seconds. It
// returns an error if the listener fails, or if requests had to be cut off.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	log := s.config.Log
	h := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      waitTime + responseTime(s.config),
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- h.Serve(ln) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	log.Info("shutting down: waiting for open requests", "deadline", s.shutdownGrace)
	shutdown, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.shutdownGrace)
	defer cancel()
	if err := h.Shutdown(shutdown); err != nil {
		return errors.Join(errors.New("some requests did not finish in time and were cut off"), h.Close())
	}
	return nil
}
