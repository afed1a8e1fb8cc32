package bulk_test

import (
	"bytes"
	"io"
	"testing"

	"casus/internal/export"
	"casus/internal/kg"
	"casus/internal/store/memory"
	neo4jtest "casus/internal/testkit/neo4j"
	"casus/loader"
	"casus/loader/sample"
)

// TestExported moves a graph from another store: an export of it is loaded in bulk and imported. Merged nodes, reviews
// and corrections are the same.
func TestExported(t *testing.T) {
	neo4jtest.Require(t)
	from := memory.New()
	inputs := loader.FS(sample.Files(), sample.Names())
	report, err := loader.Load(t.Context(), from, inputs, loader.Options{KeepText: true})
	if err != nil || report.Rejected > 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	claims, err := from.Scan(t.Context(), kg.KindClaim, "", 10)
	if err != nil {
		t.Fatal(err)
	}
	actors, err := from.Scan(t.Context(), kg.KindActor, "", 2)
	if err != nil {
		t.Fatal(err)
	}
	apply(t, from, kg.Batch{
		Identities: []kg.IdentityDecision{
			{ID: "identity:1", A: actors.Actors[0].ID, B: actors.Actors[1].ID, Same: true, DecidedBy: "a test", DecidedAt: 1e12},
		},
		Corrections: []kg.Correction{
			{ID: "correction:claim", Claim: claims.Claims[0].ID, By: "a test", At: 1e12},
			{ID: "correction:field", Node: actors.Actors[0].ID, Field: "country", Value: `"NL"`, By: "a test", At: 1e12},
		},
		Reviews: []kg.Review{
			{ID: "review:1", Claims: []kg.ID{claims.Claims[1].ID}, Verdict: kg.CodingMachine, By: "a test", At: 1e12},
		},
	})
	format, err := export.Find("casus")
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if _, err := format.Write(t.Context(), from, export.Request{}, &file); err != nil {
		t.Fatal(err)
	}
	w, dir := newWriter(t)
	input := loader.Input{Name: "graph.jsonl", ReadOnce: true, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(&file), nil
	}}
	report, err = loader.Load(t.Context(), w, []loader.Input{input}, loader.Options{Restore: true})
	if err != nil || report.Rejected > 0 || report.Applied == 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	finish(t, w)
	got := open(t, neo4jtest.Import(t, dir))
	wantDigest(t, from, got)
	checkGraph(t, got)
}
