package interrupt

import (
	"context"
	"os"

	"casus/internal/kg"
)

// Stdin is the standard input. Unlike *os.File its Read returns when the context ends, so that an interrupt ends
// a command that waits for input. It is not safe for concurrent use.
type Stdin struct {
	ctx  context.Context
	file *os.File
	// buffer is read into, because a read that outlives its call must not write to the caller's memory.
	buffer []byte
}

// NewStdin returns the standard input of a command that runs until ctx ends.
func NewStdin(ctx context.Context) *Stdin { return &Stdin{ctx: ctx, file: os.Stdin} }

// Fd returns the file descriptor, by which package terminal recognises a terminal.
func (r *Stdin) Fd() uintptr { return r.file.Fd() }

// Read reads at most 64 KiB. After the context has ended it returns an error with the code TIMEOUT.
func (r *Stdin) Read(p []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, r.interrupted()
	}
	if r.buffer == nil {
		r.buffer = make([]byte, 64<<10)
	}
	type result struct {
		n   int
		err error
	}
	done := make(chan result, 1)
	go func() {
		n, err := r.file.Read(r.buffer[:min(len(p), len(r.buffer))])
		done <- result{n, err}
	}()
	select {
	case read := <-done:
		return copy(p, r.buffer[:read.n]), read.err
	case <-r.ctx.Done():
		return 0, r.interrupted()
	}
}

func (r *Stdin) interrupted() error {
	return kg.Errorf(kg.Timeout, "read the standard input: %w", r.ctx.Err())
}
