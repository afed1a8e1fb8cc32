package storetest

import (
	"fmt"
	"slices"
	"testing"

	"casus/internal/kg"
)

// testAlong asks lists of events for what a store may read along with them: what it does read is what it gives when it is
// asked for that by itself.
func testAlong(t *testing.T, s kg.Store) {
	for _, asked := range []kg.Along{
		{Edges: kg.AlongEdges, Ends: true, Claims: true}, {Edges: kg.WantLocations}, {Edges: kg.WantParticipations, Ends: true}, {Claims: true},
	} {
		for _, q := range []kg.EventQuery{
			{}, {View: kg.View{Identity: kg.IdentityExact}}, {Scope: &kg.Scope{Relation: kg.ActorTimeline, IDs: []kg.ID{"actor:navy", "actor:group"}}},
		} {
			q.Along, q.Window = asked, kg.Window{Limit: kg.MaxPageSize}
			found := must[[]kg.Page[kg.Event]](t)(pages(t.Context(), s.Events, q))
			for _, page := range found {
				for _, e := range page.Items {
					if e.Along != nil {
						checkAlong(t, s, q.View, e)
					}
				}
			}
		}
	}
}

func checkAlong(t *testing.T, s kg.Store, v kg.View, e kg.Event) {
	t.Helper()
	asked := e.Along.Asked
	if asked.Edges != 0 {
		edges := must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), v, asked.Edges, []kg.ID{e.ID}))
		same(t, "edges read along with "+string(e.ID), edges[0], e.Along.Edges)
		if asked.Ends {
			for _, n := range e.Along.Ends {
				alone := must[[]kg.Node](t)(s.Nodes(t.Context(), v, []kg.ID{n.NodeID()}))
				same(t, "an end read along with "+string(e.ID), alone[0], n)
			}
			if ends := len(edges[0].Participations) + len(edges[0].Locations); len(e.Along.Ends) != ends {
				t.Errorf("%d ends were read along with %s, which has %d", len(e.Along.Ends), e.ID, ends)
			}
		}
	}
	if asked.Claims {
		claims := must[[]kg.Page[kg.Claim]](t)(s.Claims(t.Context(), kg.ClaimQuery{View: v, Total: true, Scope: &kg.Scope{Relation: kg.SubjectClaims, IDs: []kg.ID{e.ID}}}))
		if *claims[0].Total != e.Along.Claims {
			t.Errorf("%d claims were counted along with %s, which has %d", e.Along.Claims, e.ID, *claims[0].Total)
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
		before := map[string]kg.ReadAlong{}
		for round := range 4 {
			for _, q := range alongQuestions(d, whole.Locations) {
				q.Total = round == 1
				plain := must[[]kg.Page[kg.Event]](t)(pages(t.Context(), asked.Events, q))
				q.Along = kg.Along{Edges: kg.AlongEdges, Ends: true, Claims: round != 2}
				found := must[[]kg.Page[kg.Event]](t)(pages(t.Context(), asked.Events, q))
				for _, p := range found {
					for i := range p.Items {
						checkOnce(t, asked, q, p.Items[i], before)
						p.Items[i].Along = nil
					}
				}
				same(t, fmt.Sprintf("after batch %d, asked for the time %d", n, round), plain, found)
			}
		}
	}
}

// checkOnce is checkAlong of an event that was not asked for in the same way before.
func checkOnce(t *testing.T, s kg.Store, q kg.EventQuery, e kg.Event, before map[string]kg.ReadAlong) {
	t.Helper()
	if e.Along == nil {
		return
	}
	question := fmt.Sprint(e.ID, q.Along)
	if along, ok := before[question]; ok {
		same(t, "what was read again along with "+string(e.ID), along, *e.Along)
		return
	}
	checkAlong(t, s, q.View, e)
	before[question] = *e.Along
}

// alongQuestions are lists of events, in the order of time or under places: some of them as a store may answer them without its engine.
func alongQuestions(d dice, under []kg.Location) []kg.EventQuery {
	latest := kg.EventOrder{Direction: kg.Desc}
	all := []kg.EventQuery{
		{Order: latest, Window: kg.Window{Limit: 5}}, {Order: latest, Window: kg.Window{Limit: kg.MaxPageSize}},
		{Order: latest, Window: kg.Window{Limit: 5}, Scope: &kg.Scope{Relation: kg.LocationTimeline, IDs: []kg.ID{under[0].ID, under[1].ID}}},
	}
	for _, f := range []*kg.EventFilter{{Time: d.timeRange()}, {Not: &kg.EventFilter{Categories: listed(d, 4, kg.EventCategories()[:6])}}, {Datasets: listed(d, 2, datasets())}} {
		all = append(all, kg.EventQuery{Filter: f, Order: kg.EventOrder{Direction: pick(d, []kg.Direction{kg.Asc, kg.Desc})}, Window: kg.Window{Limit: d.between(1, 9), Backward: d.chance(50)}})
	}
	return all
}
