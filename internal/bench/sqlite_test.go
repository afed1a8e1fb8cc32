package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"testing"
	"time"

	"casus/internal/digest"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/sqlite"
	"casus/internal/testkit/generate"
	"casus/loader"
)

// recorder records the batches of a load.
type recorder struct{ batches []kg.Batch }

func (r *recorder) Apply(_ context.Context, b kg.Batch) (kg.ApplyResult, error) {
	r.batches = append(r.batches, b)
	return kg.ApplyResult{}, nil
}
func (*recorder) Properties() store.Properties                       { return store.Properties{ConcurrentWrites: 1} }
func (*recorder) Checkpoint(context.Context, string) (string, error) { return "", nil }
func (*recorder) Checkpoints(context.Context, string, string, int) ([]kg.Checkpoint, error) {
	return nil, nil
}
func (*recorder) Curations(_ context.Context, claims []kg.ID) ([]kg.Curation, error) {
	return make([]kg.Curation, len(claims)), nil
}
func (*recorder) Nodes(_ context.Context, _ kg.View, ids []kg.ID) ([]kg.Node, error) {
	return make([]kg.Node, len(ids)), nil
}
func (*recorder) Scan(context.Context, kg.NodeKind, kg.ID, int) (store.ScanPage, error) {
	return store.ScanPage{}, nil
}

func batches(tb testing.TB, events int) []kg.Batch {
	tb.Helper()
	var table bytes.Buffer
	if err := generate.Write(&table, generate.Shape{Events: events, Seed: 1}); err != nil {
		tb.Fatal(err)
	}
	m, err := generate.Mapping()
	if err != nil {
		tb.Fatal(err)
	}
	in := loader.Input{Name: "generated.csv", Open: func() (io.ReadCloser,
		error) {
		return io.NopCloser(bytes.NewReader(table.Bytes())), nil
	}}
	var r recorder
	if _, err := loader.LoadRows(context.Background(), &r, m, []loader.Input{in}, loader.Options{}); err != nil {
		tb.Fatal(err)
	}
	return r.batches
}

// applyAll applies batches to the store at a path and returns the time it took.
func applyAll(tb testing.TB, path string, batches []kg.Batch) time.Duration {
	tb.Helper()
	ctx := context.Background()
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		tb.Fatal(err)
	}
	began := time.Now()
	for _, b := range batches {
		if _, err := s.Apply(ctx, b); err != nil {
			tb.Fatal(err)
		}
	}
	took := time.Since(began)
	if err := s.Close(); err != nil {
		tb.Fatal(err)
	}
	return took
}

// TestBareInsert checks that the copy has the rows of its original and that search finds the same.
func TestBareInsert(t *testing.T) {
	dir := t.TempDir()
	loaded, bare := filepath.Join(dir, "loaded.db"), filepath.Join(dir, "bare.db")
	applyAll(t, loaded, batches(t, 200))
	later := filepath.Join(dir, "later.db")
	for path, late := range map[string]bool{bare: false, later: true} {
		if _, err := BareInsert(t.Context(), loaded, path, late); err != nil {
			t.Fatal(err)
		}
	}
	var got [3]string
	for i, path := range []string{loaded, bare, later} {
		s, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }() // nothing is written
		if got[i], err = digest.Compute(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		found, err := s.Search(t.Context(), store.SearchQuery{Text: "assault", Window: store.Window{Limit: 1}, Total: true})
		if err != nil {
			t.Fatal(err)
		}
		got[i] += fmt.Sprint(" found ", *found.Total)
	}
	if got[0] != got[1] || got[0] != got[2] {
		t.Errorf("copied %s, want %s", got[1:], got[0])
	}
}

// BenchmarkApply compares Apply with a bare insert of the same rows: go -C internal/bench test -bench Apply -benchtime
// 1x .
func BenchmarkApply(b *testing.B) {
	for _, events := range []int{5_000, 20_000} {
		given := batches(b, events)
		b.Run(fmt.Sprint(events), func(b *testing.B) {
			var first, again, bare time.Duration
			for range b.N {
				dir := b.TempDir()
				loaded := filepath.Join(dir, "loaded.db")
				first += applyAll(b, loaded, given)
				again += applyAll(b, loaded, given)
				took, err := BareInsert(context.Background(), loaded, filepath.Join(dir, "bare.db"), false)
				if err != nil {
					b.Fatal(err)
				}
				bare += took
			}
			n := float64(b.N)
			b.ReportMetric(first.Seconds()/n, "s/load")
			b.ReportMetric(again.Seconds()/n, "s/reload")
			b.ReportMetric(bare.Seconds()/n, "s/bare")
			b.ReportMetric(first.Seconds()/bare.Seconds(), "load/bare")
		})
	}
}

func (*recorder) ClaimsAbout(context.Context, []kg.ID) ([]kg.Claim, error) { return nil, nil }

func (*recorder) Claims(context.Context, store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	return nil, nil
}
