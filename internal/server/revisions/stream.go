// Package revisions streams the revisions of a store to clients, as server-sent events
// (https://html.spec.whatwg.org/multipage/server-sent-events.html).
package revisions

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"casus/internal/etag"
	"casus/internal/store"
)

// The bounds of streams.
const (
	// maxStreams and clientStreams bound the open streams, in all and of one client.
	maxStreams, clientStreams = 256, 64
	// lifetime is how long a stream lasts. Its client opens another one, for which its rights are checked again.
	lifetime = time.Hour
	// writeTimeout is how long a client takes to read an event at most.
	writeTimeout = 10 * time.Second
	// retryTime is how long a client waits before it opens another stream.
	retryTime = 3 * time.Second
)

// The default times of a Config.
const (
	DefaultInterval  = 2 * time.Second
	DefaultHeartbeat = 15 * time.Second
	DefaultProgress  = time.Second
)

// Config describes a Handler. Log, Client and Fail are required.
type Config struct {
	Log store.ChangeLog
	// Interval is the time between two reads of the revision, which are made while there are streams, since other
	// programs may write. Heartbeat is the time after which a comment is sent. 0 selects the default.
	Interval, Heartbeat time.Duration
	// Reading returns how many of all events the store has read into memory, before which it cannot count, and whether it
	// still reads. nil if it reads nothing.
	Reading func() (read, all int64, reading bool)
	// Progress is the time between two events that tell this. 0 selects the default.
	Progress time.Duration
	// Client names the client of a request.
	Client func(*http.Request) string
	// Fail answers a request that gets no stream: with LIMIT_EXCEEDED if there are too many, else with an error of Log.
	Fail func(http.ResponseWriter, *http.Request, error)
}

// Handler answers each request with a stream of revisions: the present one, and each new one. A stream ends with its
// client, with the handler, or after an hour. It needs no slot of an admission.
type Handler struct {
	config Config
	watch  *watch
	close  func()
	closed chan struct{}
}

// New returns a handler without streams.
func New(c Config) *Handler {
	if c.Interval == 0 {
		c.Interval = DefaultInterval
	}
	if c.Heartbeat == 0 {
		c.Heartbeat = DefaultHeartbeat
	}
	if c.Progress == 0 {
		c.Progress = DefaultProgress
	}
	if c.Reading == nil {
		c.Reading = func() (read, all int64, reading bool) { return 0, 0, false }
	}
	h := &Handler{config: c, watch: newWatch(c.Log, c.Interval, writeTimeout), closed: make(chan struct{})}
	h.close = sync.OnceFunc(func() { close(h.closed) })
	return h
}

// Close ends all streams. Later ones end after their first event.
func (h *Handler) Close() { h.close() }

// ServeHTTP answers with a stream.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	client := h.config.Client(r)
	if err := h.watch.enter(client); err != nil {
		h.config.Fail(w, r, err)
		return
	}
	defer h.watch.leave(client)
	revision, err := h.watch.read(r.Context())
	if err != nil {
		h.config.Fail(w, r, err)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/event-stream")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Accel-Buffering", "no") // nginx would hold events back
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	s := stream{w: w, control: http.NewResponseController(w)}
	_ = s.control.SetReadDeadline(time.Time{}) // after which the server would cancel the request
	if s.send(fmt.Sprintf("retry: %d\n%s", retryTime.Milliseconds(), event(revision))) {
		h.follow(r, s, revision)
	}
}

// follow sends what follows a revision. While the store reads its events it also sends how far it is.
func (h *Handler) follow(r *http.Request, s stream, sent int64) {
	heartbeat, end := time.NewTicker(h.config.Heartbeat), time.NewTimer(lifetime)
	defer heartbeat.Stop()
	defer end.Stop()
	var progress <-chan time.Time // nil when the store is ready
	if text, reading := h.reading(); reading {
		if !s.send(text) {
			return
		}
		ticker := time.NewTicker(h.config.Progress)
		defer ticker.Stop()
		progress = ticker.C
	}
	for ok := true; ok; {
		now, changed := h.watch.current()
		if now != sent {
			sent, ok = now, s.send(event(now))
			continue
		}
		select {
		case <-changed:
		case <-progress:
			text, reading := h.reading()
			if ok = s.send(text); !reading {
				progress = nil
			}
		case <-heartbeat.C:
			ok = s.send(": still here\n\n")
		case <-end.C:
			return
		case <-h.closed:
			return
		case <-r.Context().Done():
			return
		}
	}
}

// reading returns the event that tells what the store reads.
func (h *Handler) reading() (event string, reading bool) {
	read, all, reading := h.config.Reading()
	data := fmt.Sprintf(`{"events":%d,"all":%d}`, read, all)
	if !reading {
		data = `{"ready":true}`
	}
	return "event: reading\ndata: " + data + "\n\n", reading
}

// event returns the event of a revision.
func event(revision int64) string {
	text := etag.Text(revision)
	return fmt.Sprintf("id: %s\nevent: revision\ndata: {\"revision\":\"%s\"}\n\n", text, text)
}

// stream is the response of one request.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

// send sends text at once. It reports whether the client may read on.
func (s stream) send(text string) bool {
	_ = s.control.SetWriteDeadline(time.Now().Add(writeTimeout)) // a test's recorder has none
	_, err := s.w.Write([]byte(text))
	return err == nil && s.control.Flush() == nil
}
