package server

import (
	"encoding/json"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"time"

	"casus/graph"
	"casus/internal/kg"
	"casus/internal/server/admission"
)

const (
	// waitTime is how long a request waits for others at most.
	waitTime = 10 * time.Second
	// retryAfter is the number of seconds after which a refused client should try again.
	retryAfter = 5
	// operationQueue and clientOperationQueue bound the operations that wait, in all and of one client.
	operationQueue, clientOperationQueue = 256, 64
	// exportQueue and clientExportQueue do so for exports.
	exportQueue, clientExportQueue = 16, 4
)

// DefaultMaxOperations returns the number of operations that run at once: one for each processor, and one that no
// client alone takes.
func DefaultMaxOperations() int { return runtime.GOMAXPROCS(0) + 1 }

// clientName names the client of a request, with which it shares the server with others. This is the place for the
// name of the request's token, before the address.
func (s *Server) clientName(r *http.Request) string { return s.config.Proxies.Address(r) }

// newOperationGate returns the gate of operations, at which exports have their turn, too.
func newOperationGate(c Config) *admission.Gate {
	slots := c.MaxOperations
	if slots <= 0 {
		slots = DefaultMaxOperations()
	}
	limits := admission.Limits{
		Slots: slots, Queue: operationQueue, ClientQueue: clientOperationQueue, Wait: waitTime,
	}
	return admission.New(limits, c.Metrics.Admission("/graphql"))
}

// newExportGate returns the gate of exports.
func newExportGate(c Config) *admission.Gate {
	limits := admission.Limits{
		Slots: c.MaxExports, Queue: exportQueue, ClientQueue: clientExportQueue, Wait: waitTime,
	}
	return admission.New(limits, c.Metrics.Admission("/export"))
}

// admitOperations returns a handler of operations behind their gate.
func (s *Server) admitOperations(next http.Handler) http.Handler {
	return admission.Middleware{
		Gate:      s.operations,
		Client:    s.clientName,
		BodyBytes: graph.DefaultBodyBytes,
		Timeout:   responseTime(s.config),
		Refuse:    s.refuseOperation,
	}.Handler(next)
}

// refuseOperation answers an operation that is not admitted, as GraphQL does.
func (s *Server) refuseOperation(w http.ResponseWriter, r *http.Request, err error) {
	s.exports.origins.allow(w, r)
	mediaType := "application/json"
	if strings.Contains(r.Header.Get("Accept"), "application/graphql-response+json") {
		mediaType = "application/graphql-response+json"
	}
	type graphQLError struct {
		Message    string         `json:"message"`
		Extensions map[string]any `json:"extensions"`
	}
	body, err := json.Marshal(map[string]any{"errors": []graphQLError{
		{err.Error(), map[string]any{"code": kg.CodeOf(err)}},
	}})
	if err != nil { // strings can be encoded
		panic(err)
	}
	h := w.Header()
	h.Set("Content-Type", mediaType+"; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Retry-After", strconv.Itoa(retryAfter))
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write(append(body, '\n')) // fails only if the client has disconnected
}
