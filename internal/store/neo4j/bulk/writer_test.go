package bulk_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/internal/store/neo4j/bulk"
	"casus/internal/store/storetest"
)

// TestAnswers applies the same batches to a writer and a store, and compares their answers to the queries of a load.
func TestAnswers(t *testing.T) {
	w, _ := newWriter(t)
	want := memory.New()
	batches, _ := storetest.GeneratedBatches(5, true)
	batches = append(batches, batches...)
	batches = append(batches, spanBatches(t)...)
	batches = append(batches, contradiction(batches), kg.Batch{Claims: []kg.Claim{{ID: "claim:alone"}}})
	batches = append(batches, kg.Batch{Documents: []kg.Document{
		{ID: "document:lost", Publisher: "actor:unknown", Titles: []kg.Name{{Value: "Lost"}}},
	}})
	ids := []kg.ID{"actor:unknown", "document:lost", "event:unknown", "claim:alone"}
	for i, b := range batches {
		a, errA := w.Apply(t.Context(), b)
		m, errM := want.Apply(t.Context(), b)
		if kg.CodeOf(errA) != kg.CodeOf(errM) || !reflect.DeepEqual(counts(a), counts(m)) {
			t.Fatalf("batch %d: %+v, %v\nwant %+v, %v", i, a, errA, m, errM)
		}
		for _, d := range b.Documents {
			ids = append(ids, d.ID)
		}
		for _, c := range b.Claims {
			ids = append(ids, c.ID, c.Subject)
		}
	}
	got, err := w.Nodes(t.Context(), kg.View{}, ids)
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		nodes, err := want.Nodes(t.Context(), kg.View{}, ids[i:i+1])
		if err != nil {
			t.Fatal(err)
		}
		if (nodes[0] == nil) != (got[i] == nil) && id.Kind() != kg.KindAffiliation { // an affiliation may lack support
			t.Errorf("%s: %v, want %v", id, got[i], nodes[0])
		}
		if d, ok := nodes[0].(kg.Document); ok && !reflect.DeepEqual(got[i], d) {
			t.Errorf("%+v\nwant %+v", got[i], d)
		}
	}
	releases, err := w.Scan(t.Context(), kg.KindRelease, "", 1000)
	stored, _ := want.Scan(t.Context(), kg.KindRelease, "", 1000)
	if err != nil || len(stored.Releases) == 0 || !reflect.DeepEqual(releases.Releases, stored.Releases) {
		t.Errorf("%+v, %v, want %+v", releases.Releases, err, stored.Releases)
	}
}

// contradiction returns a claim of the batches with different content.
func contradiction(batches []kg.Batch) kg.Batch {
	for _, b := range batches {
		if len(b.Claims) > 0 {
			c := b.Claims[0]
			c.Note += " and more"
			return kg.Batch{Claims: []kg.Claim{c}}
		}
	}
	return kg.Batch{}
}

type outcome struct {
	added, changed, unchanged map[kg.NodeKind]int
	fresh, rejected           int
}

// counts leaves out events, which the writer counts when it has them all.
func counts(a kg.ApplyResult) outcome {
	delete(a.Added, kg.KindEvent)
	for _, r := range a.Conflicts {
		if r.Stored.Digest() == r.Given.Digest() {
			return outcome{rejected: -1}
		}
	}
	return outcome{a.Added, a.Changed, a.Unchanged, len(a.Written), len(a.Conflicts)}
}

func TestNoncharacter(t *testing.T) {
	w, _ := newWriter(t)
	b := kg.Batch{Actors: []kg.Actor{{ID: "actor:a", Kind: kg.ActorState, Names: []kg.Name{{Value: "a\uFDD0b"}}}}}
	if _, err := w.Apply(t.Context(), b); kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), "actor:a") {
		t.Errorf("%v", err)
	}
	if nodes, err := w.Nodes(t.Context(), kg.View{}, []kg.ID{"actor:a"}); err != nil || nodes[0] != nil {
		t.Errorf("the actor exists: %v, %v", nodes, err)
	}
}

func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	w, err := bulk.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bulk.New(dir); kg.CodeOf(err) != kg.Conflict {
		t.Errorf("a second load into the folder: %v", err)
	}
	batches, _ := storetest.GeneratedBatches(1, false)
	apply(t, w, batches...)
	r := finish(t, w)
	if _, err := w.Apply(t.Context(), kg.Batch{}); err == nil {
		t.Error("a batch was accepted after Finish")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{r.Script, filepath.Join(dir, "node-event-eventstate-header.csv")} {
		if _, err := os.Stat(file); err != nil {
			t.Error(err)
		}
	}
	mine := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(mine, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := bulk.Clear(dir); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 || left[0].Name() != "notes.txt" {
		t.Errorf("left: %v", left)
	}
}

// TestFinishStopsAtFailedWrite has a file that cannot be created: the remaining parts are not written.
func TestFinishStopsAtFailedWrite(t *testing.T) {
	w, dir := newWriter(t)
	var b kg.Batch
	for i := range 2000 {
		b.Actors = append(b.Actors, kg.Actor{
			ID: kg.ID(fmt.Sprint("actor:", i)), Kind: kg.ActorState, Names: []kg.Name{{Value: strings.Repeat("a", 100)}},
		})
	}
	apply(t, w, b)
	for _, file := range []string{"node-actor-1.csv", "node-actor-2.csv"} {
		if err := os.Mkdir(filepath.Join(dir, file), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	finished := 0
	_, err := w.Finish(t.Context(), func(done, total int) {
		if done == total {
			finished++
		}
	})
	if err == nil || finished > 0 {
		t.Errorf("all parts were written: %v", err)
	}
}
