package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus/internal/store"
	"casus/internal/store/open"
	"casus/internal/testkit/generate"
	neo4jtest "casus/internal/testkit/neo4j"
)

// TestKilledLoads kills the command at random moments, as kill -9 does, and starts it again, until it is let come to
// its end: the graph is that of a load that was never killed, and the load went on rather than began again.
func TestKilledLoads(t *testing.T) {
	dir := t.TempDir()
	table := filepath.Join(dir, "generated.csv")
	var rows bytes.Buffer
	if err := generate.Write(&rows, generate.Shape{Events: 3_000, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(table, rows.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	mapping := filepath.Join(dir, "generated.yaml")
	if err := os.WriteFile(mapping, generate.MappingFile(), 0o600); err != nil {
		t.Fatal(err)
	}
	casus := func(url string, args ...string) *exec.Cmd {
		c := exec.Command("casus", args...)
		c.Env = append(os.Environ(), envStore+"="+url)
		return c
	}
	digest := func(url string) string {
		out, err := casus(url, "stats", "--digest").Output()
		if err != nil {
			t.Fatal(err)
		}
		_, hash, found := strings.Cut(string(out), "\ndigest")
		if !found {
			t.Fatalf("no digest in %s", out)
		}
		return strings.TrimSpace(hash)
	}
	load := []string{"load", "--quiet", "--json", "--stretch", "300", "--batch", "200", "--mapping", mapping, table}
	whole := "sqlite:" + filepath.Join(dir, "whole.db")
	if out, err := casus(whole, load...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want := digest(whole)

	for name, at := range map[string]func(*testing.T) string{
		"sqlite": func(*testing.T) string { return "sqlite:" + filepath.Join(dir, "killed.db") },
		"neo4j":  func(t *testing.T) string { return neo4jtest.New(t) },
	} {
		t.Run(name, func(t *testing.T) {
			url := at(t)
			for range 3 { // at whatever it does as it begins
				killed(t, casus(url, load...), func() bool { return true }, time.Duration(rand.Int64N(int64(250*time.Millisecond))))
			}
			st, err := open.Open(t.Context(), url, open.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = st.Close() }() // it is only asked how far the load is
			for range 2 {                     // between two batches, or in one
				began, batches := revision(t, st), int64(8+rand.IntN(5))
				killed(t, casus(url, load...), func() bool { return revision(t, st) >= began+batches }, 0)
			}
			var said bytes.Buffer
			last := casus(url, load...)
			last.Stderr = &said
			out, err := last.Output()
			if err != nil {
				t.Fatalf("after the kills: %v: %s%s", err, out, said.String())
			}
			if !bytes.Contains(out, []byte(`"resumed": true`)) {
				t.Errorf("the load began again: %s", out)
			}
			if got := digest(url); got != want {
				t.Errorf("after the kills the digest is %s; want %s", got, want)
			}
		})
	}
}

func revision(t *testing.T, st store.Store) int64 {
	t.Helper()
	n, err := st.Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// killed starts a command and kills it as soon as it is due, or a while after that.
func killed(t *testing.T, c *exec.Cmd, due func() bool, after time.Duration) {
	t.Helper()
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- c.Wait() }()
	for !due() {
		select {
		case err := <-done:
			t.Fatalf("it ended before it was killed: %v: %s", err, said.String())
		case <-time.After(5 * time.Millisecond):
		}
	}
	time.Sleep(after)
	_ = c.Process.Kill() // it may have come to its end
	<-done
}
