package sqlite_test

import (
	"path/filepath"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/store/sqlite"
)

// TestBucketsStayFresh reads all buckets, which are cached, before and after another store writes to the same file.
func TestBucketsStayFresh(t *testing.T) {
	path := filepath.Join(t.TempDir(), "casus.db")
	var cached, other store.Store = cache.Decorate(open(t, path), cache.Options{}), open(t, path)
	defer func() { _ = cached.Close() }() // the queries report errors
	for n, event := range []kg.ID{"event:a", "event:b", "event:c"} {
		at, err := edtf.ParseTime("2025-03-01")
		if err != nil {
			t.Fatal(err)
		}
		c := kg.Claim{
			ID: "claim:" + event[len("event:"):], Subject: event, Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			AssertedAt: at,
			Says:       kg.Statement{Titles: []kg.Name{{Value: "A strike"}}, Time: &at},
		}
		writer := []store.Store{other, cached, other}[n]
		if _, err := writer.Apply(t.Context(), kg.Batch{Claims: []kg.Claim{c}}); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second call is answered from the cache
			got, err := cached.Buckets(t.Context(), store.BucketQuery{Interval: edtf.IntervalMonth})
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 1 || got[0].Events != n+1 {
				t.Errorf("after %d events: got buckets %+v", n+1, got)
			}
		}
	}
}

// TestSearchesStayFresh searches for a word whose hits are cached, before and after another store writes to the
// same file.
func TestSearchesStayFresh(t *testing.T) {
	path := filepath.Join(t.TempDir(), "casus.db")
	engine, other := open(t, path), open(t, path)
	engine.(*sqlite.Store).AllWordsAreCommon()
	cached := cache.Decorate(engine, cache.Options{})
	defer func() { _ = cached.Close() }() // the queries report errors
	for n, id := range []kg.ID{"actor:a", "actor:b", "actor:c"} {
		writer := []store.Store{other, cached, other}[n]
		a := kg.Actor{ID: id, Kind: kg.ActorOrganization, Names: []kg.Name{{Value: "Harbour office"}}}
		if _, err := writer.Apply(t.Context(), kg.Batch{Actors: []kg.Actor{a}}); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second call is answered from the cache
			got, err := cached.Search(t.Context(), store.SearchQuery{Text: "harbour", Window: store.Window{Limit: 10}})
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Items) != n+1 {
				t.Errorf("after %d actors: found %d", n+1, len(got.Items))
			}
		}
	}
}
