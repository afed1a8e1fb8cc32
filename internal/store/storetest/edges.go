package storetest

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

const everyEdge = kg.WantParticipations | kg.WantLocations | kg.WantWholes | kg.WantRespondsTo | kg.WantResponses |
	kg.WantAnnounces | kg.WantAnnouncedBy | kg.WantFigures

func figure(claim kg.ID, f kg.Figure) kg.Figure {
	f.Claim = claim
	return f
}

// testEventEdges reads the edges of several events, all kinds at once and each kind alone.
func testEventEdges(t *testing.T, s store.Store) {
	claims := func(words string) []kg.ID { return nodeIDs(kg.KindClaim, words) }
	ids := append(nodeIDs(kg.KindEvent, "strike talks nothing counter reply speech rumour week"), "event:strike")
	strike := kg.EventEdges{
		Participations: []kg.Participation{
			{Actor: "actor:navy", Role: kg.RoleInitiator, Side: kg.SideA, Representing: "actor:ukraine",
				Status: kg.StatusDisputed, Claims: claims("s1 s5")},
			{Actor: "actor:russia", Role: kg.RoleRecipient, Side: kg.SideB, Status: kg.StatusUnverified, Claims: claims("s1")},
			{Actor: "actor:ukraine", Role: kg.RoleClaimant, Status: kg.StatusUnverified, Claims: claims("s7")},
		},
		Locations: []kg.EventLocation{
			{Location: "location:harbour", Role: kg.LocationRoleVenue, Precision: 1, Claims: claims("s1")},
			{Location: "location:sea", Role: kg.LocationRoleOrigin, Claims: claims("s1")},
		},
		Wholes: []kg.EventPart{{Part: "event:strike", Whole: "event:campaign", Claims: claims("s1")}},
		Figures: []kg.Figure{figure("claim:s7", killedFigure(kg.QualifierExact, 4)),
			figure("claim:s1", killedFigure(kg.QualifierExact, 3))},
	}
	rejects := kg.Response{By: "event:reply", To: "event:talks", Kind: kg.ResponseRejects, Condition: "not there",
		Claims: claims("y1")}
	counters := kg.Response{By: "event:counter", To: "event:talks", Kind: kg.ResponseCounters, Claims: claims("k1")}
	retaliates := kg.Response{By: "event:counter", To: "event:reply", Kind: kg.ResponseRetaliates, Claims: claims("k1")}
	announces := kg.Announcement{By: "event:speech", Of: "event:talks", Claims: claims("p1")}
	want := []kg.EventEdges{
		strike,
		{
			Participations: []kg.Participation{
				{Actor: "actor:zelensky", Role: kg.RoleParticipant, Side: kg.SideA, Representing: "actor:ukraine",
					Status: kg.StatusUnverified, Claims: claims("t1")},
				{Actor: "actor:russia", Role: kg.RoleParticipant, Side: kg.SideB, Status: kg.StatusUnverified,
					Claims: claims("t1")},
				{Actor: "actor:us", Role: kg.RoleHost, Status: kg.StatusUnverified, Claims: claims("t1")},
				{Actor: "actor:us", Role: kg.RoleMediator, Status: kg.StatusUnverified, Claims: claims("t1")},
			},
			Locations:   []kg.EventLocation{{Location: "location:anadyr", Role: kg.LocationRoleVenue, Claims: claims("t1")}},
			Responses:   []kg.Response{counters, rejects},
			AnnouncedBy: []kg.Announcement{announces},
		},
		{},
		{
			Participations: []kg.Participation{
				{Actor: "actor:us", Role: kg.RoleInitiator, Side: kg.SideA, Status: kg.StatusUnverified, Claims: claims("k1")},
				{Actor: "actor:russia", Role: kg.RoleRecipient, Side: kg.SideB, Status: kg.StatusUnverified, Claims: claims("k1")},
			},
			RespondsTo: []kg.Response{retaliates, counters},
		},
		{
			Participations: []kg.Participation{{Actor: "actor:russia", Role: kg.RoleSpeaker, Status: kg.StatusUnverified,
				Claims: claims("y1")}},
			RespondsTo: []kg.Response{rejects},
			Responses:  []kg.Response{retaliates},
		},
		{
			Participations: []kg.Participation{
				{Actor: "actor:us", Role: kg.RoleSpeaker, Status: kg.StatusUnverified, Claims: claims("p1")},
				{Actor: "actor:zelensky", Role: kg.RoleMentioned, Status: kg.StatusUnverified, Claims: claims("p1")},
			},
			Announces: []kg.Announcement{announces},
		},
		{}, // the rumour is withdrawn completely
		{
			Participations: []kg.Participation{ // one claim by two, with the same words
				{Actor: "actor:group", Role: kg.RoleParticipant, Status: kg.StatusUnverified, Claims: claims("w1")},
				{Actor: "actor:militia", Role: kg.RoleParticipant, Status: kg.StatusUnverified, Claims: claims("w1")},
			},
			Locations: []kg.EventLocation{{Location: "location:sea", Role: kg.LocationRoleVenue, Claims: claims("w1")}},
			Figures:   []kg.Figure{figure("claim:w1", killedFigure(kg.QualifierExact, 2))},
		},
		strike,
	}
	wantEqual(t, "all edges", want, must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), kg.View{}, everyEdge, ids)))
	for bit := kg.WantParticipations; bit <= kg.WantFigures; bit <<= 1 {
		var only []kg.EventEdges
		for _, e := range want {
			only = append(only, selectEdges(e, bit))
		}
		wantEqual(t, "one kind of edges", only, must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), kg.View{}, bit, ids)))
	}
	wantEqual(t, "no events", 0, len(must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), kg.View{}, everyEdge, nil))))
}

// selectEdges returns e with one kind of edges.
func selectEdges(e kg.EventEdges, set kg.EdgeSet) kg.EventEdges {
	var selected kg.EventEdges
	switch set {
	case kg.WantParticipations:
		selected.Participations = e.Participations
	case kg.WantLocations:
		selected.Locations = e.Locations
	case kg.WantWholes:
		selected.Wholes = e.Wholes
	case kg.WantRespondsTo:
		selected.RespondsTo = e.RespondsTo
	case kg.WantResponses:
		selected.Responses = e.Responses
	case kg.WantAnnounces:
		selected.Announces = e.Announces
	case kg.WantAnnouncedBy:
		selected.AnnouncedBy = e.AnnouncedBy
	case kg.WantFigures:
		selected.Figures = e.Figures
	}
	return selected
}

// testEdgesKnownAt reads edges at several moments of knowledge.
func testEdgesKnownAt(t *testing.T, s store.Store) {
	read := func(day int, event kg.ID) kg.EventEdges {
		t.Helper()
		return must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), known(noon(day)), everyEdge, []kg.ID{event}))[0]
	}
	claims := func(words string) []kg.ID { return nodeIDs(kg.KindClaim, words) }
	navy := kg.Participation{Actor: "actor:navy", Role: kg.RoleInitiator, Side: kg.SideA, Representing: "actor:ukraine",
		Status: kg.StatusUnverified, Claims: claims("s1")}
	wantEqual(t, "before the navy denies its participation", navy, read(3, "event:strike").Participations[0])
	navy.Status, navy.Claims = kg.StatusDisputed, claims("s1 s5")
	wantEqual(t, "after it", navy, read(4, "event:strike").Participations[0])
	wantEqual(t, "before a claimant is named", 2, len(read(6, "event:strike").Participations))
	wantEqual(t, "before the correction", []kg.Figure{figure("claim:s3", killedFigure(kg.QualifierExact, 5)),
		figure("claim:s1", killedFigure(kg.QualifierExact, 3))}, read(6, "event:strike").Figures)
	wantEqual(t, "before the rumour is withdrawn", kg.EventEdges{
		Participations: []kg.Participation{{Actor: "actor:group", Role: kg.RoleInitiator, Status: kg.StatusUnverified,
			Claims: claims("m1")}},
		Locations: []kg.EventLocation{{Location: "location:wrangel", Role: kg.LocationRoleVenue, Claims: claims("m1")}},
	}, read(3, "event:rumour"))
	wantEqual(t, "before any response", 0, len(read(2, "event:talks").Responses))
	wantEqual(t, "between the responses", 1, len(read(3, "event:talks").Responses))
	wantEqual(t, "before the announcement", 0, len(read(1, "event:talks").AnnouncedBy))
	wantEqual(t, "before the event is known", kg.EventEdges{}, read(2, "event:counter"))
}

// testAffiliations reads affiliations supported by live claims.
func testAffiliations(t *testing.T, s store.Store) {
	for _, c := range []struct {
		name   string
		q      store.AffiliationQuery
		actors string
		want   []string
	}{
		{"holders and counterparts", store.AffiliationQuery{}, "ukraine zelensky group us unknown ukraine",
			[]string{"navy office", "office", "", "", "", "navy office"}},
		{"while the hold was claimed", store.AffiliationQuery{View: known(noon(5))}, "group ukraine",
			[]string{"hold", "navy office"}},
		{"before any claim", store.AffiliationQuery{View: known(noon(1) - 1)}, "ukraine", []string{""}},
		{"at a time", store.AffiliationQuery{At: at("2019")}, "ukraine", []string{"navy office"}},
		{"before a time", store.AffiliationQuery{At: at("2019-05-19")}, "ukraine zelensky", []string{"navy", ""}},
		{"after a time", store.AffiliationQuery{At: at("2025-03"), View: known(noon(5))}, "group", []string{""}},
		{"types", store.AffiliationQuery{Types: []kg.AffiliationType{kg.AffiliationOffice, kg.AffiliationControl}},
			"ukraine group", []string{"office", ""}},
		{"no types", store.AffiliationQuery{Types: []kg.AffiliationType{}}, "ukraine", []string{""}},
	} {
		c.q.Actors = nodeIDs(kg.KindActor, c.actors)
		got := must[[][]kg.Affiliation](t)(s.Affiliations(t.Context(), c.q))
		if len(got) != len(c.q.Actors) {
			t.Fatalf("%s: %d lists for %d actors", c.name, len(got), len(c.q.Actors))
		}
		for i, list := range got {
			wantEqual(t, c.name+": "+string(c.q.Actors[i]), nodeIDs(kg.KindAffiliation, c.want[i]), idsOf(list))
			for _, a := range list {
				wantEqual(t, "view", c.q.View, a.View)
			}
		}
	}
	office := worldAffiliations()[3]
	office.Claims = nodeIDs(kg.KindClaim, "f1")
	got := must[[][]kg.Affiliation](t)(s.Affiliations(t.Context(),
		store.AffiliationQuery{Actors: nodeIDs(kg.KindActor, "zelensky")}))
	wantEqual(t, "the whole record", []kg.Affiliation{office}, got[0])
}
