package server

import (
	"context"
	"net/http"
	"time"

	"casus/internal/export"
	"casus/internal/kg"
	"casus/internal/server/admission"
	"casus/internal/store"
)

// exportBuffer is the number of bytes of an export that are buffered before the first is sent. An error before that is
// answered with a status.
const exportBuffer = 64 << 10

// timeoutResponseTime is the time left to answer that an export timed out.
const timeoutResponseTime = 10 * time.Second

// exportWriter writes an export in chunks, each of which the client must read in time.
type exportWriter struct {
	ctx     context.Context
	to      http.ResponseWriter
	control *http.ResponseController
	// stall limits each chunk, end is the deadline of the export; zero values are no limits.
	stall time.Duration
	end   time.Time
	// turn is the place of the export among operations, which are not held up by a client that reads slowly.
	turn *admission.Place
	// any is set when something was written.
	any bool
}

// Write returns an error when the client does not read.
func (w *exportWriter) Write(p []byte) (n int, err error) {
	w.any = true
	for len(p) > 0 && err == nil {
		var written int
		w.setDeadline()
		w.turn.Pause()
		written, err = w.to.Write(p[:min(len(p), exportBuffer)])
		if err == nil {
			err = w.turn.Resume(w.ctx)
		}
		n, p = n+written, p[written:]
	}
	return n, err
}

// setDeadline grants the connection the time of one chunk.
func (w *exportWriter) setDeadline() {
	var deadline time.Time
	if !w.end.IsZero() {
		deadline = w.end.Add(timeoutResponseTime)
	}
	if chunk := time.Now().Add(w.stall); w.stall > 0 && (deadline.IsZero() || chunk.Before(deadline)) {
		deadline = chunk
	}
	_ = w.control.SetWriteDeadline(deadline) // a test's recorder has no deadline to set
}

// turnSource releases the export's slot among operations, and waits for another one, before each page that an export
// reads.
type turnSource struct {
	export.Source
	turn *admission.Place
}

func (s turnSource) next(ctx context.Context) error {
	s.turn.Pause()
	return s.turn.Resume(ctx)
}

func (s turnSource) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	if err := s.next(ctx); err != nil {
		return nil, err
	}
	return s.Source.Events(ctx, q)
}

func (s turnSource) Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (store.ScanPage, error) {
	if err := s.next(ctx); err != nil {
		return store.ScanPage{}, err
	}
	return s.Source.Scan(ctx, kind, after, limit)
}
