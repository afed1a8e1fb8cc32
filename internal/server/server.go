// Package server answers HTTP: GraphQL, the explorer, the playground, exports, health checks and metrics. It works on
// any store.Store and imports no engine. Its caller opens the store and builds the GraphQL handler.
package server

import (
	"net/http"
	"sync/atomic"
	"time"

	"casus/internal/server/access"
	"casus/internal/server/admission"
	"casus/internal/server/revisions"
)

// Server serves one store. It is safe for concurrent use.
type Server struct {
	config        Config
	access        *access.Guard
	operations    *admission.Gate
	exports       *exportHandler
	revisions     *revisions.Handler
	shutdownGrace time.Duration
	// notReady is set if the store was not ready at the last check.
	notReady atomic.Bool
}

// New returns a server. It starts nothing.
func New(c Config) *Server {
	c.Access.TrustedProxy = c.Proxies.Sent
	s := &Server{config: c, access: access.New(c.Access), shutdownGrace: shutdownGrace}
	s.operations = operationGate(c.MaxOperations, c.Metrics.Admission("/graphql"))
	s.exports = newExportHandler(c, s.operations, s.clientName)
	s.revisions = revisions.New(revisions.Config{
		Log: c.Store, Reading: c.Reading, Client: s.clientName, Fail: s.refuseStream,
	})
	return s
}

// responseTime returns how long an operation may take, with its response.
func responseTime(c Config) time.Duration { return max(c.OperationTimeout, 0) + 30*time.Second }

// clientName returns the name of the client of a request, among which the server is shared: the name of its token, else
// its address.
func (s *Server) clientName(r *http.Request) string {
	if name, ok := access.NameOf(r.Context()); ok {
		return "token " + name
	}
	return "address " + s.config.Proxies.Address(r)
}
