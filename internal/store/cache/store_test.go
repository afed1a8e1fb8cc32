package cache_test

import (
	"context"
	"sync/atomic"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/store/codec"
	"casus/internal/store/memory"
	"casus/internal/store/storetest"
)

// prefetchingStore is a store in memory that prefetches as Neo4j does. It counts the lists of events that are not
// selected by id.
type prefetchingStore struct {
	*memory.Store
	lists *atomic.Int64
}

func newStore(testing.TB) store.Store { return prefetchingStore{memory.New(), new(atomic.Int64)} }

func (s prefetchingStore) Properties() store.Properties {
	p := s.Store.Properties()
	p.Prefetches = true
	return p
}

func (s prefetchingStore) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	if q.Filter == nil || q.Filter.IDs == nil {
		s.lists.Add(1)
	}
	revision, err := s.Revision(ctx)
	if err != nil {
		return nil, err
	}
	pages, err := s.Store.Events(ctx, q)
	if err != nil || q.Prefetch == (store.Prefetch{}) || q.View != (kg.View{}) {
		return pages, err
	}
	for i := range pages {
		if pages[i].Revision = revision; len(pages[i].Items) == 0 {
			pages[i].Revision = 0
		}
		for _, e := range pages[i].Items {
			p := &store.Prefetched{Requested: q.Prefetch}
			edges, err := s.EventEdges(ctx, q.View, q.Prefetch.Edges, []kg.ID{e.ID})
			if err != nil {
				return nil, err
			}
			p.Edges = edges[0]
			if q.Prefetch.Neighbors {
				if p.Records, err = s.neighborRecords(ctx, p.Edges); err != nil {
					return nil, err
				}
			}
			if q.Prefetch.Claims {
				about, err := s.Claims(ctx, store.ClaimQuery{Total: true,
					Scope: &store.Scope{Relation: store.SubjectClaims, IDs: []kg.ID{e.ID}}})
				if err != nil {
					return nil, err
				}
				p.Claims = *about[0].Total
			}
			pages[i].Prefetched = append(pages[i].Prefetched, p)
		}
	}
	return pages, nil
}

// neighborRecords returns the encoded nodes to which edges lead.
func (s prefetchingStore) neighborRecords(ctx context.Context, edges kg.EventEdges) (records []string, err error) {
	var ids []kg.ID
	for _, e := range edges.Participations {
		ids = append(ids, e.Actor)
	}
	for _, e := range edges.Locations {
		ids = append(ids, e.Location)
	}
	nodes, err := s.Nodes(ctx, kg.View{}, ids)
	if err != nil {
		return nil, err
	}
	for _, n := range nodes {
		record, err := codec.Encode(n)
		if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
	return records, nil
}

func harness() storetest.Harness {
	return storetest.Harness{New: newStore, Oracle: oracle}.Decorated("memory with caches",
		func(s store.Store) store.Store { return cache.Decorate(s, cache.Options{}) })
}

// applyGenerated writes a generated graph and returns its batches.
func applyGenerated(t *testing.T, s store.Store) []kg.Batch {
	t.Helper()
	batches, _ := storetest.GeneratedBatches(4, false)
	for _, b := range batches {
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	return batches
}

func oracle(testing.TB) store.Store { return memory.New() }

func TestConformance(t *testing.T) {
	storetest.RunFilters(t, harness())
	storetest.RunReads(t, harness())
	storetest.RunOverviews(t, harness())
	storetest.RunRefreshes(t, harness())
}

func TestDifferential(t *testing.T) {
	t.Parallel()
	storetest.Differential(t, harness(), oracle, 2)
}
