package server

import (
	"bufio"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"casus/internal/export"
	"casus/internal/kg"
	"casus/internal/server/admission"
	"casus/internal/server/exports"
	"casus/internal/server/respond"
)

// The default limits of exports.
const (
	DefaultExportTimeout = 10 * time.Minute
	DefaultExportStall   = 30 * time.Second
	DefaultMaxExports    = 3
)

// exportHandler answers /export/{format}. It writes while it reads from the store. After the first 64 KiB an error
// aborts the connection, so that no client takes a truncated file for a complete one.
type exportHandler struct {
	source         export.Source
	timeout, stall time.Duration
	// gate bounds the number of exports. For its work, each also needs a slot of operations.
	gate, operations *admission.Gate
	// client names the client of a request.
	client  func(*http.Request) string
	log     *slog.Logger
	version string
}

func newExportHandler(c Config, operations *admission.Gate, client func(*http.Request) string) *exportHandler {
	return &exportHandler{
		source: c.Store, timeout: c.ExportTimeout, stall: c.ExportStall,
		gate:       exportGate(c.MaxExports, c.Metrics.Admission("/export")),
		operations: operations, client: client, log: c.Log, version: c.Version,
	}
}

// ServeHTTP checks the request, then writes the export, unless too many are in progress.
func (e *exportHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, err := export.Find(r.PathValue("format"))
	if err != nil {
		respond.Text(w, http.StatusNotFound, err.Error())
		return
	}
	request, err := exports.ParseRequest(r.URL.Query())
	if err == nil {
		err = f.Check(request)
	}
	if err != nil {
		writeError(w, e.log, "an export", err)
		return
	}
	var turn *admission.Place
	if r.Method != http.MethodHead {
		slot, err := admit(r.Context(), e.gate, e.client(r))
		if err == nil {
			defer slot.Leave()
			turn, err = admit(r.Context(), e.operations, e.client(r))
		}
		if err != nil {
			refuseText(w, r, err)
			return
		}
		defer turn.Leave()
	}
	request.Origin = originOf(r.URL.Query(), request, e.version)
	name, mediaType := exports.Filename(f, request)
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if r.Method == http.MethodHead {
		return
	}
	e.write(w, r, f, request, turn)
}

// originOf returns what a request asks for. Without a moment of knowledge in it, it is as known now.
func originOf(parameters url.Values, r export.Request, version string) *export.Origin {
	knownAt := time.Now().UTC().Truncate(time.Second).Format(time.RFC3339)
	if at := r.View.KnownAt; at != nil {
		knownAt = at.String()
	}
	parameters.Del("knownAt")
	query, err := url.QueryUnescape(parameters.Encode())
	if err != nil { // Encode escapes every value
		query = parameters.Encode()
	}
	return &export.Origin{Query: query, KnownAt: knownAt, Version: version}
}

func (e *exportHandler) write(
	w http.ResponseWriter, r *http.Request, f export.Format, request export.Request, turn *admission.Place,
) {
	ctx, cancel := e.withDeadline(w, r)
	defer cancel()
	sent := &exportWriter{ctx: ctx, to: w, control: http.NewResponseController(w), stall: e.stall, turn: turn}
	sent.end, _ = ctx.Deadline()
	buffer := bufio.NewWriterSize(sent, exportBuffer)
	_, err := exports.Write(ctx, turnSource{e.source, turn}, f, request, buffer)
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
		writeError(w, e.log, "an export", err)
	}
}

// withDeadline returns the context of an export and removes the connection's write deadline, which is meant for
// operations.
func (e *exportHandler) withDeadline(w http.ResponseWriter, r *http.Request) (context.Context, context.CancelFunc) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Time{}) // a test's recorder has no deadline to remove
	if e.timeout <= 0 {
		return r.Context(), func() {}
	}
	cause := kg.Errorf(kg.Timeout, "the export took longer than %s", e.timeout)
	return context.WithTimeoutCause(r.Context(), e.timeout, cause)
}
