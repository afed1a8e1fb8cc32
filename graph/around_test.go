package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
)

// neighbourhood returns a graph with a raid at a harbour, part of a strike that is part of a campaign, and other events
// around it, one of them planned and one denied. The harbour is 11 km from the town and some 440 km from the capital;
// the sea has no point.
func neighbourhood(t *testing.T) store.Store {
	t.Helper()
	s := memory.New()
	b := kg.Batch{
		Actors: []kg.Actor{{ID: "actor:ada", Kind: kg.ActorPerson, Names: named("en", "Ada")}},
		Locations: []kg.Location{
			{
				ID: "location:harbour", Kind: kg.LocationFacility, Names: named("en", "Harbour"),
				Point: &kg.Point{Latitude: 46.5, Longitude: 30.7},
			},
			{
				ID: "location:town", Kind: kg.LocationCity, Names: named("en", "Town"),
				Point: &kg.Point{Latitude: 46.6, Longitude: 30.7},
			},
			{
				ID: "location:capital", Kind: kg.LocationCity, Names: named("en", "Capital"),
				Point: &kg.Point{Latitude: 50.45, Longitude: 30.5},
			},
			{ID: "location:sea", Kind: kg.LocationWater, Names: named("en", "Sea")},
		},
	}
	for _, e := range []struct {
		id, time, place, whole, known string
	}{
		{"campaign", "2025-01/..", "", "", "2025-03-01"},
		{"strike", "2025-03-30/2025-04-02", "", "campaign", "2025-03-01"},
		{"raid", "2025-03-31", "harbour", "strike", "2025-04-01"},
		{"shot", "2025-03-31T06:00:00Z", "harbour", "raid", "2025-04-01"},
		{"bang", "2025-03-31", "town", "shot", "2025-04-01"},
		{"february", "2025-02-28", "town", "", "2025-04-01"},
		{"earlier", "2025-02-27", "town", "", "2025-04-01"},
		{"dinner", "2025-03-31", "town", "", "2025-04-01"},
		{"meeting", "2025-04-05", "capital", "", "2025-04-06"},
		{"parley", "2025-04-07T23:59:59Z", "town", "", "2025-04-08"},
		{"after", "2025-04-08", "town", "", "2025-04-09"},
		{"spring", "2025-21", "", "", "2025-04-01"},
		{"someday", "XXXX", "sea", "", "2025-04-01"},
	} {
		c := kg.Claim{
			ID: kg.ID("claim:" + e.id), Subject: kg.ID("event:" + e.id), Stance: kg.StanceAsserts,
			Aspect: kg.AspectOccurrence, Claimants: []kg.ID{"actor:ada"}, AssertedAt: *at(t, e.known),
		}
		c.Says = kg.Statement{Titles: named("en", e.id), Time: at(t, e.time)}
		if e.place != "" {
			c.Says.Places = []kg.Place{{Location: kg.ID("location:" + e.place), Role: kg.LocationRoleVenue}}
		}
		if e.whole != "" {
			c.Says.Wholes = []kg.ID{kg.ID("event:" + e.whole)}
		}
		b.Claims = append(b.Claims, c)
	}
	for name, change := range map[string]func(*kg.Claim){
		"plan": func(c *kg.Claim) { c.Says.Modality = kg.ModalityPlanned },
		"lie":  func(c *kg.Claim) { c.Stance = kg.StanceDenies },
	} {
		c := kg.Claim{
			ID: kg.ID("claim:" + name), Subject: kg.ID("event:" + name), Stance: kg.StanceAsserts,
			Aspect: kg.AspectOccurrence, Claimants: []kg.ID{"actor:ada"}, AssertedAt: *at(t, "2025-04-01"),
			Says: kg.Statement{Titles: named("en", name), Time: at(t, "2025-03-31")},
		}
		change(&c)
		b.Claims = append(b.Claims, c)
	}
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAround(t *testing.T) {
	h := handler(t, neighbourhood(t))
	for _, c := range []struct{ name, event, arguments, want string }{
		{"its own day", "raid", `first: 20`, "spring dinner someday"},
		{"a week after", "raid", `later: "P7D"`, "spring dinner meeting parley someday"},
		{"a second more", "raid", `later: "P7DT1S"`, "spring dinner meeting parley after someday"},
		{"a month before", "raid", `earlier: "P1M"`, "february spring dinner someday"},
		{"a day more", "raid", `earlier: "P1M1D"`, "earlier february spring dinner someday"},
		{"nearby", "raid", `earlier: "P1M1D", later: "P8D", km: 20`, "earlier february dinner parley after"},
		{"nearer", "raid", `later: "P8D", km: 5`, ""},
		{"farther", "raid", `later: "P8D", km: 450`, "dinner meeting parley after"},
		{"no point on the map", "someday", `km: 20000`, ""},
		{"no place at all", "spring", `km: 1`, ""},
		{
			"an unknown time", "someday", `first: 20`,
			"earlier february spring bang dinner meeting parley after",
		},
		{"events with parts", "someday", `first: 20, filter: { hasParts: true }`, "campaign strike raid shot"},
		{"planned events", "raid", `filter: { not: { not: { modalities: [PLANNED] } } }`, "plan"},
		{"denied events", "raid", `filter: { statuses: [DENIED] }`, "lie"},
		{"an open end", "campaign", `first: 20`, "earlier february spring dinner meeting parley after someday"},
		{"a part of a part", "bang", `first: 20`, "spring dinner someday"},
		{
			"a filter", "raid",
			`later: "P7D", filter: { ids: ["event:dinner", "event:plan", "event:lie", "event:strike", "event:after",
				"event:meeting"] }`,
			"dinner meeting",
		},
		{
			"a filter with a time of its own", "raid",
			`later: "P30D", filter: { time: { from: "2025-04-06", certainty: DEFINITELY } }`, "parley after",
		},
		{"backwards", "raid", `later: "P7D", last: 2`, "parley someday"},
	} {
		var data struct{ Event struct{ Around page } }
		answer(
			t, h,
			fmt.Sprintf(`{ event(id: "event:%s") { around(%s) { totalCount nodes { id } } } }`, c.event, c.arguments),
			nil, &data,
		)
		got := data.Event.Around.ids()
		for i := range got {
			got[i] = strings.TrimPrefix(got[i], "event:")
		}
		if !slices.Equal(got, strings.Fields(c.want)) {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
		if n := data.Event.Around.TotalCount; n == nil || c.name != "backwards" && *n != len(got) {
			t.Errorf("%s: totalCount %v for %d events", c.name, n, len(got))
		}
	}
	t.Run("at a moment of knowledge", func(t *testing.T) {
		var data struct{ Event struct{ Around page } }
		answer(
			t, h,
			`{ event(id: "event:raid", knownAt: "2025-04-08T00:00:00Z") { around(later: "P30D") { totalCount nodes { id } } } }`,
			nil, &data,
		)
		want := []string{"event:spring", "event:dinner", "event:meeting", "event:someday"}
		if got := data.Event.Around.ids(); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
	for arguments, message := range map[string]string{
		`km: 0`: "greater than 0", `km: -3`: "greater than 0", `later: "1 week"`: "ISO 8601", `later: 7`: "P7D",
	} {
		query := fmt.Sprintf(`{ event(id: "event:raid") { around(%s) { nodes { id } } } }`, arguments)
		if _, errs := faults(t, h, query, nil); !isOnly(errs, "BAD_INPUT", message) {
			t.Errorf("%s: %+v, want BAD_INPUT with %q", arguments, errs, message)
		}
	}
}

// TestAroundCostsOneCallEach counts the calls: one for the events, one for the edges of each level of wholes, one for
// their places, and one for each event with a point. Too many events are an error.
func TestAroundCostsOneCallEach(t *testing.T) {
	s := &countingStore{Store: neighbourhood(t)}
	h := patient(s)
	var data map[string]any
	answer(t, h, `{ timeline { nodes { around(later: "P7D", km: 20) { totalCount nodes { id } } } } }`, nil, &data)
	if _, list := s.taken(); list != " EventEdges 1 Events 10 Nodes 2" { // all wholes are in the list
		t.Error(list)
	}
	answer(t, h, `{ event(id: "event:bang") { around(later: "P7D", km: 20) { nodes { id } } } }`, nil, &data)
	// One call for each level of wholes, and one for the event.
	if _, list := s.taken(); list != " EventEdges 5 Events 1 Nodes 3" {
		t.Error(list)
	}
	query := "{"
	for i := range 4 {
		query += fmt.Sprintf(` t%[1]d: timeline { nodes { around(later: "P%[1]dD") { totalCount } } }`, i)
	}
	_, errs := faults(t, h, query+" }", nil)
	if len(errs) == 0 || !isOnly(errs[:1], "LIMIT_EXCEEDED", "the limit is 50") {
		t.Errorf("%d errors: %+v", len(errs), errs)
	}
}
