package aggregate

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cespare/xxhash/v2"
	"github.com/google/go-cmp/cmp"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/projection/snapshot"
	"casus/internal/store"
	"casus/internal/store/flight"
	"casus/internal/store/memory"
	"casus/internal/store/storetest"
)

// buildRecorder counts the reads of all events, and of the moments of all claims.
type buildRecorder struct {
	*memory.Store
	builds, claims int
}

func (r *buildRecorder) ClaimMoments(
	ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, yield func(event kg.ID, knownFrom edtf.Instant) error,
) error {
	if subjects == nil {
		r.claims++
	}
	return r.Store.ClaimMoments(ctx, mode, subjects, yield)
}

func (r *buildRecorder) EventRows(ctx context.Context, subjects []kg.ID, to store.EventRowSink) error {
	if subjects == nil {
		r.builds++
	}
	return r.Store.EventRows(ctx, subjects, to)
}

// answers are counts and a page of an index, in the latest view and as of a moment.
type answers struct {
	Buckets []store.Bucket
	Facets  []store.Facet
	Extent  store.Extent
	Page    store.Page[kg.ID]
	Known   []store.KnowledgeBucket
}

// run is one run of a program on a store with a snapshot.
func run(t *testing.T, s *buildRecorder, path string, moments ...*edtf.Instant) (all []answers, log string) {
	t.Helper()
	var logged bytes.Buffer
	reads := flight.New()
	defer reads.Close()
	c := New(s, reads, Options{Snapshot: path, Log: slog.New(slog.NewTextHandler(&logged, nil))})
	if err := c.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, m := range append(moments, nil) {
		var a answers
		var err error
		v, unsupported := kg.View{KnownAt: m}, errUnsupported
		buckets := store.BucketQuery{View: v, Interval: edtf.IntervalYear, SplitBy: store.SplitByStatus, Sums: sums.Killed}
		if a.Buckets, _, err = c.Buckets(t.Context(), buckets); err != nil {
			t.Fatal(err)
		}
		if a.Facets, err = c.Facets(t.Context(),
			store.FacetQuery{View: v, Fields: store.FacetFields.Values(), Top: 50, Sums: sums.Figures},
			func(*store.EventFilter) ([]store.Facet, error) { return nil, unsupported }); err != nil {
			t.Fatal(err)
		}
		if a.Extent, err = c.Extent(t.Context(), store.ExtentQuery{View: v},
			func(*store.EventFilter) (store.Extent, error) { return store.Extent{}, unsupported }); err != nil {
			t.Fatal(err)
		}
		known := store.KnowledgeQuery{View: v, Interval: edtf.IntervalYear, Sparse: true}
		if a.Known, err = c.Knowledge(t.Context(), known,
			func(*store.EventFilter) ([]store.KnowledgeBucket, error) { return nil, errUnsupported }); err != nil {
			t.Fatal(err)
		}
		a.Page, _, _ = c.Page(t.Context(), store.EventQuery{Window: store.Window{Limit: 500}})
		all = append(all, a)
	}
	if err := c.Save(t.Context()); err != nil {
		t.Fatal(err)
	}
	return all, logged.String()
}

var errUnsupported = kg.Errorf(kg.Internal, "the index does not answer")

// TestSnapshot runs a program several times on one store: it answers alike, and reads all events only if the snapshot
// cannot be used.
func TestSnapshot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s-projection")
	batches, decisions := storetest.GeneratedBatches(2, false)
	batches = append(batches, decisions)
	s := &buildRecorder{Store: memory.New()}
	apply := func(to *memory.Store, batches ...kg.Batch) {
		t.Helper()
		for _, b := range batches {
			if _, err := to.Apply(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}
	}
	half := len(batches) / 2
	apply(s.Store, batches[:half]...)
	moments := []*edtf.Instant{&batches[2].RecordedAt, &batches[half-1].RecordedAt}
	rewrite := func(change func([]byte) []byte) func() {
		return func() {
			content, err := os.ReadFile(path)
			if err == nil {
				err = os.WriteFile(path, change(content), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, step := range []struct {
		name   string
		before func()
		builds int
		logged bool
	}{
		{"no snapshot", func() {}, 1, false},
		{"nothing written", func() {}, 0, false},
		{"one batch", func() { apply(s.Store, batches[half]) }, 0, false},
		{"cut", rewrite(func(b []byte) []byte { return b[:len(b)-100] }), 1, true},
		{"flipped", rewrite(func(b []byte) []byte { b[len(b)/2] ^= 4; return b }), 1, true},
		{"of an older version", func() {
			header := snapshot.Header{Kind: "aggregate index 0", Revision: 1}
			if err := snapshot.Save(t.Context(), path, header, func(*snapshot.Encoder) {}); err != nil {
				t.Fatal(err)
			}
		}, 1, true},
		{"repaired", func() {}, 0, false},
		{"of another store", func() {
			other := &buildRecorder{Store: memory.New()}
			apply(other.Store, batches[:half]...)
			run(t, other, path)
		}, 1, false},
		{"more batches than the change log has", func() {
			for n := range store.ChangeLogLength + 1 {
				apply(s.Store, kg.Batch{RecordedAt: batches[0].RecordedAt, Claims: []kg.Claim{{
					ID: kg.ID(fmt.Sprint("claim:more", n)), Subject: "event:more", Stance: kg.StanceAsserts,
					Aspect: kg.AspectOccurrence, AssertedAt: mustParse(t, "2025-01-01"),
				}}})
			}
		}, 1, false},
		{"all others", func() { apply(s.Store, batches[half+1:]...) }, 0, false},
	} {
		step.before()
		s.builds, s.claims = 0, 0
		got, logged := run(t, s, path, moments...)
		if (s.builds != step.builds || s.claims != step.builds) && step.name != "all others" {
			t.Errorf("%s: all events were read %d times, all claims %d times, want %d", step.name, s.builds, s.claims,
				step.builds)
		}
		if (logged != "") != step.logged {
			t.Errorf("%s: logged %q", step.name, logged)
		}
		want, _ := run(t, &buildRecorder{Store: s.Store}, "", moments...)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-built +restored):\n%s", step.name, diff)
		}
		if len(got[0].Buckets) < 2 || len(got[2].Page.Items) < 10 || len(got[2].Known) == 0 {
			t.Errorf("%s: %d buckets and %d events", step.name, len(got[0].Buckets), len(got[2].Page.Items))
		}
	}
}

func mustParse(t *testing.T, text string) edtf.Time {
	t.Helper()
	at, err := edtf.ParseTime(text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// FuzzSnapshot restores any bytes under a right checksum. A table that is restored can be used and written again.
func FuzzSnapshot(f *testing.F) {
	path := filepath.Join(f.TempDir(), "s-projection")
	s := memory.New()
	batches, _ := storetest.GeneratedBatches(2, false)
	for _, b := range batches[:2] {
		if _, err := s.Apply(f.Context(), b); err != nil {
			f.Fatal(err)
		}
	}
	reads := flight.New()
	defer reads.Close()
	c := New(s, reads, Options{Snapshot: path})
	if err := c.Load(f.Context()); err != nil {
		f.Fatal(err)
	}
	if err := c.Save(f.Context()); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole[:len(whole)-8])
	f.Add(whole[:len(whole)/3])
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "s-projection")
		summed := binary.BigEndian.AppendUint64(slices.Clone(content), xxhash.Sum64(content))
		if err := os.WriteFile(path, summed, 0o600); err != nil {
			t.Fatal(err)
		}
		var restored *table
		if _, err := snapshot.Load(path, snapshotKind, func(d *snapshot.Decoder) { restored = decodeTable(d) }); err != nil {
			return
		}
		moment := edtf.Instant(0)
		for _, m := range []*edtf.Instant{nil, &moment} {
			for _, field := range store.FacetFields.Values() {
				if !hasList(field) || restored.lists[field] != nil {
					q := store.FacetQuery{View: kg.View{KnownAt: m}, Top: 5, Sums: sums.Figures}
					if _, err := restored.countFacet(t.Context(), field, restored.selectMatching(m, nil), q); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		if restored.claims != nil {
			known := store.KnowledgeQuery{Interval: edtf.IntervalYear, Sparse: true}
			_, _ = restored.countKnowledge(known, restored.selectMatching(nil, nil)) // there may be too many buckets
		}
		if err := snapshot.Save(t.Context(), path, snapshot.Header{Kind: snapshotKind}, restored.encode); err != nil {
			t.Fatal(err)
		}
	})
}
