package bulk_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"casus/internal/check"
	"casus/internal/digest"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/neo4j"
	"casus/internal/store/neo4j/bulk"
	"casus/internal/store/neo4j/rows"
	"casus/internal/store/storetest"
	neo4jtest "casus/internal/testkit/neo4j"
	"casus/internal/testkit/seeds"
	"casus/loader"
	"casus/loader/sample"
)

func newWriter(t *testing.T) (*bulk.Writer, string) {
	t.Helper()
	dir := t.TempDir()
	w, err := bulk.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() }) // the folder is deleted with the test
	return w, dir
}

func open(t *testing.T, uri string) store.Store {
	t.Helper()
	s, err := neo4j.Open(t.Context(), neo4j.Options{URL: uri})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // the server ends with the test
	return s
}

func finish(t *testing.T, w *bulk.Writer) bulk.Result {
	t.Helper()
	r, err := w.Finish(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// checkGraph runs the checks of casus check on an imported graph.
func checkGraph(t *testing.T, got store.Store) {
	t.Helper()
	report, err := check.Run(t.Context(), got, check.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range report.Breaks {
		t.Errorf("%+v", b)
	}
}

// wantDigest compares the digests of two stores.
func wantDigest(t *testing.T, want, got store.Scanner) {
	t.Helper()
	var digests [2]string
	for i, s := range []store.Scanner{want, got} {
		var err error
		if digests[i], err = digest.Compute(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	if digests[0] != digests[1] {
		t.Errorf("digest %s, want %s", digests[1], digests[0])
	}
}

func apply(t *testing.T, to store.Writer, batches ...kg.Batch) {
	t.Helper()
	for _, b := range batches {
		if _, err := to.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
}

// TestImport imports awkward texts, spans and a checkpoint.
func TestImport(t *testing.T) {
	neo4jtest.Require(t)
	_, got := importBatches(t, specialBatches(t))
	wantCheckpoint(t, got)
}

// importBatches returns the oracle's store and an import of the same batches, which have the same digest.
func importBatches(t *testing.T, batches []kg.Batch) (want *memory.Store, got store.Store) {
	t.Helper()
	want = memory.New()
	w, dir := newWriter(t)
	apply(t, w, batches...)
	apply(t, want, batches...)
	finish(t, w)
	got = open(t, neo4jtest.Import(t, dir))
	wantDigest(t, want, got)
	return want, got
}

// TestGenerated imports generated graphs with all kinds of data, and merges nodes of the imported graph.
func TestGenerated(t *testing.T) {
	seeds.SkipUnselected(t)
	for _, c := range []struct {
		name           string
		seed           uint64
		large, decided bool
	}{{"small", 1, false, false}, {"another", 2, false, true}, {"large", 3, true, true}} {
		t.Run(c.name, func(t *testing.T) {
			neo4jtest.Require(t)
			batches, decisions := storetest.GeneratedBatches(c.seed, c.large)
			batches = append(batches, specialBatches(t)...)
			if c.decided { // later batches are about the merged nodes
				batches = slices.Insert(batches, len(batches)-3, decisions)
			}
			batches = append(batches, batches[0])
			want, got := importBatches(t, batches)
			checkGraph(t, got)
			apply(t, got, decisions)
			apply(t, want, decisions)
			wantDigest(t, want, got)
			wantCheckpoint(t, got)
		})
	}
}

// specialBatches returns batches with awkward texts, a document longer than the import tool's buffer, updated spans and
// a checkpoint.
func specialBatches(t *testing.T) []kg.Batch {
	t.Helper()
	long := awkwardBatch()
	long.Documents[0].Text = strings.Repeat("a \"word\", ", 1<<19)
	return append(append([]kg.Batch{long}, spanBatches(t)...), kg.Batch{Checkpoint: &checkpoint})
}

var checkpoint = kg.Checkpoint{Key: "load", Value: "over \"there\""}

func wantCheckpoint(t *testing.T, got store.Store) {
	t.Helper()
	if value, err := got.Checkpoint(t.Context(), checkpoint.Key); err != nil || value != checkpoint.Value {
		t.Errorf("the checkpoint is %q, %v", value, err)
	}
}

// spanBatches stores two claims with unverified spans, then verifies the span of one.
func spanBatches(t *testing.T) []kg.Batch {
	t.Helper()
	when, err := edtf.ParseTime("2025-03-01")
	if err != nil {
		t.Fatal(err)
	}
	claim := func(id kg.ID, s kg.Span) kg.Batch {
		return kg.Batch{Claims: []kg.Claim{{
			ID: id, Subject: "event:words", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, AssertedAt: when,
			Spans: []kg.Span{s},
			Says:  kg.Statement{Titles: []kg.Name{{Value: "Words"}}},
		}}}
	}
	unchecked := kg.Span{Exact: "met", State: kg.SpanUnverifiable}
	verified := kg.Span{Start: 1, End: 4, Exact: "met", State: kg.SpanVerified}
	return []kg.Batch{claim("claim:words", unchecked), claim("claim:others", unchecked), claim("claim:words", verified)}
}

// TestDecisions checks that decisions are written as nodes if they merge nothing, and else as pending decisions.
func TestDecisions(t *testing.T) {
	decision := func(id kg.ID, same bool) kg.Batch {
		d := kg.IdentityDecision{ID: id, A: "actor:a", B: "actor:b", Same: same, DecidedBy: "a test"}
		return kg.Batch{Identities: []kg.IdentityDecision{d}}
	}
	for _, c := range []struct {
		same bool
		want map[string]int64
	}{
		{false, map[string]int64{"IdentityDecision": 2}},
		{true, map[string]int64{rows.PendingDecision: 2}},
	} {
		w, _ := newWriter(t)
		apply(t, w, kg.Batch{Actors: []kg.Actor{
			{ID: "actor:a", Kind: kg.ActorPerson, Names: []kg.Name{{Value: "A"}}},
			{ID: "actor:b", Kind: kg.ActorPerson, Names: []kg.Name{{Value: "B"}}},
		}}, decision("identity:1", false), decision("identity:2", c.same))
		got := finish(t, w).Nodes
		for _, label := range []string{"IdentityDecision", rows.PendingDecision} {
			if got[label] != c.want[label] {
				t.Errorf("same: %t: %d nodes %s, want %d", c.same, got[label], label, c.want[label])
			}
		}
	}
}

// TestSample loads the bundled example as `casus bulk` does.
func TestSample(t *testing.T) {
	seeds.SkipUnselected(t)
	neo4jtest.Require(t)
	w, dir := newWriter(t)
	want := memory.New()
	for _, st := range []loader.Store{w, want} {
		report, err := loader.Load(t.Context(), st, loader.FS(sample.Files(), sample.Names()), loader.Options{KeepText: true})
		if err != nil || report.Rejected > 0 || report.Applied == 0 {
			t.Fatalf("%+v, %v", report, err)
		}
	}
	r := finish(t, w)
	got := open(t, neo4jtest.Import(t, dir))
	wantDigest(t, want, got)
	stats, err := got.Stats(context.Background())
	if err != nil || int64(stats.Nodes[kg.KindEvent]) != r.Nodes["Event"] || r.Nodes["Event"] == 0 {
		t.Errorf("%v events were written, %v are counted, %v", r.Nodes["Event"], stats.Nodes, err)
	}
}
