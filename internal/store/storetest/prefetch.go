package storetest

import (
	"fmt"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// testPrefetch lists events with Prefetch. Whatever a store prefetches must equal the result of the query for it
// alone.
func testPrefetch(t *testing.T, s store.Store) {
	for _, prefetch := range []store.Prefetch{
		{Edges: store.PrefetchableEdges, Neighbors: true, Claims: true}, {Edges: kg.WantLocations},
		{Edges: kg.WantParticipations, Neighbors: true}, {Claims: true},
	} {
		for _, q := range []store.EventQuery{
			{}, {View: kg.View{Identity: kg.IdentityExact}},
			{Scope: &store.Scope{Relation: store.ActorTimeline, IDs: []kg.ID{"actor:navy", "actor:group"}}},
		} {
			q.Prefetch, q.Window = prefetch, store.Window{Limit: store.MaxPageSize}
			found := must[[]store.Page[kg.Event]](t)(pages(t.Context(), s.Events, q))
			for _, page := range found {
				for i, p := range page.Prefetched {
					if p != nil {
						checkPrefetched(t, s, q.View, page.Items[i].ID, p)
					}
				}
			}
		}
	}
}

// checkPrefetched compares the data prefetched for an event with the results of separate queries.
func checkPrefetched(t *testing.T, s store.Store, v kg.View, event kg.ID, p *store.Prefetched) {
	t.Helper()
	requested := p.Requested
	if requested.Edges != 0 {
		edges := must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), v, requested.Edges, []kg.ID{event}))
		wantEqual(t, "prefetched edges of "+string(event), edges[0], p.Edges)
		if requested.Neighbors {
			ids := make([]kg.ID, len(p.Neighbors))
			for i, n := range p.Neighbors {
				ids[i] = n.NodeID()
			}
			if len(ids) > 0 {
				wantEqual(t, "prefetched neighbors of "+string(event),
					must[[]kg.Node](t)(s.Nodes(t.Context(), v, ids)), p.Neighbors)
			}
			if want := len(edges[0].Participations) + len(edges[0].Locations); len(p.Neighbors) != want {
				t.Errorf("%d neighbors prefetched for %s, want %d", len(p.Neighbors), event, want)
			}
		}
	}
	if requested.Claims {
		claims := must[[]store.Page[kg.Claim]](t)(s.Claims(t.Context(),
			store.ClaimQuery{View: v, Total: true, Scope: &store.Scope{Relation: store.SubjectClaims, IDs: []kg.ID{event}}}))
		if *claims[0].Total != p.Claims {
			t.Errorf("%d claims prefetched for %s, want %d", p.Claims, event, *claims[0].Total)
		}
	}
}

// testPrefetchRefresh repeats lists of events while another connection writes: cached events must never be stale.
func testPrefetchRefresh(t *testing.T, h Harness) {
	s := h.New(t)
	writer := s
	if h.OpenSecond != nil {
		writer = h.OpenSecond(t, s)
	}
	d := newRandom(5)
	whole := generate(d, smallScale, "").batch
	nodes := whole
	nodes.Claims, nodes.Identities = nil, nil
	batches := []kg.Batch{nodes}
	size := 15
	if h.fewer() {
		size = 60
	}
	for claims := range slices.Chunk(whole.Claims, size) {
		batches = append(batches, kg.Batch{Claims: claims, RecordedAt: whole.RecordedAt})
	}
	named := whole.Actors[0]
	named.Names = append(slices.Clone(named.Names), name("en", "Another Name"))
	batches = append(batches, kg.Batch{Actors: []kg.Actor{named}}, kg.Batch{Identities: whole.Identities})
	for n, b := range batches {
		if _, err := writer.Apply(t.Context(), b); err != nil { // some generated claims are rejected
			t.Fatal(err)
		}
		before := map[string]store.Prefetched{}
		for round := range 4 {
			for _, q := range prefetchQueries(d, whole.Locations) {
				q.Total = round == 1
				// The prefetching query is the first after a write, so it meets the changes before anything else does.
				prefetching := q
				prefetching.Prefetch = store.Prefetch{Edges: store.PrefetchableEdges, Neighbors: true, Claims: round != 2}
				found := must[[]store.Page[kg.Event]](t)(pages(t.Context(), s.Events, prefetching))
				plain := must[[]store.Page[kg.Event]](t)(pages(t.Context(), s.Events, q))
				for _, p := range found {
					for i, f := range p.Prefetched {
						checkOnce(t, s, prefetching, p.Items[i].ID, f, before)
					}
				}
				wantEqual(t, fmt.Sprintf("after batch %d, query %d", n, round), withoutPrefetched(plain), withoutPrefetched(found))
			}
		}
	}
}

// checkOnce checks the data prefetched for an event. For an event and a request that were checked before, it only
// compares the data with the first.
func checkOnce(
	t *testing.T, s store.Store, q store.EventQuery, event kg.ID, p *store.Prefetched, before map[string]store.Prefetched,
) {
	t.Helper()
	if p == nil {
		return
	}
	key := fmt.Sprint(event, p.Requested)
	if first, ok := before[key]; ok {
		wantEqual(t, "prefetched again for "+string(event), first, *p)
		return
	}
	checkPrefetched(t, s, q.View, event, p)
	before[key] = *p
}

func withoutPrefetched(pages []store.Page[kg.Event]) []store.Page[kg.Event] {
	pages = slices.Clone(pages)
	for i := range pages {
		pages[i].Prefetched = nil
	}
	return pages
}

// prefetchQueries returns lists of events by time or under places. A store may serve some of them without its engine.
func prefetchQueries(d random, under []kg.Location) []store.EventQuery {
	latest := store.EventOrder{Direction: store.Desc}
	all := []store.EventQuery{
		{Order: latest, Window: store.Window{Limit: 5}}, {Order: latest, Window: store.Window{Limit: store.MaxPageSize}},
		{Order: latest, Window: store.Window{Limit: 5}, Scope: &store.Scope{Relation: store.LocationTimeline,
			IDs: []kg.ID{under[0].ID, under[1].ID}}},
	}
	for _, f := range []*store.EventFilter{{Time: d.timeRange()},
		{Not: &store.EventFilter{Categories: filterValues(d, 4, kg.EventCategories.Values()[:6])}},
		{Datasets: filterValues(d, 2, datasets())}} {
		all = append(all, store.EventQuery{Filter: f,
			Order:  store.EventOrder{Direction: pick(d, []store.Direction{store.Asc, store.Desc})},
			Window: store.Window{Limit: d.between(1, 9), Backward: d.chance(50)}})
	}
	return all
}
