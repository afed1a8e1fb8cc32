package main

import (
	"bufio"
	"context"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"casus/internal/export"
	"casus/internal/kg"
)

// What exports over HTTP may take, where the command line does not say otherwise.
const (
	defaultExportTimeout = 10 * time.Minute
	defaultExports       = 2
	// sayWhy is how much longer than an export its connection may be written to.
	sayWhy = 10 * time.Second
)

// exports answers /export/{format}. It writes while it reads: what goes wrong before the first 64 KiB is an answer with a
// status, what goes wrong after them breaks the answer off, so that no half file looks whole.
type exports struct {
	store export.Source
	// timeout bounds one export; the slots how many are written at a time, more are sent away.
	timeout time.Duration
	slots   chan struct{}
	origins []string
	log     *slog.Logger
}

func (e exports) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.allow(w, r)
	f, err := export.Find(r.PathValue("format"))
	if err != nil {
		plain(w, http.StatusNotFound, err.Error())
		return
	}
	request, err := exportRequest(r.URL.Query())
	if err == nil {
		err = f.Check(request)
	}
	if err != nil {
		e.refuse(w, err)
		return
	}
	select {
	case e.slots <- struct{}{}:
		defer func() { <-e.slots }()
	default:
		w.Header().Set("Retry-After", "10")
		plain(w, http.StatusServiceUnavailable, "LIMIT_EXCEEDED: as many exports as may be are being written: try again later")
		return
	}
	name, mediaType := exportFile(f, request)
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if r.Method == http.MethodHead {
		return
	}
	e.write(w, r, f, request)
}

func (e exports) write(w http.ResponseWriter, r *http.Request, f export.Format, request export.Request) {
	ctx := r.Context()
	last := time.Time{} // none
	if e.timeout > 0 {
		deadline := time.Now().Add(e.timeout)
		last = deadline.Add(sayWhy)
		bounded, cancel := context.WithDeadlineCause(ctx, deadline, kg.Errorf(kg.Timeout, "the export took longer than %s", e.timeout))
		defer cancel()
		ctx = bounded
	}
	// The server's own deadline is for answers of operations. A writer without one, as in tests, needs none.
	_ = http.NewResponseController(w).SetWriteDeadline(last)
	begun := &begins{ResponseWriter: w}
	buffer := bufio.NewWriterSize(begun, 64<<10)
	_, err := writeExport(ctx, e.store, f, request, buffer)
	if err == nil {
		err = buffer.Flush()
	}
	switch {
	case err == nil:
	case begun.yes:
		e.log.Warn("an export broke off", "format", f.Name, "error", err)
		panic(http.ErrAbortHandler)
	default:
		for _, name := range []string{"Content-Disposition", "Content-Type"} {
			w.Header().Del(name)
		}
		e.refuse(w, err)
	}
}

// refuse answers with what was wrong; what is not the asker's fault is logged, not shown.
func (e exports) refuse(w http.ResponseWriter, err error) {
	code := kg.CodeOf(err)
	status, known := map[kg.ErrorCode]int{
		kg.BadInput: http.StatusBadRequest, kg.NotFound: http.StatusNotFound, kg.LimitExceeded: http.StatusBadRequest, kg.Timeout: http.StatusGatewayTimeout,
	}[code]
	message := string(code) + ": " + err.Error()
	if !known {
		status, message = http.StatusInternalServerError, string(code)
		if code == kg.Unavailable {
			status = http.StatusServiceUnavailable
		}
		e.log.Error("an export failed", "error", err)
	}
	plain(w, status, message)
}

// allow lets scripts of the allowed pages read the answer (CORS).
func (e exports) allow(w http.ResponseWriter, r *http.Request) {
	if len(e.origins) == 0 {
		return
	}
	w.Header().Add("Vary", "Origin")
	if origin := r.Header.Get("Origin"); origin != "" && (slices.Contains(e.origins, origin) || slices.Contains(e.origins, "*")) {
		w.Header().Set("Access-Control-Allow-Origin", origin)
	}
}

// begins notes whether anything was sent.
type begins struct {
	http.ResponseWriter
	yes bool
}

func (b *begins) Write(p []byte) (int, error) {
	b.yes = true
	return b.ResponseWriter.Write(p)
}
