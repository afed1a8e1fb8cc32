package storetest

import (
	"fmt"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// testAlong asks lists of events for what a store may read along with them: what it does read is what it gives when it is
// asked for that by itself.
func testAlong(t *testing.T, s store.Store) {
	for _, asked := range []kg.Prefetch{
		{Edges: kg.PrefetchableEdges, Neighbors: true, Claims: true}, {Edges: kg.WantLocations}, {Edges: kg.WantParticipations, Neighbors: true}, {Claims: true},
	} {
		for _, q := range []store.EventQuery{
			{}, {View: kg.View{Identity: kg.IdentityExact}}, {Scope: &store.Scope{Relation: store.ActorTimeline, IDs: []kg.ID{"actor:navy", "actor:group"}}},
		} {
			q.Prefetch, q.Window = asked, store.Window{Limit: store.MaxPageSize}
			found := must[[]store.Page[kg.Event]](t)(pages(t.Context(), s.Events, q))
			for _, page := range found {
				for _, e := range page.Items {
					if e.Prefetched != nil {
						checkAlong(t, s, q.View, e)
					}
				}
			}
		}
	}
}

func checkAlong(t *testing.T, s store.Store, v kg.View, e kg.Event) {
	t.Helper()
	asked := e.Prefetched.Requested
	if asked.Edges != 0 {
		edges := must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), v, asked.Edges, []kg.ID{e.ID}))
		same(t, "edges read along with "+string(e.ID), edges[0], e.Prefetched.Edges)
		if asked.Neighbors {
			for _, n := range e.Prefetched.Neighbors {
				alone := must[[]kg.Node](t)(s.Nodes(t.Context(), v, []kg.ID{n.NodeID()}))
				same(t, "an end read along with "+string(e.ID), alone[0], n)
			}
			if ends := len(edges[0].Participations) + len(edges[0].Locations); len(e.Prefetched.Neighbors) != ends {
				t.Errorf("%d ends were read along with %s, which has %d", len(e.Prefetched.Neighbors), e.ID, ends)
			}
		}
	}
	if asked.Claims {
		claims := must[[]store.Page[kg.Claim]](t)(s.Claims(t.Context(), store.ClaimQuery{View: v, Total: true, Scope: &store.Scope{Relation: store.SubjectClaims, IDs: []kg.ID{e.ID}}}))
		if *claims[0].Total != e.Prefetched.Claims {
			t.Errorf("%d claims were counted along with %s, which has %d", e.Prefetched.Claims, e.ID, *claims[0].Total)
		}
	}
}

// testAlongFollows asks again and again, while another process writes: what a store keeps of events is what it holds.
func testAlongFollows(t *testing.T, h Harness) {
	asked := h.New(t)
	writer := asked
	if h.Beside != nil {
		writer = h.Beside(t, asked)
	}
	d := roll(5)
	whole := generate(d, readable, "").batch
	nodes := whole
	nodes.Claims, nodes.Identities = nil, nil
	batches := []kg.Batch{nodes}
	for claims := range slices.Chunk(whole.Claims, 15) {
		batches = append(batches, kg.Batch{Claims: claims, RecordedAt: whole.RecordedAt})
	}
	named := whole.Actors[0]
	named.Names = append(slices.Clone(named.Names), name("en", "Another Name"))
	batches = append(batches, kg.Batch{Actors: []kg.Actor{named}}, kg.Batch{Identities: whole.Identities})
	for n, b := range batches {
		if _, err := writer.Apply(t.Context(), b); err != nil { // some of what is generated is refused
			t.Fatal(err)
		}
		before := map[string]kg.Prefetched{}
		for round := range 4 {
			for _, q := range alongQuestions(d, whole.Locations) {
				q.Total = round == 1
				plain := must[[]store.Page[kg.Event]](t)(pages(t.Context(), asked.Events, q))
				q.Prefetch = kg.Prefetch{Edges: kg.PrefetchableEdges, Neighbors: true, Claims: round != 2}
				found := must[[]store.Page[kg.Event]](t)(pages(t.Context(), asked.Events, q))
				for _, p := range found {
					for i := range p.Items {
						checkOnce(t, asked, q, p.Items[i], before)
						p.Items[i].Prefetched = nil
					}
				}
				same(t, fmt.Sprintf("after batch %d, asked for the time %d", n, round), plain, found)
			}
		}
	}
}

// checkOnce is checkAlong of an event that was not asked for in the same way before.
func checkOnce(t *testing.T, s store.Store, q store.EventQuery, e kg.Event, before map[string]kg.Prefetched) {
	t.Helper()
	if e.Prefetched == nil {
		return
	}
	question := fmt.Sprint(e.ID, q.Prefetch)
	if along, ok := before[question]; ok {
		same(t, "what was read again along with "+string(e.ID), along, *e.Prefetched)
		return
	}
	checkAlong(t, s, q.View, e)
	before[question] = *e.Prefetched
}

// alongQuestions are lists of events, in the order of time or under places: some of them as a store may answer them without its engine.
func alongQuestions(d dice, under []kg.Location) []store.EventQuery {
	latest := store.EventOrder{Direction: store.Desc}
	all := []store.EventQuery{
		{Order: latest, Window: store.Window{Limit: 5}}, {Order: latest, Window: store.Window{Limit: store.MaxPageSize}},
		{Order: latest, Window: store.Window{Limit: 5}, Scope: &store.Scope{Relation: store.LocationTimeline, IDs: []kg.ID{under[0].ID, under[1].ID}}},
	}
	for _, f := range []*store.EventFilter{{Time: d.timeRange()}, {Not: &store.EventFilter{Categories: listed(d, 4, kg.EventCategories()[:6])}}, {Datasets: listed(d, 2, datasets())}} {
		all = append(all, store.EventQuery{Filter: f, Order: store.EventOrder{Direction: pick(d, []store.Direction{store.Asc, store.Desc})}, Window: store.Window{Limit: d.between(1, 9), Backward: d.chance(50)}})
	}
	return all
}
