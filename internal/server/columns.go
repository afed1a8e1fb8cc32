package server

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	fastgzip "github.com/klauspost/compress/gzip"

	"casus/internal/columns"
	"casus/internal/etag"
	"casus/internal/kg"
	"casus/internal/server/admission"
	"casus/internal/server/exports"
	"casus/internal/server/respond"
	"casus/internal/server/static"
	"casus/internal/store"
)

// ColumnReader returns the columns of events. Its errors have codes.
type ColumnReader interface {
	Columns(ctx context.Context, q columns.Query) (columns.Table, error)
}

const (
	// columnGzipLevel is the level of compression. 100,000 generated events take 219 kB, and 250 kB at level 1.
	columnGzipLevel = 5
	// slowestReader is the number of bytes that a client must read in a second.
	slowestReader = 16 << 10
)

// columnHandler answers /columns.
type columnHandler struct {
	reader  ColumnReader
	store   store.Store
	timeout time.Duration
	log     *slog.Logger
}

// newColumnHandler returns the handler of /columns. It takes its turn among the operations of the client.
func newColumnHandler(c Config, operations *admission.Gate, client func(*http.Request) string) http.Handler {
	h := columnHandler{reader: c.Columns, store: c.Store, timeout: c.OperationTimeout, log: c.Log}
	admitted := admission.Middleware{Gate: operations, Client: client, Refuse: refuseText}.Handler
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if q, ok := h.check(w, r); ok {
			admitted(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.serve(w, r, q) })).ServeHTTP(w, r)
		}
	})
}

// check returns the query of a request that must be answered with columns. It has answered all other ones.
func (h columnHandler) check(w http.ResponseWriter, r *http.Request) (q columns.Query, ok bool) {
	q, err := parseColumns(r)
	if err == nil && h.reader == nil {
		err = kg.Errorf(kg.Unavailable, "the server keeps no columns")
	}
	var revision int64
	if err == nil { // before the columns are read, so that they are at least as new as the revision says
		ctx, cancel := h.withTimeout(r)
		defer cancel()
		revision, err = h.store.Revision(ctx)
	}
	if err != nil {
		writeError(w, h.log, "columns", err)
		return q, false
	}
	w.Header().Add("Vary", "Accept-Encoding")
	etag.Set(w.Header(), revision)
	if etag.Matches(r, revision) {
		w.WriteHeader(http.StatusNotModified)
		return q, false
	}
	if r.Method == http.MethodHead {
		w.Header().Set("Content-Type", "application/json")
		return q, false
	}
	return q, true
}

// parseColumns returns the query of a request. Like a timeline it leaves out RETRACTED events unless a status names
// them.
func parseColumns(r *http.Request) (q columns.Query, err error) {
	values := r.URL.Query()
	if q.View, q.Filter, err = exports.ParseSelection(values, "fields"); err != nil {
		return q, err
	}
	q.Filter = q.Filter.WithoutRetracted()
	q.Fields, err = columns.ParseFields(values.Get("fields"))
	return q, err
}

func (h columnHandler) withTimeout(r *http.Request) (context.Context, context.CancelFunc) {
	if h.timeout <= 0 {
		return r.Context(), func() {}
	}
	cause := kg.Errorf(kg.Timeout, "the columns took longer than %s", h.timeout)
	return context.WithTimeoutCause(r.Context(), h.timeout, cause)
}

// serve answers with columns.
func (h columnHandler) serve(w http.ResponseWriter, r *http.Request, q columns.Query) {
	packed, err := h.pack(r, q, w.Header().Get(etag.Header))
	if err != nil {
		etag.Remove(w.Header())
		writeError(w, h.log, "columns", err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	deadline := time.Duration(packed.Len()/slowestReader)*time.Second + 30*time.Second
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(deadline)) // a test's recorder has none
	var body io.Reader = packed
	if static.AcceptsGzip(r.Header.Values("Accept-Encoding")) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Length", strconv.Itoa(packed.Len()))
	} else if body, err = gzip.NewReader(packed); err != nil {
		writeError(w, h.log, "columns", kg.Errorf(kg.Internal, "unpack columns: %w", err))
		return
	}
	_, _ = io.Copy(w, body) // fails only if the client has disconnected
}

// pack reads columns and returns their compressed JSON. A slow client keeps no more than that in memory.
func (h columnHandler) pack(r *http.Request, q columns.Query, revision string) (*bytes.Buffer, error) {
	ctx, cancel := h.withTimeout(r)
	defer cancel()
	if err := exports.RequireIDs(ctx, h.store, q.Filter); err != nil {
		return nil, err
	}
	table, err := h.reader.Columns(ctx, q)
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	z, err := fastgzip.NewWriterLevel(&packed, columnGzipLevel)
	if err == nil {
		if err := columns.Encode(ctx, z, revision, q.Fields, table); err != nil {
			return nil, err
		}
		err = z.Close()
	}
	if err != nil {
		return nil, kg.Errorf(kg.Internal, "compress columns: %w", err)
	}
	return &packed, nil
}

// refuseText answers a request that is not admitted.
func refuseText(w http.ResponseWriter, _ *http.Request, err error) {
	etag.Remove(w.Header())
	w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
	respond.Text(w, http.StatusServiceUnavailable, string(kg.CodeOf(err))+": "+err.Error())
}

// refuseStream answers a request for a stream that is not available.
func (s *Server) refuseStream(w http.ResponseWriter, r *http.Request, err error) {
	if kg.CodeOf(err) == kg.LimitExceeded {
		s.config.Metrics.Admission("/events").Refused()
		refuseText(w, r, err)
		return
	}
	writeError(w, s.config.Log, "a stream of revisions", err)
}
