package server

import (
	"context"
	"net/http"
	"time"

	"casus/internal/kg"
	"casus/internal/server/respond"
)

// serveHealth answers 200 as long as the process runs.
func serveHealth(w http.ResponseWriter, _ *http.Request) { respond.Text(w, http.StatusOK, "ok") }

// serveReadiness answers 200 if the store can answer queries, otherwise 503. The response holds only the error's code;
// the reason is logged, once until the store is ready again.
func (s *Server) serveReadiness(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	if err := s.config.Store.Ready(ctx); err != nil {
		if !s.notReady.Swap(true) {
			s.config.Log.Warn("the store is not ready", "error", err)
		}
		respond.Text(w, http.StatusServiceUnavailable, "not ready: "+string(kg.CodeOf(err)))
		return
	}
	if s.notReady.Swap(false) {
		s.config.Log.Info("the store is ready")
	}
	respond.Text(w, http.StatusOK, "ready")
}
