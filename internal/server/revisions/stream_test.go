package revisions

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
)

// log is a change log at a revision. It counts reads.
type log struct {
	store.ChangeLog
	revision, reads atomic.Int64
	away            atomic.Bool
}

func (l *log) Revision(context.Context) (int64, error) {
	l.reads.Add(1)
	if l.away.Load() {
		return 0, kg.Errorf(kg.Unavailable, "away")
	}
	return l.revision.Load(), nil
}

// serve serves streams of a log. The header X-Client names a client.
func serve(t *testing.T, c Config) (*Handler, string) {
	t.Helper()
	c.Client = func(r *http.Request) string { return r.Header.Get("X-Client") }
	c.Fail = func(w http.ResponseWriter, _ *http.Request, err error) {
		http.Error(w, string(kg.CodeOf(err)), http.StatusServiceUnavailable)
	}
	h := New(c)
	server := httptest.NewUnstartedServer(h)
	server.Config.ReadTimeout, server.Config.WriteTimeout = 200*time.Millisecond, 200*time.Millisecond
	server.Start()
	t.Cleanup(server.Close)
	t.Cleanup(h.Close)
	return h, server.URL
}

// open begins a stream. lines ends with it.
func open(t *testing.T, ctx context.Context, address, client string) (*http.Response, <-chan string) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Client", client)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		defer func() { _ = response.Body.Close() }()
		for s := bufio.NewScanner(response.Body); s.Scan(); {
			lines <- s.Text()
		}
	}()
	return response, lines
}

// await reads lines until one has a prefix.
func await(t *testing.T, lines <-chan string, prefix string) string {
	t.Helper()
	timeout := time.After(time.Minute)
	for {
		select {
		case line, open := <-lines:
			if !open {
				t.Fatalf("the stream ended before %q", prefix)
			}
			if strings.HasPrefix(line, prefix) {
				return line
			}
		case <-timeout:
			t.Fatalf("no %q", prefix)
		}
	}
}

// TestStream reads revisions for longer than the server's timeouts, also while the store is away. The log is read only
// while there is a stream.
func TestStream(t *testing.T) {
	l := &log{}
	l.revision.Store(7)
	h, address := serve(t, Config{Log: l, Interval: 5 * time.Millisecond, Heartbeat: 20 * time.Millisecond})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	response, lines := open(t, ctx, address, "a")
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "text/event-stream" ||
		response.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s %v", response.Status, response.Header)
	}
	for _, want := range []string{"retry: 3000", "id: 7", "event: revision", `data: {"revision":"7"}`, ""} {
		if got := <-lines; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for range 30 { // 600 ms
		await(t, lines, ": still here")
	}
	l.away.Store(true)
	l.revision.Store(8)
	await(t, lines, ":")
	await(t, lines, ":")
	l.away.Store(false)
	if got := await(t, lines, "data"); got != `data: {"revision":"8"}` {
		t.Error(got)
	}
	for n := int64(9); n < 15; n++ {
		l.revision.Store(n)
		if got := await(t, lines, "id"); got != "id: "+strconv.FormatInt(n, 10) {
			t.Errorf("%s, want %d", got, n)
		}
	}
	cancel()
	for range lines {
	}
	awaitNone(t, h.watch)
	time.Sleep(30 * time.Millisecond) // a read that was running
	before := l.reads.Load()
	time.Sleep(100 * time.Millisecond)
	if now := l.reads.Load(); now != before {
		t.Errorf("%d reads without a stream", now-before)
	}
}

// awaitNone waits until a watch has no streams.
func awaitNone(t *testing.T, w *watch) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		w.mu.Lock()
		left := w.all
		w.mu.Unlock()
		if left == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d streams are left", left)
		}
	}
}

// TestStreamsEndWithTheServer closes a handler with streams. A client that comes later gets the revision, and an end.
func TestStreamsEndWithTheServer(t *testing.T) {
	h, address := serve(t, Config{Log: &log{}, Interval: time.Hour, Heartbeat: time.Hour})
	_, first := open(t, t.Context(), address, "a")
	_, second := open(t, t.Context(), address, "b")
	await(t, first, "data")
	await(t, second, "data")
	h.Close()
	h.Close()
	_, late := open(t, t.Context(), address, "a")
	await(t, late, "data")
	for _, lines := range []<-chan string{first, second, late} {
		for line := range lines {
			if line != "" {
				t.Errorf("after the end: %q", line)
			}
		}
	}
	awaitNone(t, h.watch)
}

// TestStreamsAreBounded has clients open more streams than they may.
func TestStreamsAreBounded(t *testing.T) {
	w := newWatch(&log{}, time.Hour, time.Minute)
	for i := range maxStreams {
		if err := w.enter(strconv.Itoa(i / clientStreams)); err != nil {
			t.Fatalf("stream %d: %v", i, err)
		}
		if i == clientStreams-1 {
			if err := w.enter("0"); kg.CodeOf(err) != kg.LimitExceeded || !strings.Contains(err.Error(), "client") {
				t.Errorf("one client: %v", err)
			}
		}
	}
	if err := w.enter("another"); kg.CodeOf(err) != kg.LimitExceeded {
		t.Errorf("all clients: %v", err)
	}
	w.leave("0")
	if err := w.enter("another"); err != nil {
		t.Errorf("after one has left: %v", err)
	}
	w.leave("another")
	for i := 1; i < maxStreams; i++ {
		w.leave(strconv.Itoa(i / clientStreams))
	}
	if w.all != 0 || len(w.streams) != 0 {
		t.Errorf("%d streams of %v are left", w.all, w.streams)
	}
}

func TestStreamWithoutAStore(t *testing.T) {
	l := &log{}
	l.away.Store(true)
	h, address := serve(t, Config{Log: l})
	response, _ := open(t, t.Context(), address, "a")
	if response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Content-Type") == "text/event-stream" {
		t.Errorf("%s %v", response.Status, response.Header)
	}
	awaitNone(t, h.watch)
}

// TestReading follows a store that reads its events: each stream tells how far it is, and that it is ready, once.
func TestReading(t *testing.T) {
	l := &log{}
	l.revision.Store(7)
	var read atomic.Int64
	_, address := serve(t, Config{
		Log: l, Interval: time.Hour, Heartbeat: 20 * time.Millisecond, Progress: 5 * time.Millisecond,
		Reading: func() (int64, int64, bool) { return read.Load(), 9, read.Load() < 9 },
	})
	_, lines := open(t, t.Context(), address, "a")
	if got := await(t, lines, "data"); got != `data: {"revision":"7"}` {
		t.Error(got)
	}
	for _, n := range []int64{0, 4} {
		read.Store(n)
		await(t, lines, "event: reading")
		await(t, lines, fmt.Sprintf(`data: {"events":%d,"all":9}`, n))
	}
	read.Store(9)
	await(t, lines, `data: {"ready":true}`)
	for range 3 {
		if got := <-lines; got != "" && got != ": still here" {
			t.Errorf("after that %q", got)
		}
	}
	_, later := open(t, t.Context(), address, "b")
	await(t, later, "data")
	for range 3 {
		if got := <-later; got != "" && got != ": still here" {
			t.Errorf("of a ready store %q", got)
		}
	}
}
