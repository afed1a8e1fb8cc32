package neo4jstore

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"casus/internal/kg"
	"casus/internal/store/neo4jtest"
	"casus/internal/store/storetest"
)

// TestPagesFromMemory asks for a page until columns name its events, before a write and after it: it is the page that the engine gives.
func TestPagesFromMemory(t *testing.T) {
	s, err := Open(t.Context(), Options{URL: neo4jtest.NewKeeping(t, "Migration")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }() // what went wrong is told by the questions
	batches, _ := storetest.Generated(4, false)
	plain := kg.EventQuery{Order: kg.EventOrder{Field: kg.EventsByTime, Direction: kg.Desc}, Window: kg.Window{Limit: 7}, Total: true}
	q := plain
	q.Along = kg.Along{Edges: kg.AlongEdges, Ends: true, Claims: true}
	filled := 0
	for n, b := range batches {
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		if n%3 != 2 && n < len(batches)-1 {
			continue
		}
		var named []kg.Page[kg.Event]
		for began := time.Now(); named == nil; {
			if time.Since(began) > time.Minute {
				t.Fatal("a minute after a write columns name no page")
			}
			if _, err := s.Events(t.Context(), q); err != nil {
				t.Fatal(err)
			}
			if named, err = reads(t.Context(), s, q.View, func(b *builder) ([]kg.Page[kg.Event], error) { return b.columnPages(t.Context(), q) }); err != nil {
				t.Fatal(err)
			}
		}
		asked, err := s.Events(t.Context(), plain)
		if err != nil {
			t.Fatal(err)
		}
		for i := range named[0].Items {
			if named[0].Items[i].Along == nil {
				t.Errorf("nothing was read along with %s", named[0].Items[i].ID)
			}
			named[0].Items[i].Along = nil
			filled++
		}
		if diff := cmp.Diff(asked, named); diff != "" {
			t.Errorf("after batch %d (-engine +columns):\n%s", n, diff)
		}
	}
	if filled < 10 {
		t.Errorf("%d events in all pages", filled)
	}
}
