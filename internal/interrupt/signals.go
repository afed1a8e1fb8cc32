// Package interrupt ends commands on SIGINT and SIGTERM.
package interrupt

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// signalError is the cause of a context that a signal cancelled.
type signalError struct{ signal syscall.Signal }

func (e signalError) Error() string { return "received the signal " + e.signal.String() }

// Context returns a context that SIGINT and SIGTERM cancel with a signalError. A second signal ends the process.
func Context(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	received := make(chan os.Signal, 1)
	signal.Notify(received, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-received:
			signal.Stop(received)
			if number, ok := s.(syscall.Signal); ok {
				cancel(signalError{number})
			}
			cancel(nil)
		case <-ctx.Done():
			signal.Stop(received)
		}
	}()
	return ctx, func() { cancel(nil) }
}

// ExitCode returns the exit code of a command that a signal ended: 128 and the signal's number, as shells do.
// ok is false if no signal cancelled the context.
func ExitCode(ctx context.Context) (code int, ok bool) {
	var e signalError
	if !errors.As(context.Cause(ctx), &e) {
		return 0, false
	}
	return 128 + int(e.signal), true
}
