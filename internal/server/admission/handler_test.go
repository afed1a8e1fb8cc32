package admission

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// middleware returns a middleware for one client and its gate.
func middleware(l Limits) Middleware {
	return Middleware{
		Gate: New(l, nil), Client: func(*http.Request) string { return "client" }, BodyBytes: 1 << 10,
		Refuse: func(w http.ResponseWriter, _ *http.Request, err error) { http.Error(w, err.Error(), http.StatusTeapot) },
	}
}

// counts returns the places of a gate.
func counts(g *Gate) (present, running, sending int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.present, g.running, g.sending
}

// eventually waits until a condition holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("after 30 s not: %s", what)
		}
	}
}

func TestBodiesArrive(t *testing.T) {
	m := middleware(roomy)
	h := m.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		_, _ = w.Write(body)
	}))
	for _, size := range []int{0, 1, 1<<10 - 1, 1 << 10, 1<<10 + 1, 1 << 16} {
		body := bytes.Repeat([]byte("x"), size)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body)))
		if w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), body) {
			t.Errorf("of %d bytes %d arrived", size, w.Body.Len())
		}
	}
	w := httptest.NewRecorder()
	failing := io.MultiReader(strings.NewReader("part"), failedReader{io.ErrUnexpectedEOF})
	m.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if body, err := io.ReadAll(r.Body); string(body) != "part" || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("of a body that fails arrive %q and %v", body, err)
		}
	})).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", failing))
	if p, r, s := counts(m.Gate); p+r+s != 0 {
		t.Errorf("left are %d, %d, %d", p, r, s)
	}
}

// TestSlowSendersNeedNoSlot sends half a body: another request runs meanwhile.
func TestSlowSendersNeedNoSlot(t *testing.T) {
	m := middleware(roomy)
	server := httptest.NewServer(m.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the slow sender has arrived", func() bool { p, _, _ := counts(m.Gate); return p == 1 })
	response, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
	eventually(t, "the slow sender has left", func() bool { p, r, s := counts(m.Gate); return p+r+s == 0 })
}

// TestSlowReadersNeedNoSlot has a client that reads nothing of a large answer: another request runs meanwhile, and the
// first one is cut off.
func TestSlowReadersNeedNoSlot(t *testing.T) {
	m := middleware(roomy)
	m.Timeout = time.Second
	answer := bytes.Repeat([]byte("x"), 64<<20)
	server := httptest.NewServer(m.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/large" {
			_, _ = w.Write(answer)
		}
	})))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, "GET /large HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the slow reader has given its slot back", func() bool { _, _, s := counts(m.Gate); return s == 1 })
	response, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	eventually(t, "the slow reader is cut off", func() bool { p, r, s := counts(m.Gate); return p+r+s == 0 })
}

// TestHandlersThatPanicLeave has one abort the connection.
func TestHandlersThatPanicLeave(t *testing.T) {
	m := middleware(roomy)
	func() {
		defer func() { _ = recover() }()
		m.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			panic(http.ErrAbortHandler)
		})).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
		t.Error("the panic is hidden")
	}()
	if p, r, s := counts(m.Gate); p+r+s != 0 {
		t.Errorf("left are %d, %d, %d", p, r, s)
	}
}

func TestRefusals(t *testing.T) {
	m := middleware(Limits{Slots: 1, ClientQueue: 1, Queue: 1, Wait: time.Hour})
	running, err := m.Gate.Arrive("client")
	if err == nil {
		err = running.Wait(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	defer running.Leave()
	served := 0
	h := m.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { served++ }))
	ask := func(ctx context.Context, method string) int {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(ctx, method, "/", nil))
		return w.Code
	}
	ctx, cancel := context.WithCancel(t.Context())
	waits := make(chan int)
	go func() { waits <- ask(ctx, http.MethodGet) }()
	eventually(t, "one waits", func() bool { p, _, _ := counts(m.Gate); return p == 1 })
	if code := ask(t.Context(), http.MethodGet); code != http.StatusTeapot {
		t.Errorf("a second one is answered %d", code)
	}
	if code := ask(t.Context(), http.MethodOptions); code != http.StatusOK || served != 1 {
		t.Errorf("OPTIONS is answered %d", code)
	}
	cancel()
	if code := <-waits; code != http.StatusTeapot || served != 1 {
		t.Errorf("a cancelled one is answered %d", code)
	}
}
