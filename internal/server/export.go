package server

import (
	"bufio"
	"context"
	"log/slog"
	"net/http"
	"time"

	"casus/internal/export"
	"casus/internal/kg"
	"casus/internal/server/exports"
)

// The default limits of exports.
const (
	DefaultExportTimeout = 10 * time.Minute
	DefaultMaxExports    = 2
)

const (
	// exportBuffer is how much of an export is held back. An error before that is answered with a status.
	exportBuffer = 64 << 10
	// timeoutResponseTime is the time left to answer that an export timed out.
	timeoutResponseTime = 10 * time.Second
)

// exportHandler answers /export/{format}. It writes while it reads from the store. After the first 64 KiB an error
// aborts the connection, so that no client takes a truncated file for a complete one.
type exportHandler struct {
	source  export.Source
	timeout time.Duration
	// slots is a semaphore: it holds one element for each export in progress.
	slots chan struct{}
	log   *slog.Logger
}

func newExportHandler(c Config) *exportHandler {
	return &exportHandler{
		source: c.Store, timeout: c.ExportTimeout, slots: make(chan struct{}, max(c.MaxExports, 1)),
		log: c.Log,
	}
}

// ServeHTTP checks the request, then writes the export, unless too many are in progress.
func (e *exportHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, err := export.Find(r.PathValue("format"))
	if err != nil {
		writeText(w, http.StatusNotFound, err.Error())
		return
	}
	request, err := exports.ParseRequest(r.URL.Query())
	if err == nil {
		err = f.Check(request)
	}
	if err != nil {
		e.writeError(w, err)
		return
	}
	select {
	case e.slots <- struct{}{}:
		defer func() { <-e.slots }()
	default:
		w.Header().Set("Retry-After", "10")
		writeText(w, http.StatusServiceUnavailable, "LIMIT_EXCEEDED: too many exports are in progress: try again later")
		return
	}
	name, mediaType := exports.Filename(f, request)
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if r.Method == http.MethodHead {
		return
	}
	e.write(w, r, f, request)
}

func (e *exportHandler) write(w http.ResponseWriter, r *http.Request, f export.Format, request export.Request) {
	ctx, cancel := e.withDeadline(w, r)
	defer cancel()
	sent := &sentWriter{ResponseWriter: w}
	buffer := bufio.NewWriterSize(sent, exportBuffer)
	_, err := exports.Write(ctx, e.source, f, request, buffer)
	if err == nil {
		err = buffer.Flush()
	}
	switch {
	case err == nil:
	case sent.any:
		e.log.Warn("an export was aborted", "format", f.Name, "error", err)
		panic(http.ErrAbortHandler) // net/http closes the connection and logs nothing
	default:
		w.Header().Del("Content-Disposition")
		w.Header().Del("Content-Type")
		e.writeError(w, err)
	}
}

// withDeadline returns the context of an export and replaces the connection's write deadline, which is meant for
// responses to GraphQL operations.
func (e *exportHandler) withDeadline(w http.ResponseWriter, r *http.Request) (context.Context, context.CancelFunc) {
	ctx, cancel := r.Context(), context.CancelFunc(func() {})
	var writeDeadline time.Time // the zero time removes the deadline
	if e.timeout > 0 {
		deadline := time.Now().Add(e.timeout)
		writeDeadline = deadline.Add(timeoutResponseTime)
		cause := kg.Errorf(kg.Timeout, "the export took longer than %s", e.timeout)
		ctx, cancel = context.WithDeadlineCause(ctx, deadline, cause)
	}
	_ = http.NewResponseController(w).SetWriteDeadline(writeDeadline) // a test's recorder has no deadline to set
	return ctx, cancel
}

// sentWriter records whether anything was written.
type sentWriter struct {
	http.ResponseWriter
	any bool
}

func (w *sentWriter) Write(p []byte) (int, error) {
	w.any = true
	return w.ResponseWriter.Write(p)
}
