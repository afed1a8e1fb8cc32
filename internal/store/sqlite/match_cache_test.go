package sqlite

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"casus/internal/kg"
	"casus/internal/text"
)

// TestSearchesEndWithTheirContext blocks the read of one search: another search and an identical one wait
// only until their own contexts end, and the read ends with its own.
func TestSearchesEndWithTheirContext(t *testing.T) {
	s := openStore(t, filepath.Join(t.TempDir(), "casus.db"))
	if _, err := s.matchCache.get(t.Context(), s, text.ParseQuery("first")); err != nil { // opens the watching connection
		t.Fatal(err)
	}
	for range s.read.Stats().MaxOpenConnections - 1 {
		conn, err := s.read.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }() // it only blocks others
	}
	search := func(ctx context.Context, words string) <-chan error {
		done := make(chan error, 1)
		go func() {
			_, err := s.matchCache.get(ctx, s, text.ParseQuery(words))
			done <- err
		}()
		return done
	}
	slow, cancel := context.WithCancel(t.Context())
	defer cancel()
	blocked := search(slow, "slow")
	// Usually enough for the read to start. If not, the test passes without testing anything.
	time.Sleep(50 * time.Millisecond)
	brief, end := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer end()
	ended := func(what string, done <-chan error) {
		t.Helper()
		select {
		case err := <-done:
			if kg.CodeOf(err) != kg.Timeout {
				t.Errorf("%s: %v", what, err)
			}
		case <-time.After(5 * time.Second):
			t.Errorf("%s: still waiting after its context ended", what)
		}
	}
	other, same := search(brief, "other"), search(brief, "slow")
	ended("another search", other)
	ended("the same search", same)
	cancel()
	ended("the reading search", blocked)
}
