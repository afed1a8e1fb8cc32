package server

import (
	"context"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"casus/internal/store/metrics"
)

// socketBuffer bounds, in bytes, what a connection takes from the server while its client reads nothing.
const socketBuffer = 64 << 10

// serveExports serves endless exports. The query parameter client names a request's client.
func serveExports(t *testing.T, c Config) (address string, set *metrics.Set) {
	t.Helper()
	set = metrics.New()
	c.Metrics, c.Log = set, discard
	e := newExportHandler(c, operationGate(0, nil), func(r *http.Request) string { return r.Header.Get("X-Client") })
	mux := http.NewServeMux()
	mux.HandleFunc("GET /export/{format}", func(w http.ResponseWriter, r *http.Request) {
		each := *e // a source counts its pages
		each.source = &endlessSource{pages: math.MaxInt}
		each.ServeHTTP(w, r)
	})
	server := httptest.NewUnstartedServer(mux)
	// Small buffers are soon full, on a slow machine too.
	server.Config.ConnContext = func(ctx context.Context, conn net.Conn) context.Context {
		if err := conn.(*net.TCPConn).SetWriteBuffer(socketBuffer); err != nil {
			t.Error(err)
		}
		return ctx
	}
	server.Start()
	t.Cleanup(server.Close)
	return server.Listener.Addr().String(), set
}

// openExport begins an export and returns the connection, of which the caller reads as much as it likes.
func openExport(t *testing.T, address, client string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.(*net.TCPConn).SetReadBuffer(socketBuffer); err != nil {
		t.Fatal(err)
	}
	request := "GET /export/timelinejs HTTP/1.1\r\nHost: x\r\nX-Client: " + client + "\r\n\r\n"
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	return conn
}

// status reads the status line of an export's answer.
func status(t *testing.T, conn net.Conn) string {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, len("HTTP/1.1 200"))
	if _, err := io.ReadFull(conn, line); err != nil {
		t.Fatal(err)
	}
	return string(line[len("HTTP/1.1 "):])
}

// TestStalledReadersLoseTheirSlot has two clients begin exports and read nothing: a third one, which waits for a slot,
// gets one after the time of a stall. A client that reads slowly but steadily is not cut off meanwhile.
func TestStalledReadersLoseTheirSlot(t *testing.T) {
	const stall = 500 * time.Millisecond
	address, _ := serveExports(t, Config{MaxExports: 3, ExportStall: stall, ExportTimeout: time.Minute})
	steady := openExport(t, address, "steady")
	if got := status(t, steady); got != "200" {
		t.Fatalf("the first export is answered %s", got)
	}
	stalled := []net.Conn{openExport(t, address, "a"), openExport(t, address, "b")}
	for _, conn := range stalled {
		if got := status(t, conn); got != "200" {
			t.Fatalf("an export is answered %s", got)
		}
	}
	began := time.Now()
	waiting := make(chan string)
	go func() { waiting <- status(t, openExport(t, address, "c")) }()
	chunk := make([]byte, 64<<10)
	for got := ""; got == ""; {
		if _, err := io.ReadFull(steady, chunk); err != nil {
			t.Fatalf("a steady reader is cut off after %v: %v", time.Since(began), err)
		}
		select {
		case got = <-waiting:
			if got != "200" {
				t.Errorf("the export that waited is answered %s", got)
			}
		case <-time.After(stall / 10):
		}
	}
	if took := time.Since(began); took < stall/2 {
		t.Errorf("the export had to wait only %v", took)
	}
	// What was sent may be read; the end of the export is missing. One of the two may not have been cut off yet.
	for _, conn := range stalled {
		if body, err := io.ReadAll(io.LimitReader(conn, 16<<20)); err == nil && strings.HasSuffix(string(body), "0\r\n\r\n") {
			t.Error("a stalled export looks complete")
		}
	}
}

// TestExportsAreShared has one client ask for all exports: another one gets a slot at once, and what is beyond the
// queue is refused.
func TestExportsAreShared(t *testing.T) {
	address, set := serveExports(t, Config{MaxExports: 3, ExportTimeout: time.Minute})
	for range 2 {
		if got := status(t, openExport(t, address, "many")); got != "200" {
			t.Fatalf("an export is answered %s", got)
		}
	}
	for range clientExportQueue {
		openExport(t, address, "many")
	}
	waitForLine(t, set, `casus_waiting_requests{route="/export"} 4`)
	if got := status(t, openExport(t, address, "many")); got != "503" {
		t.Errorf("a client with six exports is answered %s", got)
	}
	if got := status(t, openExport(t, address, "one")); got != "200" {
		t.Errorf("another client is answered %s", got)
	}
	waitForLine(t, set, `casus_refused_requests_total{route="/export"} 1`)
}

// waitForLine waits until the metrics have a line.
func waitForLine(t *testing.T, set *metrics.Set, line string) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(time.Millisecond) {
		w := httptest.NewRecorder()
		set.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		if strings.Contains(w.Body.String(), line+"\n") {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the metrics lack %s", line)
		}
	}
}
