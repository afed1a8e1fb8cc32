package loader_test

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// The records that most tests use.
const (
	ada   = `{"type":"actor","id":"actor:ada","kind":"PERSON","names":["Ada"]}`
	bo    = `{"type":"actor","id":"actor:bo","kind":"PERSON","names":["Bo"]}`
	paper = `{"type":"document","id":"document:paper","titles":["A paper"],"publishedAt":"2025-12-20",` +
		`"text":"Ada met Bo. Bo met Ada.\nБо met Ada."}`
	untexted = `{"type":"document","id":"document:untexted","titles":["Another"],"publishedAt":"2025-12-20"}`
	meeting  = `{"type":"event","id":"event:meeting","titles":["A meeting"],"document":"document:paper",` +
		`"participants":[{"actor":"actor:ada"}]}`
)

// file returns an input with these lines.
func file(name string, lines ...string) loader.Input {
	return loader.Input{Name: name, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(strings.Join(lines, "\n"))), nil
	}}
}

// load loads the lines as one file and checks the report's totals.
func load(t *testing.T, s loader.Store, opt loader.Options, lines ...string) loader.Report {
	t.Helper()
	r, err := loader.Load(t.Context(), s, []loader.Input{file("f", lines...)}, opt)
	if err != nil {
		t.Fatal(err)
	}
	checkTotals(t, r)
	return r
}

// checkTotals fails the test if the report's counts do not add up.
func checkTotals(t *testing.T, r loader.Report) {
	t.Helper()
	if r.Read != r.Applied+r.Unchanged+r.Repeated+r.Merged+r.Rejected {
		t.Errorf("read %d, but %d applied + %d unchanged + %d repeated + %d merged + %d rejected",
			r.Read, r.Applied, r.Unchanged, r.Repeated, r.Merged, r.Rejected)
	}
}

// checkCounts fails the test if the report has other counts, or rows that repeat others.
func checkCounts(t *testing.T, r loader.Report, applied, unchanged, rejected int) {
	t.Helper()
	checkAllCounts(t, r, applied, unchanged, 0, 0, rejected)
}

// checkAllCounts fails the test if the report has other counts.
func checkAllCounts(t *testing.T, r loader.Report, applied, unchanged, repeated, merged, rejected int) {
	t.Helper()
	if r.Repeated != repeated || r.Merged != merged {
		t.Errorf("%d repeated, %d merged; want %d, %d", r.Repeated, r.Merged, repeated, merged)
	}
	if r.Applied != applied || r.Unchanged != unchanged || r.Rejected != rejected {
		t.Errorf(
			"%d applied, %d unchanged, %d rejected; want %d, %d, %d\n%v", r.Applied, r.Unchanged, r.Rejected, applied, unchanged,
			rejected, r.FirstRejects,
		)
	}
}

// graph returns everything stored as text.
func graph(t *testing.T, s *memory.Store) string {
	t.Helper()
	var b strings.Builder
	for _, kind := range kg.NodeKinds.Values() {
		shown, err := json.MarshalIndent(scanAll(t, s, kind), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		b.Write(shown)
	}
	return b.String()
}
