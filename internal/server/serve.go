package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

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
	h.RegisterOnShutdown(s.revisions.Close)
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
