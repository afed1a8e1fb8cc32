package main

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus/internal/bench"
	"casus/internal/store/neo4jtest"
)

// TestKilledLoads kills the command at random moments, as kill -9 does, and starts it again, until a load comes to its end: the
// graph is that of a load that was never killed, and the load went on rather than began again.
func TestKilledLoads(t *testing.T) {
	dir := t.TempDir()
	table := filepath.Join(dir, "generated.csv")
	var rows bytes.Buffer
	if err := bench.Write(&rows, bench.Shape{Events: 3_000, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(table, rows.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	mapping := filepath.Join(dir, "generated.yaml")
	if err := os.WriteFile(mapping, bench.MappingFile(), 0o600); err != nil {
		t.Fatal(err)
	}
	casus := func(store string, args ...string) *exec.Cmd {
		c := exec.Command("casus", args...)
		c.Env = append(os.Environ(), envStore+"="+store)
		return c
	}
	digest := func(store string) string {
		out, err := casus(store, "stats", "--digest").Output()
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

	for name, store := range map[string]func(t *testing.T, round int) string{
		"sqlite": func(_ *testing.T, round int) string {
			return "sqlite:" + filepath.Join(dir, fmt.Sprintf("killed%d.db", round))
		},
		"neo4j": func(t *testing.T, _ int) string { return neo4jtest.New(t) },
	} {
		t.Run(name, func(t *testing.T) {
			// A round may end without having resumed: where none of its kills came between the first stretch and the last.
			for round := range 5 {
				wentOn := false
				t.Run(fmt.Sprint("round ", round+1), func(t *testing.T) {
					url := store(t, round)
					kills, resumed := killed(t, func() *exec.Cmd { return casus(url, load...) })
					t.Logf("killed %d times; resumed at last: %t", kills, resumed)
					if got := digest(url); got != want {
						t.Errorf("after %d kills the digest is %s; want %s", kills, got, want)
					}
					wentOn = kills > 0 && resumed
				})
				if wentOn || t.Failed() {
					return
				}
			}
			t.Error("in no round a load went on that was killed")
		})
	}
}

// killed starts a command again and again, and kills it, until it comes to its end.
func killed(t *testing.T, command func() *exec.Cmd) (kills int, resumed bool) {
	t.Helper()
	for {
		c := command()
		var out, said bytes.Buffer
		c.Stdout, c.Stderr = &out, &said
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- c.Wait() }()
		// Ever later, so that on any machine some come early, some late, and one not at all; by small steps, so that
		// one comes between the first stretch and the last.
		wait := time.Duration(150e6 * math.Pow(1.35, float64(kills)))
		wait += time.Duration(rand.Int64N(int64(wait)))
		select {
		case err := <-done:
			if err != nil {
				t.Fatalf("after %d kills: %v: %s%s", kills, err, out.String(), said.String())
			}
			return kills, strings.Contains(out.String(), `"resumed": true`)
		case <-time.After(wait):
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			<-done
			kills++
		}
	}
}
