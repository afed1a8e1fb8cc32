package storetest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// decision returns a batch with the decision that two nodes are, or are not, the same. Its id consists of the pair
// and the day.
func decision(a, b kg.ID, same bool, day int) kg.Batch {
	return kg.Batch{Identities: []kg.IdentityDecision{{
		ID: kg.ID(fmt.Sprintf("identity:%s=%s:%d", a, b, day)), A: a, B: b, Same: same, DecidedBy: "a test",
		DecidedAt: noon(day),
	}}}
}

// duplicates is a graph of one raid in the rows of two data sets. The event, a fleet and a harbour have two ids each.
func duplicates() kg.Batch {
	actor := func(id kg.ID, names ...kg.Name) kg.Actor {
		return kg.Actor{ID: id, Kind: kg.ActorMilitary, Names: names}
	}
	return kg.Batch{
		Actors: []kg.Actor{
			actor("actor:fleet", name("en", "Fleet")), actor("actor:flota", name("es", "Flota"),
				alias("en", "Navy of the North")),
			actor("actor:guard", name("en", "Guard")),
			actor("actor:post", name("en", "Post")),
		},
		Locations: []kg.Location{
			{ID: "location:coast", Kind: kg.LocationAdmin1, Names: []kg.Name{name("en", "Coast")}},
			{ID: "location:port", Kind: kg.LocationFacility, Names: []kg.Name{name("en", "Port")},
				Point: &kg.Point{Latitude: 10, Longitude: 20}},
			{ID: "location:puerto", Kind: kg.LocationFacility, Names: []kg.Name{name("es", "Puerto")},
				Parents: []kg.ID{"location:coast"}},
			{ID: "location:quay", Kind: kg.LocationFacility, Names: []kg.Name{name("en", "Quay")},
				Parents: []kg.ID{"location:puerto"}},
		},
		Documents: []kg.Document{{ID: "document:d", Titles: []kg.Name{name("en", "Raid")}, Publisher: "actor:post",
			PublishedAt: at("2025-03-03")}},
		Releases: []kg.Release{{ID: "release:a", Name: "a", Release: "1", ReleasedAt: at("2025-03-01")},
			{ID: "release:b", Name: "b", Release: "1", ReleasedAt: at("2025-03-02")}},
		Claims: []kg.Claim{
			claim("a", "event:a", '+', 1, fromRelease("release:a"), title("en", "Raid"), killed(kg.QualifierExact, 3),
				atTime("2025-02-20"),
				participant("actor:fleet", kg.RoleInitiator, kg.SideA, ""), place("location:port", kg.LocationRoleVenue, 1)),
			claim("b", "event:b", '+', 2, fromRelease("release:b"), title("en", "Attack on the port"),
				killed(kg.QualifierExact, 5),
				participant("actor:flota", kg.RoleInitiator, "", ""), participant("actor:guard", kg.RoleRecipient, kg.SideB, ""),
				place("location:puerto", kg.LocationRoleVenue, 2)),
			claim("c", "event:b", '+', 3, inDocument("document:d"), claimedBy("actor:flota"),
				respondsTo("event:a", kg.ResponseRetaliates, "")),
			claim("e", "event:c", '+', 4, claimedBy("actor:fleet"), title("en", "Patrol"),
				participant("actor:flota", kg.RoleHost, "", ""), participant("actor:guard", kg.RoleParticipant, "", "actor:flota"),
				place("location:quay", kg.LocationRoleVenue, 1), partOf("event:b")),
		},
		RecordedAt: noon(31),
	}
}

// merges returns the decisions that merge the duplicates.
func merges() []kg.Batch {
	return []kg.Batch{
		decision("actor:fleet", "actor:flota", true, 10), decision("location:port", "location:puerto", true, 10),
		decision("event:b", "event:a", true, 10),
	}
}

// testIdentity merges the duplicates, before and after their claims are known, and reverses every decision.
func testIdentity(t *testing.T, h Harness) {
	s := newStore(t, h, duplicates())
	exact := kg.View{Identity: kg.IdentityExact}
	before, results := dump(t, s), queryAll(t, s, kg.View{})
	load(t, s, merges()...)

	event := func(v kg.View, id kg.ID) kg.Event {
		t.Helper()
		e, ok := must[[]kg.Node](t)(s.Nodes(t.Context(), v, []kg.ID{id}))[0].(kg.Event)
		if !ok {
			t.Fatalf("%s not found", id)
		}
		return e
	}
	for _, id := range []kg.ID{"event:a", "event:b"} {
		e := event(kg.View{}, id)
		wantEqual(t, string(id)+": its id", kg.ID("event:a"), e.ID)
		wantEqual(t, string(id)+": status", kg.StatusUnverified, e.Status) // rows that cite nothing have no voice
		wantEqual(t, string(id)+": sources", kg.SourceCount{Documents: 1, Publishers: 1, Voices: 1, Datasets: 2}, e.Sources)
		wantEqual(t, string(id)+": toll", kg.Toll{Killed: &kg.Estimate{Low: ref(3), Best: ref(5), High: ref(5)}}, e.Toll)
		wantEqual(t, string(id)+": time, stated by one claim", "2025-02-20", e.Time.EDTF)
		edges := must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), kg.View{}, everyEdge, []kg.ID{id}))[0]
		wantEqual(t, string(id)+": figures of both", []kg.Figure{
			{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Best: ref(5), Qualifier: kg.QualifierExact,
				Claim: "claim:b"},
			{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Best: ref(3), Qualifier: kg.QualifierExact,
				Claim: "claim:a"},
		}, edges.Figures)
		wantEqual(t, string(id)+": merged participations", []kg.Participation{
			{Actor: "actor:fleet", Role: kg.RoleInitiator, Side: kg.SideA, Status: kg.StatusUnverified,
				Claims: []kg.ID{"claim:a", "claim:b"}},
			{Actor: "actor:guard", Role: kg.RoleRecipient, Side: kg.SideB, Status: kg.StatusUnverified,
				Claims: []kg.ID{"claim:b"}},
		}, edges.Participations)
		wantEqual(t, string(id)+": merged places",
			[]kg.EventLocation{{Location: "location:port", Role: kg.LocationRoleVenue, Precision: 2,
				Claims: []kg.ID{"claim:a", "claim:b"}}}, edges.Locations)
		wantEqual(t, string(id)+": no response to itself", 0, len(edges.RespondsTo)+len(edges.Responses))
	}
	ids := func(v kg.View, f store.EventFilter) []kg.ID {
		return idsOf(list(t, s.Events, store.EventQuery{View: v, Filter: &f}))
	}
	for what, f := range map[string]store.EventFilter{
		"a participant": {Participants: []store.ParticipantFilter{
			{AnyOf: nodeIDs(kg.KindActor, "flota"), Roles: []kg.ParticipantRole{kg.RoleInitiator}}}},
		"a place and a role": {Place: &store.PlaceFilter{Within: nodeIDs(kg.KindLocation, "puerto"),
			Roles: []kg.LocationRole{kg.LocationRoleVenue}},
			Participants: []store.ParticipantFilter{{Roles: []kg.ParticipantRole{kg.RoleInitiator}}}},
		"a containing place": {Place: &store.PlaceFilter{Within: nodeIDs(kg.KindLocation, "coast")},
			Time: between("2025-02-20", "2025-02-20", store.Definitely)},
		"an id":            {IDs: nodeIDs(kg.KindEvent, "b")},
		"voices":           {Voices: &store.IntRange{Min: ref(1)}, Datasets: []string{"a"}},
		"a claimant":       {Claimants: nodeIDs(kg.KindActor, "fleet"), HasParts: ref(true)},
		"a dataset of two": {Datasets: []string{"b"}, And: []store.EventFilter{{Datasets: []string{"a"}}}},
	} {
		wantEqual(t, "found by "+what, nodeIDs(kg.KindEvent, "a"), ids(kg.View{}, f))
	}
	wantEqual(t, "a part by either id", nodeIDs(kg.KindEvent, "c"),
		ids(kg.View{}, store.EventFilter{PartOf: nodeIDs(kg.KindEvent, "b")}))
	wantEqual(t, "on behalf of either", nodeIDs(kg.KindEvent, "c"),
		ids(kg.View{}, store.EventFilter{Participants: []store.ParticipantFilter{
			{Representing: nodeIDs(kg.KindActor, "fleet")}}}))
	wantEqual(t, "two entries need two actors", 0,
		len(ids(kg.View{}, store.EventFilter{Participants: []store.ParticipantFilter{{AnyOf: nodeIDs(kg.KindActor, "fleet")},
			{AnyOf: nodeIDs(kg.KindActor, "flota")}}})))
	wantEqual(t, "an EXACT filter", nodeIDs(kg.KindEvent, "b"),
		sorted(ids(kg.View{}, store.EventFilter{IDs: nodeIDs(kg.KindEvent, "b"), Identity: ref(kg.IdentityExact)})))
	for _, id := range []kg.ID{"actor:fleet", "actor:flota"} {
		wantEqual(t, "timeline of "+string(id), [][]kg.ID{nodeIDs(kg.KindEvent, "a c")},
			idsUnder(listPerParent(t, s.Events,
				store.EventQuery{Scope: &store.Scope{Relation: store.ActorTimeline, IDs: []kg.ID{id}}})))
		page := must[[]store.Page[store.CoParticipant]](t)(s.CoParticipants(t.Context(),
			store.CoParticipantQuery{Actors: []kg.ID{id}, Window: store.Window{Limit: 5},
				Filter: &store.EventFilter{HasParts: ref(true)}}))
		wantEqual(t, "co-participants of "+string(id),
			[]store.CoParticipant{{Actor: "actor:guard", Events: 1, First: "event:a", Last: "event:a"}}, page[0].Items)
		wantEqual(t, "claims of "+string(id), [][]kg.ID{nodeIDs(kg.KindClaim, "c e")},
			idsUnder(listPerParent(t, s.Claims,
				store.ClaimQuery{Scope: &store.Scope{Relation: store.ActorClaims, IDs: []kg.ID{id}}})))
	}
	wantEqual(t, "claims of the event", [][]kg.ID{nodeIDs(kg.KindClaim, "a b c")},
		idsUnder(listPerParent(t, s.Claims,
			store.ClaimQuery{Scope: &store.Scope{Relation: store.SubjectClaims, IDs: nodeIDs(kg.KindEvent, "b")}})))
	wantEqual(t, "actors", nodeIDs(kg.KindActor, "fleet guard post"), sorted(idsOf(list(t, s.Actors, store.ActorQuery{}))))
	wantEqual(t, "children of the merged place", nodeIDs(kg.KindLocation, "quay"),
		idsOf(listPerParent(t, s.Locations,
			store.LocationQuery{Scope: &store.Scope{Relation: store.LocationChildren,
				IDs: nodeIDs(kg.KindLocation, "port")}})[0]))
	fleet := must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, nodeIDs(kg.KindActor, "flota")))[0].(kg.Actor)
	wantEqual(t, "names of both", []kg.Name{name("en", "Fleet"), name("es", "Flota"), alias("en", "Navy of the North")},
		fleet.Names)
	hits := must[store.Page[store.Hit]](t)(s.Search(t.Context(),
		store.SearchQuery{Text: "navy of", Window: store.Window{Limit: 5}}))
	if len(hits.Items) != 1 || hits.Items[0].Node.(kg.Actor).ID != "actor:fleet" {
		t.Errorf("hits for the other's name: %+v", hits.Items)
	}
	wantEqual(t, "before the second claim is known", kg.StatusUnverified, event(known(noon(1)), "event:b").Status)
	wantEqual(t, "at an earlier moment", kg.SourceCount{Datasets: 2}, event(known(noon(2)), "event:b").Sources)

	wantEqual(t, "EXACT: results", results, queryAll(t, s, exact))
	wantEqual(t, "EXACT: status", kg.StatusUnverified, event(exact, "event:a").Status)

	// Decisions may come first without changing the result.
	whole := dump(t, s)
	again := newStore(t, h, kg.Batch{Actors: duplicates().Actors, Locations: duplicates().Locations})
	first := duplicates()
	first.Claims, first.RecordedAt = first.Claims[:2], noon(31)
	load(t, again, merges()[1], first, merges()[2], merges()[0])
	rest := duplicates()
	for _, c := range []int{3, 2} {
		load(t, again, kg.Batch{Claims: rest.Claims[c : c+1], RecordedAt: noon(31)})
	}
	wantEqual(t, "other order", whole, dump(t, again))

	// Decisions are reversed by the pair, not by the record.
	s = again
	load(t, s, decision("event:a", "event:b", false, 11), decision("location:puerto", "location:port", false, 11),
		decision("actor:flota", "actor:fleet", false, 11))
	wantEqual(t, "reversed: results", results, queryAll(t, s, kg.View{}))
	after := dump(t, s)
	before.Identities, after.Identities = nil, nil
	wantEqual(t, "reversed: stored graph", before, after)
}

func idsUnder[T kg.Identified](lists [][]T) [][]kg.ID {
	var all [][]kg.ID
	for _, l := range lists {
		all = append(all, idsOf(l))
	}
	return all
}

// queryAll returns the results of all kinds of queries about the duplicates, without their views.
func queryAll(t *testing.T, s store.Store, v kg.View) []any {
	t.Helper()
	events, actors := nodeIDs(kg.KindEvent, "a b c"), nodeIDs(kg.KindActor, "fleet flota guard post")
	var all []any
	for _, n := range must[[]kg.Node](t)(s.Nodes(t.Context(), v,
		append(append(nodeIDs(kg.KindLocation, "coast port puerto quay"), events...), actors...))) {
		switch n := n.(type) {
		case kg.Actor:
			n.View = kg.View{}
			all = append(all, n)
		case kg.Location:
			n.View = kg.View{}
			all = append(all, n)
		case kg.Event:
			n.View = kg.View{}
			all = append(all, n)
		}
	}
	claims := list(t, s.Claims, store.ClaimQuery{View: v})
	for i := range claims {
		claims[i].View = kg.View{}
	}
	buckets := must[[]store.Bucket](t)(s.Buckets(t.Context(),
		store.BucketQuery{View: v, Interval: edtf.IntervalMonth, SplitBy: store.SplitByClaimant}))
	return append(all, claims, must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), v, everyEdge, events)),
		must[[][]kg.EventState](t)(s.States(t.Context(), v, events)),
		idsOf(list(t, s.Events, store.EventQuery{View: v})),
		idsOf(list(t, s.Actors, store.ActorQuery{View: v, Order: store.ActorOrder{Field: store.ActorsByEvents}})),
		idsOf(list(t, s.Locations, store.LocationQuery{View: v})), buckets)
}

// testIdentityOtherConnection writes decisions with one store while another one is open on the same data and has read
// it.
func testIdentityOtherConnection(t *testing.T, h Harness) {
	need(t, h, "Durable", h.Capabilities.Durable)
	if h.OpenSecond == nil {
		t.Skipf("%s does not support opening data twice", h.Name)
	}
	s := newStore(t, h, duplicates())
	other := h.OpenSecond(t, s)
	events := func() []kg.ID { return sorted(idsOf(list(t, other.Events, store.EventQuery{}))) }
	wantEqual(t, "before", nodeIDs(kg.KindEvent, "a b c"), events())
	load(t, s, merges()...)
	wantEqual(t, "after", nodeIDs(kg.KindEvent, "a c"), events())
	wantEqual(t, "filtered", nodeIDs(kg.KindEvent, "a"),
		idsOf(list(t, other.Events, store.EventQuery{Filter: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, "b")}})))
	load(t, s, decision("event:a", "event:b", false, 11))
	wantEqual(t, "reversed", nodeIDs(kg.KindEvent, "a b c"), events())
}

// testIdentityContents loads different contents under one decision's id, in random orders and batches. Of the latest
// contents the one that sorts first is stored, and the graph is the same as with that one alone.
func testIdentityContents(t *testing.T, h Harness) {
	first := kg.IdentityDecision{ID: "identity:x", A: "actor:fleet", B: "actor:flota", Same: true, DecidedBy: "a test",
		DecidedAt: noon(10)}
	other := func(change func(*kg.IdentityDecision)) kg.IdentityDecision {
		d := first
		change(&d)
		return d
	}
	after := []kg.IdentityDecision{
		other(func(d *kg.IdentityDecision) { d.Score = ref(0.5) }),
		other(func(d *kg.IdentityDecision) { d.Score = ref(0.7) }),
		other(func(d *kg.IdentityDecision) { d.Reason = "a name" }),
		other(func(d *kg.IdentityDecision) { d.DecidedBy = "another editor" }),
		other(func(d *kg.IdentityDecision) { d.A, d.B = d.B, d.A }),
		other(func(d *kg.IdentityDecision) { d.B = "actor:guard" }),
		other(func(d *kg.IdentityDecision) { d.A, d.B = "location:port", "location:puerto" }),
		// sorts first but is older
		other(func(d *kg.IdentityDecision) { d.A, d.Same, d.DecidedAt = "actor:a", false, noon(9) }),
	}
	for seed := range uint64(6) {
		all := append([]kg.IdentityDecision{first}, after...)
		if variant := seed % 3; variant == 1 {
			all = append(all, other(func(d *kg.IdentityDecision) { d.Same = false })) // before SAME
		} else if variant == 2 {
			all = append(all, other(func(d *kg.IdentityDecision) { d.A, d.B, d.DecidedAt = "event:a", "event:b", noon(11) }))
		}
		want := first
		if seed%3 > 0 {
			want = all[len(all)-1]
		}
		expected := dump(t, newStore(t, h, identityContents(), kg.Batch{Identities: []kg.IdentityDecision{want}}))
		r := rand.New(rand.NewPCG(seed, 5))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		s := newStore(t, h, identityContents())
		for len(all) > 0 {
			n := 1 + r.IntN(min(3, len(all)))
			load(t, s, kg.Batch{Identities: all[:n]})
			all = all[n:]
		}
		wantEqual(t, fmt.Sprintf("order %d", seed), expected, dump(t, s))
	}
}

// identityContents returns the duplicates and one more actor.
func identityContents() kg.Batch {
	b := duplicates()
	b.Actors = append(b.Actors, kg.Actor{ID: "actor:a", Kind: kg.ActorPerson, Names: []kg.Name{name("en", "Admiral")}})
	return b
}

// testIdentityHub merges many actors with one, in one batch.
func testIdentityHub(t *testing.T, h Harness) {
	const many = 150
	b := kg.Batch{RecordedAt: noon(31)}
	for i := range many {
		id := kg.ID(fmt.Sprintf("actor:%03d", i))
		b.Actors = append(b.Actors, kg.Actor{ID: id, Kind: kg.ActorPerson,
			Names: []kg.Name{name("en", fmt.Sprint("Person ", i))}})
		b.Claims = append(b.Claims, claim(kg.ID(fmt.Sprintf("%03d", i)), kg.ID(fmt.Sprintf("event:%03d", i)), '+', 1,
			claimedBy(id), participant(id, kg.RoleSpeaker, "", "")))
		if i > 0 {
			b.Identities = append(b.Identities, decision("actor:000", id, true, 2).Identities...)
		}
	}
	s := newStore(t, h, b)
	found := list(t, s.Actors, store.ActorQuery{})
	wantEqual(t, "actors", nodeIDs(kg.KindActor, "000"), idsOf(found))
	wantEqual(t, "names", many, len(found[0].Names))
	wantEqual(t, "events", many,
		len(listPerParent(t, s.Events,
			store.EventQuery{Scope: &store.Scope{Relation: store.ActorTimeline, IDs: nodeIDs(kg.KindActor, "149")}})[0]))
}
