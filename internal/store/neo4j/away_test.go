package neo4j_test

import (
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"casus/internal/kg"
	"casus/internal/store/neo4j"
	neo4jtest "casus/internal/testkit/neo4j"
)

// line is a TCP proxy in front of a server, which can be cut and frozen.
type line struct {
	t          *testing.T
	to, listen string

	mu       sync.Mutex
	listener net.Listener
	open     []net.Conn
	frozen   bool
}

func newLine(t *testing.T, to string) *line {
	l := &line{t: t, to: to, listen: "127.0.0.1:0"}
	l.restore()
	t.Cleanup(l.cut)
	return l
}

// restore accepts connections again.
func (l *line) restore() {
	l.t.Helper()
	listener, err := net.Listen("tcp", l.listen)
	if err != nil {
		l.t.Fatal(err)
	}
	l.mu.Lock()
	l.listener, l.listen, l.frozen = listener, listener.Addr().String(), false
	l.mu.Unlock()
	go func() {
		for {
			from, err := listener.Accept()
			if err != nil {
				return
			}
			to, err := net.Dial("tcp", l.to)
			if err != nil {
				_ = from.Close()
				continue
			}
			l.mu.Lock()
			l.open = append(l.open, from, to)
			l.mu.Unlock()
			go l.copy(to, from)
			go l.copy(from, to)
		}
	}()
}

// copy passes bytes on, unless the line is frozen: then it loses them.
func (l *line) copy(to, from net.Conn) {
	defer func() { _, _ = to.Close(), from.Close() }()
	b := make([]byte, 32<<10)
	for {
		n, err := from.Read(b)
		if err != nil {
			return
		}
		l.mu.Lock()
		frozen := l.frozen
		l.mu.Unlock()
		if frozen {
			continue
		}
		if _, err := to.Write(b[:n]); err != nil {
			return
		}
	}
}

// cut breaks all connections and refuses new ones.
func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = l.listener.Close()
	for _, c := range l.open {
		_ = c.Close()
	}
	l.open = nil
}

func (l *line) freeze() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frozen = true
}

// TestReadsWhileTheServerIsAway cuts the line to the server, freezes it and restores it under a store of `casus serve`
// and under one that retries.
func TestReadsWhileTheServerIsAway(t *testing.T) {
	server := newLine(t, strings.TrimPrefix(neo4jtest.New(t), "bolt://"))
	open := func(failFast bool) *neo4j.Store {
		s, err := neo4j.Open(t.Context(), neo4j.Options{URL: "bolt://" + server.listen, FailFast: failFast})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	fast, patient := open(true), open(false)
	// ask has five reads in a row, as an operation has, and returns how long they took.
	ask := func(s *neo4j.Store, limit time.Duration) (code kg.ErrorCode, took time.Duration) {
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		defer cancel()
		began := time.Now()
		for range 5 {
			_, err := s.Revision(ctx)
			code = kg.CodeOf(err)
		}
		return code, time.Since(began)
	}
	for range 20 { // several connections
		go func() { _ = fast.Ready(t.Context()) }()
	}
	if code, _ := ask(fast, time.Minute); code != "" {
		t.Fatalf("a reachable server: %s", code)
	}

	server.cut()
	for range 3 {
		if code, took := ask(fast, time.Minute); code != kg.Unavailable || took > 10*time.Second {
			t.Errorf("the server is away: %s after %v", code, took)
		} else {
			t.Logf("the server is away: %s after %v", code, took)
		}
	}
	answered := make(chan kg.ErrorCode, 1)
	go func() { code, _ := ask(patient, time.Minute); answered <- code }()
	time.Sleep(time.Second)

	server.restore()
	restored := time.Now()
	for code := kg.Unavailable; code != ""; code, _ = ask(fast, time.Minute) {
		if time.Since(restored) > 10*time.Second {
			t.Fatalf("10 s after the server is back: %s", code)
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Logf("the server answers %v after it is back", time.Since(restored))
	if code := <-answered; code != "" {
		t.Errorf("a read that retries: %s", code)
	}

	server.freeze()
	if code, took := ask(fast, 2*time.Second); code != kg.Timeout || took < time.Second {
		t.Errorf("the server does not answer: %s after %v", code, took)
	}
	server.cut()
	server.restore()
	if code, took := ask(fast, time.Minute); code != "" {
		t.Errorf("the server is back after its connections broke: %s after %v", code, took)
	}
}

// TestSilentServer connects to a server that says nothing: the context rules.
func TestSilentServer(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0") // accepts and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	go func() {
		for {
			c, err := silent.Accept()
			if err != nil {
				return
			}
			go func() { _, _ = io.Copy(io.Discard, c) }()
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err = neo4j.Open(ctx, neo4j.Options{URL: "bolt://" + silent.Addr().String(), FailFast: true})
	if code := kg.CodeOf(err); code != kg.Timeout {
		t.Errorf("a server that does not answer: %v", err)
	}
}
