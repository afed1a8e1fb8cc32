package loader

import (
	"fmt"
	"strings"
	"testing"

	"casus/internal/record"
	"casus/loader/entry"
)

// Deferred rows come back as they were read, in their order, also when they are too many for the memory.
func TestDeferredRows(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	d := newDeferredRows()
	show := func(s entry.Source) string {
		records, fault := s.Records()
		return fmt.Sprint(s.Part, s.Earlier, s.Number, records, fault)
	}
	var want []string
	for i := range 3000 {
		part := entry.Part{File: "f", Line: i, Text: strings.Repeat("x", i%500)}
		row := &entry.Row{Source: entry.Single(part, entry.Raw{Raw: record.Raw{Type: "actor", JSON: []byte(`{"id":1}`)}})}
		if row.Number = i + 1; i%3 == 0 {
			row.Earlier = []entry.Part{{File: "e", Line: i, Text: "earlier"}}
			row.Records = func() ([]entry.Raw, *record.Reject) {
				fields := map[string]any{"names": []any{"A"}}
				return []entry.Raw{{Raw: record.Raw{Type: "event", Fields: fields}, Place: "records[0]", Pointer: "/0"}}, nil
			}
		}
		want = append(want, show(row.Source))
		if err := d.add(row); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for got, err := range d.rows() {
		if err != nil || show(got) != want[n] {
			t.Fatalf("row %d: %s, %v; want %s", n, show(got), err, want[n])
		}
		n++
	}
	if n != 3000 || d.count != 3000 || len(d.numbers) != maxDeferredRows+1 {
		t.Errorf("%d rows, %d counted, %d numbers", n, d.count, len(d.numbers))
	}
	if err := d.close(); err != nil {
		t.Error(err)
	}
}
