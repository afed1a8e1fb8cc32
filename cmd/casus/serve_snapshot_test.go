package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestServeSnapshot serves one store several times: a server writes two snapshots next to the store, and the next one
// answers alike, also if one of them is damaged.
func TestServeSnapshot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "casus.db")
	const query = `{"query": "{ extent { events earliest latest } ` +
		`timelineBuckets(interval: YEAR) { start events } network { totalLinks nodes { events actor { id } } } }"}`
	serve := func() (answer string) {
		t.Helper()
		base, stop := startServer(t, "--store", "sqlite:"+path, "--sample")
		waitReady(t, base)
		r, err := http.Post(base+"/graphql", "application/json", strings.NewReader(query))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = r.Body.Close() }() // it is only read
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		if code := stop(); code != 0 {
			t.Errorf("exit code %d", code)
		}
		return string(body)
	}
	want := serve()
	if !strings.Contains(want, `"id":"actor:`) || strings.Contains(want, "errors") {
		t.Fatal(want)
	}
	for _, snapshot := range []string{path + "-projection", path + "-projection-network"} {
		whole, err := os.ReadFile(snapshot)
		if err != nil {
			t.Fatal(err)
		}
		for name, change := range map[string]func() error{
			"as it was": func() error { return nil },
			"cut":       func() error { return os.Truncate(snapshot, int64(len(whole)/2)) },
			"removed":   func() error { return os.Remove(snapshot) },
		} {
			if err := change(); err != nil {
				t.Fatal(err)
			}
			if got := serve(); got != want {
				t.Errorf("with %s %s:\n%s\nwant\n%s", snapshot, name, got, want)
			}
			if again, err := os.ReadFile(snapshot); err != nil || len(again) != len(whole) {
				t.Errorf("%s %s: it has %d bytes afterwards, %v, want %d", snapshot, name, len(again), err, len(whole))
			}
		}
	}
}
