package main

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"casus/internal/store/open"
	"casus/internal/testkit/processor"
	"casus/loader"
)

// TestLoadScale loads inputs that grow: four times as much takes at most six times as much of the processor.
func TestLoadScale(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: it takes seconds")
	}
	for _, c := range []struct {
		name  string
		lines func(n int) []string
		n     int
	}{
		{"names of one record", func(n int) []string {
			names := make([]string, n)
			for i := range names {
				names[i] = fmt.Sprintf(`"Name %d"`, i)
			}
			return []string{`{"type":"actor","id":"actor:a","kind":"PERSON","names":[` + strings.Join(names, ",") + `]}`}
		}, 50_000},
		{"a chain in order", func(n int) []string { return placeChain(n, func(i int) int { return i }) }, 20_000},
		{"a chain in reverse", func(n int) []string { return placeChain(n, func(i int) int { return n - 1 - i }) }, 20_000},
		{"a chain out of order", func(n int) []string {
			return placeChain(n, func(i int) int { return i * 7919 % n })
		}, 20_000},
		{"spans with offsets", func(n int) []string { return quotingEvents(n, true) }, 1_000},
		{"spans without offsets", func(n int) []string { return quotingEvents(n, false) }, 1_000},
	} {
		t.Run(c.name, func(t *testing.T) {
			quarter, whole := loadTime(t, c.lines(c.n/4)), loadTime(t, c.lines(c.n))
			t.Logf("%v for a quarter, %v for all", quarter, whole)
			if whole > 6*quarter+time.Second {
				t.Errorf("%v for a quarter, %v for all", quarter, whole)
			}
		})
	}
}

// loadTime loads lines into a new store and returns the processor time that it took.
func loadTime(t *testing.T, lines []string) time.Duration {
	t.Helper()
	st, err := open.Open(t.Context(), "sqlite:"+t.TempDir()+"/casus.db", open.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Close() }() // the file is deleted
	in := loader.Input{Name: "f", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(strings.Join(lines, "\n"))), nil
	}}
	started := processor.Time(t)
	r, err := loader.Load(t.Context(), st, []loader.Input{in}, loader.Options{})
	if err != nil || r.Rejected > 0 || r.Applied != len(lines) {
		t.Fatalf("%v, %d of %d applied, %v", err, r.Applied, len(lines), r.FirstRejects)
	}
	return processor.Time(t) - started
}

// placeChain returns n places in the order of at. Each except the first lies in the one before.
func placeChain(n int, at func(int) int) []string {
	lines := make([]string, n)
	for i := range n {
		place := at(i)
		within := ""
		if place > 0 {
			within = fmt.Sprintf(`,"within":["location:%d"]`, place-1)
		}
		lines[i] = fmt.Sprintf(`{"type":"location","id":"location:%d","kind":"REGION","names":["P"]%s}`, place, within)
	}
	return lines
}

// quotingEvents returns a document of 10,000 bytes an event, and an event for each of n spans in it, with offsets or
// with words alone.
func quotingEvents(n int, offsets bool) []string {
	var text strings.Builder
	var places []int
	for i := range n {
		places = append(places, text.Len())
		fmt.Fprintf(&text, "word %d is here ", i)
		text.WriteString(strings.Repeat("and so on ", 998))
	}
	lines := []string{
		`{"type":"document","id":"document:d","titles":["D"],"publishedAt":"2025","text":"` + text.String() + `"}`,
	}
	for i, at := range places {
		span := fmt.Sprintf(`{"exact":"word %d is"}`, i)
		if offsets {
			span = fmt.Sprintf(`{"start":%d,"end":%d,"exact":"word"}`, at, at+4)
		}
		lines = append(lines, fmt.Sprintf(
			`{"type":"event","id":"event:%d","titles":["E"],"document":"document:d","claims":[{"spans":[%s]}]}`, i, span))
	}
	return lines
}
