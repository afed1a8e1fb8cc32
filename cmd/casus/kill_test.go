package main

import (
	"bytes"
	"encoding/json"
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
	"casus/internal/testkit/seeds"
	"casus/loader"
)

// TestKilledLoads kills loads at random moments, as kill -9 does, and then lets one finish. The graph must be the
// same as without kills, and the last load must resume rather than start over.
func TestKilledLoads(t *testing.T) {
	seeds.SkipShort(t)
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
	load := []string{"load", "--quiet", "--json", "--chunk-size", "300", "--batch", "200", "--mapping", mapping, table}
	reference := "sqlite:" + filepath.Join(dir, "whole.db")
	first, err := casus(reference, load...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, first)
	}
	want := digest(reference)

	for name, newStore := range map[string]func(*testing.T) string{
		"sqlite": func(*testing.T) string { return "sqlite:" + filepath.Join(dir, "killed.db") },
		"neo4j":  func(t *testing.T) string { return neo4jtest.New(t) },
	} {
		t.Run(name, func(t *testing.T) {
			url := newStore(t)
			for range 3 { // during the start
				delay := time.Duration(rand.Int64N(int64(250 * time.Millisecond)))
				startAndKill(t, casus(url, load...), func() bool { return true }, delay)
			}
			st, err := open.Open(t.Context(), url, open.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = st.Close() }() // only read from
			for range 2 {                     // between two batches, or during one
				target := revision(t, st) + int64(8+rand.IntN(5))
				startAndKill(t, casus(url, load...), func() bool { return revision(t, st) >= target }, 0)
			}
			var stderr bytes.Buffer
			last := casus(url, load...)
			last.Stderr = &stderr
			out, err := last.Output()
			if err != nil {
				t.Fatalf("after the kills: %v: %s%s", err, out, stderr.String())
			}
			if !bytes.Contains(out, []byte(`"resumed": true`)) {
				t.Errorf("the load started over: %s", out)
			}
			if got, want := rowCounts(t, out), rowCounts(t, first); got != want {
				t.Errorf("counts after the kills: %v, want %v", got, want)
			}
			if got := digest(url); got != want {
				t.Errorf("digest after the kills: %s, want %s", got, want)
			}
		})
	}
}

// rowCounts returns the counts of rows in a report.
func rowCounts(t *testing.T, report []byte) [6]int {
	t.Helper()
	var r loader.Report
	if err := json.Unmarshal(report, &r); err != nil {
		t.Fatalf("%v: %s", err, report)
	}
	return [6]int{r.Read, r.Applied, r.Unchanged, r.Repeated, r.Merged, r.Rejected}
}

func revision(t *testing.T, st store.Store) int64 {
	t.Helper()
	n, err := st.Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// startAndKill starts a command, waits until ready returns true, and kills the command after a delay.
func startAndKill(t *testing.T, c *exec.Cmd, ready func() bool, delay time.Duration) {
	t.Helper()
	var output bytes.Buffer
	c.Stdout, c.Stderr = &output, &output
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- c.Wait() }()
	for !ready() {
		select {
		case err := <-done:
			t.Fatalf("the command ended before it was killed: %v: %s", err, output.String())
		case <-time.After(5 * time.Millisecond):
		}
	}
	time.Sleep(delay)
	_ = c.Process.Kill() // it may have ended
	<-done
}
