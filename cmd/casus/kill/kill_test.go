// Package kill_test kills the command during loads.
package kill_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/open"
	"casus/internal/testkit/command"
	"casus/internal/testkit/generate"
	neo4jtest "casus/internal/testkit/neo4j"
	"casus/internal/testkit/seeds"
	"casus/loader"
)

// TestKilledLoads kills loads at random moments, as kill -9 does, and then lets one finish. The graph must be the
// same as without kills, and the last load must resume rather than start over.
func TestKilledLoads(t *testing.T) {
	seeds.SkipShort(t)
	program, dir := command.Build(t), t.TempDir()
	casus, digest := program.Command, func(url string) string { return program.Digest(t, url) }
	table := filepath.Join(dir, "generated.csv")
	var rows bytes.Buffer
	if err := generate.Write(&rows, generate.Shape{Events: 500, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(table, rows.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	mapping := filepath.Join(dir, "generated.yaml")
	if err := os.WriteFile(mapping, generate.MappingFile(), 0o600); err != nil {
		t.Fatal(err)
	}
	load := []string{"load", "--quiet", "--json", "--chunk-size", "80", "--batch", "60", "--mapping", mapping, table}
	reference := "sqlite:" + filepath.Join(dir, "whole.db")
	started := time.Now()
	first, err := casus(reference, load...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, first)
	}
	duration := time.Since(started)
	want, claims := digest(reference), claimsIn(t, reference)

	for name, newStore := range map[string]func(*testing.T) string{
		"sqlite": func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "killed.db") },
		"neo4j":  func(t *testing.T) string { return neo4jtest.New(t) },
	} {
		t.Run(name, func(t *testing.T) {
			interrupted := killsBetweenBatches{
				load:     func(url string) *exec.Cmd { return casus(url, load...) },
				newStore: func() string { return newStore(t) },
				duration: duration,
				claims:   claims,
			}
			url := interrupted.run(t)
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
			k := randomKills{
				load:     func(url string) *exec.Cmd { return casus(url, load...) },
				newStore: func() string { return newStore(t) },
				finished: func(url string) {
					if got := digest(url); got != want {
						t.Errorf("digest after kills at random moments: %s, want %s", got, want)
					}
				},
				longest: duration,
			}
			if n := kills(t, name) - killsAtStart - killsAfterBatches; n > 0 {
				k.run(t, n)
			}
		})
	}
}

// kills returns how many loads into an engine are killed: 10 into SQLite and 5 into Neo4j, or the numbers in
// CASUS_KILLS: one for SQLite and, after a comma, one for Neo4j, by default a fifth.
func kills(t *testing.T, engine string) int {
	t.Helper()
	counts := map[string]int{"sqlite": 10, "neo4j": 5}
	if text := os.Getenv("CASUS_KILLS"); text != "" {
		first, second, found := strings.Cut(text, ",")
		n, err := strconv.Atoi(first)
		if err != nil {
			t.Fatalf("CASUS_KILLS: %v", err)
		}
		counts["sqlite"], counts["neo4j"] = n, n/5
		if found {
			if counts["neo4j"], err = strconv.Atoi(second); err != nil {
				t.Fatalf("CASUS_KILLS: %v", err)
			}
		}
	}
	return counts[engine]
}

// killsBetweenBatches kills loads into one store: killsAtStart of them while they start, and then killsAfterBatches of
// them after some batches more.
type killsBetweenBatches struct {
	load     func(url string) *exec.Cmd
	newStore func() string
	// duration is about how long a whole load takes.
	duration time.Duration
	// claims is the number of claims that a whole load stores.
	claims int
}

const (
	killsAtStart      = 3
	killsAfterBatches = 2
)

// run returns the URL of a store whose load was killed. Where a load ends before it is killed, run begins again in a
// new store.
func (k killsBetweenBatches) run(t *testing.T) string {
	t.Helper()
	const tries = 20
	for range tries {
		if url := k.newStore(); k.kill(t, url) {
			return url
		}
	}
	t.Fatalf("%d loads ended before they were killed", tries)
	return ""
}

// kill reports whether every kill came before the load's end.
func (k killsBetweenBatches) kill(t *testing.T, url string) bool {
	t.Helper()
	for range killsAtStart {
		delay := time.Duration(rand.Int64N(int64(k.duration) / (2 * killsAtStart)))
		if !startAndKill(t, k.load(url), func() bool { return true }, delay) {
			return false
		}
	}
	st, err := open.Open(t.Context(), url, open.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Close() }() // only read from
	for i := range killsAfterBatches {
		// From a quarter of the load on, a chunk has ended and its checkpoint is written.
		target := k.claims*(1+i)/4 + 1 + rand.IntN(k.claims/4)
		if !startAndKill(t, k.load(url), func() bool { return storedClaims(t, st) >= target }, 0) {
			return false
		}
	}
	return true
}

// randomKills kills loads at random moments, each time some in one store.
type randomKills struct {
	load     func(url string) *exec.Cmd
	newStore func() string
	// finished is called with each store whose load was let finish.
	finished func(url string)
	// longest is about how long a whole load takes.
	longest time.Duration
}

// run kills n loads. After every fifth kill, and after a load that was faster than its kill, a load is let finish.
func (k randomKills) run(t *testing.T, n int) {
	t.Helper()
	const inOneStore = 5
	url, here := k.newStore(), 0
	for killed, tries := 0, 0; killed < n; tries++ {
		if tries > 10*n {
			t.Fatalf("only %d of %d kills came before the load ended", killed, n)
		}
		delay := time.Duration(rand.Int64N(int64(k.longest)))
		wasKilled := startAndKill(t, k.load(url), func() bool { return true }, delay)
		if wasKilled {
			killed, here = killed+1, here+1
		}
		if wasKilled && here < inOneStore && killed < n {
			continue
		}
		if out, err := k.load(url).CombinedOutput(); err != nil {
			t.Fatalf("after %d kills: %v: %s", here, err, out)
		}
		k.finished(url)
		if killed < n {
			url, here = k.newStore(), 0
		}
	}
	t.Logf("%d kills at random moments", n)
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

// claimsIn returns the number of claims in the store at a URL.
func claimsIn(t *testing.T, url string) int {
	t.Helper()
	st, err := open.Open(t.Context(), url, open.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Close() }() // only read from
	return storedClaims(t, st)
}

func storedClaims(t *testing.T, st store.Store) int {
	t.Helper()
	stats, err := st.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return stats.Nodes[kg.KindClaim]
}

// startAndKill starts a command, waits until ready returns true, and kills the command after a delay. It reports
// whether the command was killed; a command that ends before that must have succeeded.
func startAndKill(t *testing.T, c *exec.Cmd, ready func() bool, delay time.Duration) bool {
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
			if err != nil {
				t.Fatalf("the command failed before it was killed: %v: %s", err, output.String())
			}
			return false
		case <-time.After(5 * time.Millisecond):
		}
	}
	time.Sleep(delay)
	_ = c.Process.Kill() // it may have ended
	err := <-done
	if c.ProcessState.Exited() && err != nil {
		t.Fatalf("the command failed before it was killed: %v: %s", err, output.String())
	}
	return !c.ProcessState.Exited()
}
