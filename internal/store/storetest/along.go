package storetest

import (
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
