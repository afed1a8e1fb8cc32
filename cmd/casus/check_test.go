package main

import (
	"bytes"
	"testing"
	"time"

	"casus/internal/kg"
)

// Where stderr is not a terminal, a check prints lines, but not more often than the interval.
func TestCheckProgress(t *testing.T) {
	for _, c := range []struct {
		interval time.Duration
		want     string
	}{{0, "checking: 500 actors\nchecking: 1 event\n"}, {time.Hour, ""}} {
		var stderr bytes.Buffer
		show, end := checkProgress(&stderr, c.interval)
		show(kg.KindActor, 500)
		show(kg.KindEvent, 1)
		end()
		if got := stderr.String(); got != c.want {
			t.Errorf("every %v: %q, want %q", c.interval, got, c.want)
		}
	}
}
