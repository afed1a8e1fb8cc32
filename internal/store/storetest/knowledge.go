package storetest

import (
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testKnowledge reads the events and their statuses at successive moments of knowledge.
func testKnowledge(t *testing.T, s store.Store) {
	state := func(e kg.Event) string { return string(e.Status) }
	for _, c := range []struct {
		name  string
		at    edtf.Instant
		want  map[kg.ID]string
		count int
	}{
		{"before any claim", noon(1) - 1, nil, 0},
		{"the 1st", noon(1), map[kg.ID]string{"event:campaign": "UNVERIFIED", "event:strike": "UNVERIFIED"}, 2},
		{"the 2nd", noon(2), map[kg.ID]string{"event:strike": "CORROBORATED", "event:rumour": "UNVERIFIED",
			"event:talks": "UNVERIFIED"}, 5},
		{"the 3rd", noon(3), map[kg.ID]string{"event:strike": "DISPUTED", "event:denied": "DENIED"}, 7},
		{"just before the 4th", noon(4) - 1, map[kg.ID]string{"event:rumour": "UNVERIFIED"}, 7},
		{"the 4th", noon(4), map[kg.ID]string{"event:rumour": "RETRACTED"}, 8},
		{"the 5th", noon(5), map[kg.ID]string{"event:talks": "CONFIRMED"}, 9},
		{"the 6th", noon(6), map[kg.ID]string{"event:strike": "CORROBORATED"}, 9},
		{"before the 9th is over", at("2025-03-09").Latest - 1, nil, 9},
		{"when the 9th is over", at("2025-03-09").Latest, map[kg.ID]string{"event:week": "UNVERIFIED"}, 10},
		{"the 12th", noon(12), map[kg.ID]string{"event:week": "DISPUTED"}, 11},
		{"everything", edtf.EndOfTime - 1, map[kg.ID]string{"event:year": "UNVERIFIED"}, 12},
	} {
		t.Run(c.name, func(t *testing.T) {
			view := known(c.at)
			found := list(t, s.Events, store.EventQuery{View: view})
			if len(found) != c.count {
				t.Errorf("%d events, want %d: %v", len(found), c.count, idsOf(found))
			}
			states := map[kg.ID]string{}
			for _, e := range found {
				if _, ok := c.want[e.ID]; ok {
					states[e.ID] = state(e)
				}
				wantEqual(t, "view", view, e.View)
				if e.KnownFrom > c.at || e.KnownTo <= c.at {
					t.Errorf("%s: state %s..%s read at %s", e.ID, e.KnownFrom, e.KnownTo, c.at)
				}
			}
			wantEqual(t, "statuses", c.want, states)
		})
	}

	ids := func(day int, f store.EventFilter) []kg.ID {
		return sorted(idsOf(list(t, s.Events, store.EventQuery{View: known(noon(day)), Filter: &f})))
	}
	t.Run("filters at a moment", func(t *testing.T) {
		event := func(words string) []kg.ID { return nodeIDs(kg.KindEvent, words) }
		wantEqual(t, "a later text", event(""), ids(1, store.EventFilter{Text: ref("rumour")}))
		wantEqual(t, "a withdrawn claimant", event("reply strike"),
			ids(5, store.EventFilter{Claimants: nodeIDs(kg.KindActor, "russia")}))
		wantEqual(t, "a withdrawn claim's document", event("counter speech strike talks"),
			ids(5, store.EventFilter{Documents: nodeIDs(kg.KindDocument, "r2")}))
		wantEqual(t, "a superseded figure", event("strike"), ids(6,
			store.EventFilter{Killed: &store.IntRange{Min: ref(5), Max: ref(5)}}))
		wantEqual(t, "later parts", event("campaign"), ids(9, store.EventFilter{HasParts: ref(true)}))
		wantEqual(t, "later responses", event(""), ids(2, store.EventFilter{Responses: &store.ResponseFilter{}}))
		wantEqual(t, "a withdrawn participation", event("rumour"),
			ids(3, store.EventFilter{Participants: []store.ParticipantFilter{{AnyOf: nodeIDs(kg.KindActor, "group")}}}))
		wantEqual(t, "a withdrawn place", event("rumour"), ids(3,
			store.EventFilter{Place: &store.PlaceFilter{Within: nodeIDs(kg.KindLocation, "wrangel")}}))
		wantEqual(t, "a later nested part", event("strike"), ids(9, store.EventFilter{PartOf: event("campaign")}))
	})
	t.Run("orders and relations at a moment", func(t *testing.T) {
		view := known(noon(3))
		actors := list(t, s.Actors, store.ActorQuery{View: view,
			Order: store.ActorOrder{Field: store.ActorsByEvents, Direction: store.Desc}})
		// russia: strike, campaign, talks, reply; zelensky and us: speech, talks; ukraine, navy, militia and group one each.
		wantEqual(t, "actors by events", nodeIDs(kg.KindActor,
			"russia zelensky us ukraine navy militia group un reuters courier"), idsOf(actors))
		places := list(t, s.Locations, store.LocationQuery{View: view,
			Order: store.LocationOrder{Field: store.LocationsByEvents, Direction: store.Desc}})
		wantEqual(t, "places by events", nodeIDs(kg.KindLocation,
			"wrangel sea harbour crimea chukotka anadyr ukraine sevastopol russia"), idsOf(places))
		scope := &store.Scope{Relation: store.ActorTimeline, IDs: nodeIDs(kg.KindActor, "group")}
		wantEqual(t, "timeline", nodeIDs(kg.KindEvent, "rumour"),
			idsOf(listPerParent(t, s.Events, store.EventQuery{View: view, Scope: scope})[0]))
		in := &store.ActorFilter{InEvents: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, "rumour raid")}}
		wantEqual(t, "actors in events", nodeIDs(kg.KindActor, "group"),
			idsOf(list(t, s.Actors, store.ActorQuery{View: view, Filter: in})))
	})
}

// testWithdrawals reads claims before and after their withdrawal is known, and the event's toll at each moment.
func testWithdrawals(t *testing.T, s store.Store) {
	type lifetime struct {
		to edtf.Instant
		by string
	}
	for _, c := range []struct {
		at   edtf.Instant
		want map[kg.ID]lifetime
		n    int
	}{
		{noon(5), map[kg.ID]lifetime{"claim:s4": {edtf.EndOfTime, ""}, "claim:s3": {edtf.EndOfTime, ""},
			"claim:m1": {noon(4), "m2"}}, 19},
		{noon(6), map[kg.ID]lifetime{"claim:s4": {noon(6), "s6"}, "claim:s3": {edtf.EndOfTime, ""},
			"claim:f3": {noon(6), "f4"}}, 21},
		{noon(7), map[kg.ID]lifetime{"claim:s4": {noon(6), "s6"}, "claim:s3": {noon(7), "s7"},
			"claim:s7": {edtf.EndOfTime, ""}}, 22},
	} {
		claims := list(t, s.Claims, store.ClaimQuery{View: known(c.at)})
		wantEqual(t, c.at.String()+": known claims", c.n, len(claims))
		got := map[kg.ID]lifetime{}
		for _, claim := range claims {
			wantEqual(t, "view", known(c.at), claim.View)
			if _, ok := c.want[claim.ID]; ok {
				by := ""
				for _, id := range claim.WithdrawnBy {
					by += string(id)[len("claim:"):]
				}
				got[claim.ID] = lifetime{claim.KnownTo, by}
			}
		}
		for id, want := range c.want {
			if got[id] != want {
				t.Errorf("%s: %s is known until %s, withdrawn by %q; want %s, %q", c.at, id, got[id].to, got[id].by, want.to,
					want.by)
			}
		}
	}

	estimate := func(low, best, high int, agreed bool) *kg.Estimate {
		return &kg.Estimate{Low: &low, Best: &best, High: &high, Agreed: agreed}
	}
	for _, c := range []struct {
		day     int
		toll    *kg.Estimate
		sources kg.SourceCount
		because string
	}{
		{1, estimate(3, 3, 3, true), kg.SourceCount{Documents: 2, Publishers: 2, Voices: 1}, "s1 s2"},
		{2, estimate(3, 5, 5, false), kg.SourceCount{Documents: 3, Publishers: 2, Voices: 2}, "s3"},
		{3, estimate(3, 5, 5, false), kg.SourceCount{Documents: 4, Publishers: 2, Voices: 2}, "s4"},
		{5, estimate(3, 5, 5, false), kg.SourceCount{Documents: 5, Publishers: 2, Voices: 2}, "s5"},
		{6, estimate(3, 5, 5, false), kg.SourceCount{Documents: 4, Publishers: 2, Voices: 2}, "s6"},
		{30, estimate(3, 4, 4, false), kg.SourceCount{Documents: 4, Publishers: 2, Voices: 2}, "s7"},
	} {
		e := list(t, s.Events, store.EventQuery{View: known(noon(c.day)),
			Filter: &store.EventFilter{IDs: []kg.ID{"event:strike"}}})[0]
		wantEqual(t, noon(c.day).String()+": toll", c.toll, e.Toll.Killed)
		wantEqual(t, noon(c.day).String()+": sources", c.sources, e.Sources)
		wantEqual(t, noon(c.day).String()+": because", nodeIDs(kg.KindClaim, c.because), e.Because)
	}
}
