package server

import (
	"net/http"
	"time"
)

// timeoutResponseTime is the time left to answer that an export timed out.
const timeoutResponseTime = 10 * time.Second

// exportWriter writes an export in chunks, each of which the client must read in time.
type exportWriter struct {
	to      http.ResponseWriter
	control *http.ResponseController
	// stall limits each chunk, end is the deadline of the export; zero values are no limits.
	stall time.Duration
	end   time.Time
	// any is set when something was written.
	any bool
}

// Write returns an error when the client does not read.
func (w *exportWriter) Write(p []byte) (n int, err error) {
	w.any = true
	for len(p) > 0 && err == nil {
		var written int
		w.setDeadline()
		written, err = w.to.Write(p[:min(len(p), exportBuffer)])
		n, p = n+written, p[written:]
	}
	return n, err
}

// setDeadline gives the connection the time of one chunk.
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
