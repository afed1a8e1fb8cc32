package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"
)

// grace is how long requests that had begun may go on once the server is told to stop.
const grace = 15 * time.Second

// server answers HTTP from one listener until it is told to stop.
type server struct {
	handler http.Handler
	// longest is the time an operation may take; an answer may take somewhat longer to write.
	longest time.Duration
	grace   time.Duration
	log     *slog.Logger
}

// listen opens a TCP address; a port that is taken is said plainly.
func listen(ctx context.Context, address string) (net.Listener, error) {
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, hinted{errors.New(address + " is taken: another program listens there"), "--listen 127.0.0.1:0 takes any free port, --listen 127.0.0.1:8081 another one"}
	case errors.Is(err, syscall.EACCES):
		return nil, hinted{errors.New("may not listen on " + address), "ports below 1024 need a privilege: take a higher one with --listen"}
	case err != nil:
		return nil, hinted{errors.New("cannot listen on " + address + ": " + err.Error()), "--listen takes HOST:PORT, such as 127.0.0.1:8080 or :0"}
	}
	return ln, nil
}

// serve answers requests until the context ends, then takes no new ones and lets those that had begun finish. An error
// says that it could not go on, or that some did not finish in time.
func (s server) serve(ctx context.Context, ln net.Listener) error {
	h := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      s.longest + 30*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- h.Serve(ln) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.log.Info("stopping: finishing what had begun", "deadline", s.grace)
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.grace)
	defer cancel()
	if err := h.Shutdown(last); err != nil {
		return errors.Join(errors.New("some requests did not finish in time and were cut off"), h.Close())
	}
	return nil
}

// baseURL is where a browser on this machine reaches the listener.
func baseURL(ln net.Listener) string {
	host, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		return "http://" + ln.Addr().String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}
