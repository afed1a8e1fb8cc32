package storetest

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// relationCase is a query under parents. want has the ids for each parent in the default order.
type relationCase struct {
	name    string
	scope   store.Scope
	parents string
	want    []string
}

func testRelations(t *testing.T, s store.Store) {
	runRelations(t, kg.KindActor, kg.KindEvent, s.Events, []relationCase{
		{"actor's events", store.Scope{Relation: store.ActorTimeline}, "us unknown courier zelensky us",
			[]string{"counter speech talks", "", "", "speech talks", "counter speech talks"}},
		{"actor's events in roles", store.Scope{Relation: store.ActorTimeline,
			Roles: []kg.ParticipantRole{kg.RoleMediator, kg.RoleHost, kg.RoleMentioned}}, "us zelensky russia",
			[]string{"talks", "speech", ""}},
		{"actor's events in no role", store.Scope{Relation: store.ActorTimeline, Roles: []kg.ParticipantRole{}}, "us",
			[]string{""}},
		{"an actor whose part was withdrawn", store.Scope{Relation: store.ActorTimeline}, "group", []string{"raid week"}},
	})
	runRelations(t, kg.KindLocation, kg.KindEvent, s.Events, []relationCase{
		{"place's events", store.Scope{Relation: store.LocationTimeline}, "ukraine russia harbour wrangel sea nowhere",
			[]string{"year raid strike campaign", "denied raid strike talks campaign", "strike", "", "strike week", ""}},
	})
	runRelations(t, kg.KindDocument, kg.KindEvent, s.Events, []relationCase{
		{"document's events", store.Scope{Relation: store.DocumentTimeline}, "r2 c1 n1 r1",
			[]string{"counter speech talks", "denied strike reply week", "strike", "strike week"}},
	})
	runRelations(t, kg.KindEvent, kg.KindEvent, s.Events, []relationCase{
		{"parts", store.Scope{Relation: store.EventParts}, "campaign strike raid nothing",
			[]string{"strike", "raid", "", ""}},
	})
	runRelations(t, kg.KindLocation, kg.KindLocation, s.Locations, []relationCase{
		{"children", store.Scope{Relation: store.LocationChildren}, "russia ukraine chukotka harbour nowhere",
			[]string{"crimea chukotka", "crimea", "anadyr wrangel", "", ""}},
	})
	runRelations(t, kg.KindDocument, kg.KindDocument, s.Documents, []relationCase{
		{"reprints", store.Scope{Relation: store.DocumentSyndicatedBy}, "r1 c2 x9", []string{"c2", "", ""}},
	})
	runRelations(t, kg.KindEvent, kg.KindClaim, s.Claims, []relationCase{
		{"claims about an event", store.Scope{Relation: store.SubjectClaims}, "strike talks nothing",
			[]string{"s1 s2 s3 s4 s5 s6 s7", "t1 t2", ""}},
	})
	runRelations(t, kg.KindAffiliation, kg.KindClaim, s.Claims, []relationCase{
		{"claims about an affiliation", store.Scope{Relation: store.SubjectClaims}, "hold member", []string{"f3 f4", "f5"}},
	})
	runRelations(t, kg.KindDocument, kg.KindClaim, s.Claims, []relationCase{
		{"claims in a document", store.Scope{Relation: store.DocumentClaims}, "c1 r2 x9",
			[]string{"s3 x1 y1 s7 w1", "p1 t1 s4 k1", ""}},
	})
	runRelations(t, kg.KindActor, kg.KindClaim, s.Claims, []relationCase{
		{"an actor's claims, each once", store.Scope{Relation: store.ActorClaims}, "us russia militia reuters",
			[]string{"f5 p1 t1 k1", "s4 y1 s6", "x1 w1", ""}},
	})
	t.Run("filter, order and window under parents", func(t *testing.T) {
		got := must[[]store.Page[kg.Event]](t)(pages(t.Context(), s.Events, store.EventQuery{
			Scope:  &store.Scope{Relation: store.ActorTimeline, IDs: nodeIDs(kg.KindActor, "russia us unknown")},
			Filter: &store.EventFilter{Not: &store.EventFilter{Categories: []kg.EventCategory{kg.CategoryAssault}}},
			Order:  store.EventOrder{Direction: store.Desc}, Window: store.Window{Limit: 2}, Total: true,
		}))
		for i, want := range []struct {
			ids   string
			total int
			next  bool
		}{{"talks reply", 3, true}, {"talks speech", 3, true}, {"", 0, false}} {
			wantEqual(t, "page", nodeIDs(kg.KindEvent, want.ids), idsOf(got[i].Items))
			if *got[i].Total != want.total || got[i].HasNext != want.next {
				t.Errorf("parent %d: total %d, next %t; want %d, %t", i, *got[i].Total, got[i].HasNext, want.total, want.next)
			}
		}
	})
	t.Run("no parents", func(t *testing.T) {
		got := listPerParent(t, s.Events,
			store.EventQuery{Scope: &store.Scope{Relation: store.ActorTimeline, IDs: []kg.ID{}}})
		wantEqual(t, "pages", 0, len(got))
	})
	t.Run("total alone", func(t *testing.T) {
		got := must[[]store.Page[kg.Claim]](t)(pages(t.Context(), s.Claims, store.ClaimQuery{
			Scope: &store.Scope{Relation: store.DocumentClaims, IDs: nodeIDs(kg.KindDocument, "c1 x9")}, Total: true,
		}))
		wantEqual(t, "totals", []int{5, 0}, []int{*got[0].Total, *got[1].Total})
	})
}

func runRelations[F, O any, T kg.Identified](
	t *testing.T, parent, kind kg.NodeKind, read reader[F, O, T], cases []relationCase,
) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.scope.IDs = nodeIDs(parent, c.parents)
			for i, items := range listPerParent(t, read, store.ListQuery[F, O]{Scope: &c.scope}) {
				wantEqual(t, string(c.scope.IDs[i]), nodeIDs(kind, c.want[i]), idsOf(items))
			}
		})
	}
}
