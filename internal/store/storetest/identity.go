package storetest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// decision is that two nodes are, or are not, the same; its id is of the pair and the day.
func decision(a, b kg.ID, same bool, day int) kg.Batch {
	return kg.Batch{Identities: []kg.IdentityDecision{{
		ID: kg.ID(fmt.Sprintf("identity:%s=%s:%d", a, b, day)), A: a, B: b, Same: same, DecidedBy: "a test", DecidedAt: noon(day),
	}}}
}

// doubles are two datasets' rows of one raid, with a fleet, a harbour and a whole under two ids each.
func doubles() kg.Batch {
	one := func(id kg.ID, names ...kg.Name) kg.Actor {
		return kg.Actor{ID: id, Kind: kg.ActorMilitary, Names: names}
	}
	return kg.Batch{
		Actors: []kg.Actor{
			one("actor:fleet", name("en", "Fleet")), one("actor:flota", name("es", "Flota"), alias("en", "Navy of the North")), one("actor:guard", name("en", "Guard")),
			one("actor:post", name("en", "Post")),
		},
		Locations: []kg.Location{
			{ID: "location:coast", Kind: kg.LocationAdmin1, Names: []kg.Name{name("en", "Coast")}},
			{ID: "location:port", Kind: kg.LocationFacility, Names: []kg.Name{name("en", "Port")}, Point: &kg.Point{Latitude: 10, Longitude: 20}},
			{ID: "location:puerto", Kind: kg.LocationFacility, Names: []kg.Name{name("es", "Puerto")}, Parents: []kg.ID{"location:coast"}},
			{ID: "location:quay", Kind: kg.LocationFacility, Names: []kg.Name{name("en", "Quay")}, Parents: []kg.ID{"location:puerto"}},
		},
		Documents: []kg.Document{{ID: "document:d", Titles: []kg.Name{name("en", "Raid")}, Publisher: "actor:post", PublishedAt: at("2025-03-03")}},
		Releases:  []kg.Release{{ID: "release:a", Name: "a", Release: "1", ReleasedAt: at("2025-03-01")}, {ID: "release:b", Name: "b", Release: "1", ReleasedAt: at("2025-03-02")}},
		Claims: []kg.Claim{
			claim("a", "event:a", '+', 1, from("release:a"), title("en", "Raid"), killed(kg.QualifierExact, 3), when("2025-02-20"),
				participant("actor:fleet", kg.RoleInitiator, kg.SideA, ""), place("location:port", kg.LocationRoleVenue, 1)),
			claim("b", "event:b", '+', 2, from("release:b"), title("en", "Attack on the port"), killed(kg.QualifierExact, 5),
				participant("actor:flota", kg.RoleInitiator, "", ""), participant("actor:guard", kg.RoleRecipient, kg.SideB, ""), place("location:puerto", kg.LocationRoleVenue, 2)),
			claim("c", "event:b", '+', 3, in("document:d"), by("actor:flota"), answers("event:a", kg.ResponseRetaliates, "")),
			claim("e", "event:c", '+', 4, by("actor:fleet"), title("en", "Patrol"), participant("actor:flota", kg.RoleHost, "", ""), participant("actor:guard", kg.RoleParticipant, "", "actor:flota"),
				place("location:quay", kg.LocationRoleVenue, 1), whole("event:b")),
		},
		RecordedAt: noon(31),
	}
}

func united() []kg.Batch {
	return []kg.Batch{
		decision("actor:fleet", "actor:flota", true, 10), decision("location:port", "location:puerto", true, 10), decision("event:b", "event:a", true, 10),
	}
}

// testIdentity unites the doubles, before and after their claims are known, and takes everything back.
func testIdentity(t *testing.T, h Harness) {
	s := fresh(t, h, doubles())
	apart := kg.View{Identity: kg.IdentityExact}
	before, shown := dump(t, s), everything(t, s, kg.View{})
	load(t, s, united()...)

	event := func(v kg.View, id kg.ID) kg.Event {
		t.Helper()
		e, ok := must[[]kg.Node](t)(s.Nodes(t.Context(), v, []kg.ID{id}))[0].(kg.Event)
		if !ok {
			t.Fatalf("%s is not there", id)
		}
		return e
	}
	for _, id := range []kg.ID{"event:a", "event:b"} {
		e := event(kg.View{}, id)
		same(t, string(id)+": its id", kg.ID("event:a"), e.ID)
		same(t, string(id)+": status", kg.StatusCorroborated, e.Status)
		same(t, string(id)+": voices", kg.SourceCount{Documents: 1, Publishers: 1, Voices: 3}, e.Sources)
		same(t, string(id)+": toll", kg.Toll{Killed: &kg.Estimate{Low: ref(3), Best: ref(5), High: ref(5)}}, e.Toll)
		same(t, string(id)+": time, of the only one who says it", "2025-02-20", e.Time.EDTF)
		edges := must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), kg.View{}, everyEdge, []kg.ID{id}))[0]
		same(t, string(id)+": figures side by side", []kg.Figure{
			{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Best: ref(5), Qualifier: kg.QualifierExact, Claim: "claim:b"},
			{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Best: ref(3), Qualifier: kg.QualifierExact, Claim: "claim:a"},
		}, edges.Figures)
		same(t, string(id)+": two participations are one", []kg.Participation{
			{Actor: "actor:fleet", Role: kg.RoleInitiator, Side: kg.SideA, Status: kg.StatusCorroborated, Claims: []kg.ID{"claim:a", "claim:b"}},
			{Actor: "actor:guard", Role: kg.RoleRecipient, Side: kg.SideB, Status: kg.StatusUnverified, Claims: []kg.ID{"claim:b"}},
		}, edges.Participations)
		same(t, string(id)+": two places are one", []kg.EventLocation{{Location: "location:port", Role: kg.LocationRoleVenue, Precision: 2, Claims: []kg.ID{"claim:a", "claim:b"}}}, edges.Locations)
		same(t, string(id)+": it does not answer itself", 0, len(edges.RespondsTo)+len(edges.Responses))
	}
	ids := func(v kg.View, f store.EventFilter) []kg.ID {
		return idsOf(list(t, s.Events, store.EventQuery{View: v, Filter: &f}))
	}
	for what, f := range map[string]store.EventFilter{
		"a participant":       {Participants: []store.ParticipantFilter{{AnyOf: short(kg.KindActor, "flota"), Roles: []kg.ParticipantRole{kg.RoleInitiator}}}},
		"a place in its name": {Place: &store.PlaceFilter{Within: short(kg.KindLocation, "puerto"), Roles: []kg.LocationRole{kg.LocationRoleVenue}}, Participants: []store.ParticipantFilter{{Roles: []kg.ParticipantRole{kg.RoleInitiator}}}},
		"what contains it":    {Place: &store.PlaceFilter{Within: short(kg.KindLocation, "coast")}, Time: between("2025-02-20", "2025-02-20", store.Definitely)},
		"an id":               {IDs: short(kg.KindEvent, "b")},
		"voices":              {Voices: &store.IntRange{Min: ref(3)}},
		"a claimant":          {Claimants: short(kg.KindActor, "fleet"), HasParts: ref(true)},
		"a dataset of two":    {Datasets: []string{"b"}, And: []store.EventFilter{{Datasets: []string{"a"}}}},
	} {
		same(t, "found by "+what, short(kg.KindEvent, "a"), ids(kg.View{}, f))
	}
	same(t, "a part by either id", short(kg.KindEvent, "c"), ids(kg.View{}, store.EventFilter{PartOf: short(kg.KindEvent, "b")}))
	same(t, "on behalf of either", short(kg.KindEvent, "c"), ids(kg.View{}, store.EventFilter{Participants: []store.ParticipantFilter{{Representing: short(kg.KindActor, "fleet")}}}))
	same(t, "two entries need two actors", 0, len(ids(kg.View{}, store.EventFilter{Participants: []store.ParticipantFilter{{AnyOf: short(kg.KindActor, "fleet")}, {AnyOf: short(kg.KindActor, "flota")}}})))
	same(t, "a filter reads apart", short(kg.KindEvent, "b"), sorted(ids(kg.View{}, store.EventFilter{IDs: short(kg.KindEvent, "b"), Identity: ref(kg.IdentityExact)})))
	for _, id := range []kg.ID{"actor:fleet", "actor:flota"} {
		same(t, "timeline of "+string(id), [][]kg.ID{short(kg.KindEvent, "a c")}, idsUnder(wholes(t, s.Events, store.EventQuery{Scope: &store.Scope{Relation: store.ActorTimeline, IDs: []kg.ID{id}}})))
		page := must[[]store.Page[store.CoParticipant]](t)(s.CoParticipants(t.Context(), store.CoParticipantQuery{Actors: []kg.ID{id}, Window: store.Window{Limit: 5}, Filter: &store.EventFilter{HasParts: ref(true)}}))
		same(t, "together with "+string(id), []store.CoParticipant{{Actor: "actor:guard", Events: 1, First: "event:a", Last: "event:a"}}, page[0].Items)
		same(t, "claims of "+string(id), [][]kg.ID{short(kg.KindClaim, "c e")}, idsUnder(wholes(t, s.Claims, store.ClaimQuery{Scope: &store.Scope{Relation: store.ActorClaims, IDs: []kg.ID{id}}})))
	}
	same(t, "claims of the event", [][]kg.ID{short(kg.KindClaim, "a b c")}, idsUnder(wholes(t, s.Claims, store.ClaimQuery{Scope: &store.Scope{Relation: store.SubjectClaims, IDs: short(kg.KindEvent, "b")}})))
	same(t, "actors", short(kg.KindActor, "fleet guard post"), sorted(idsOf(list(t, s.Actors, store.ActorQuery{}))))
	same(t, "places in the one", short(kg.KindLocation, "quay"), idsOf(wholes(t, s.Locations, store.LocationQuery{Scope: &store.Scope{Relation: store.LocationChildren, IDs: short(kg.KindLocation, "port")}})[0]))
	fleet := must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, short(kg.KindActor, "flota")))[0].(kg.Actor)
	same(t, "names of both", []kg.Name{name("en", "Fleet"), name("es", "Flota"), alias("en", "Navy of the North")}, fleet.Names)
	hits := must[store.Page[store.Hit]](t)(s.Search(t.Context(), store.SearchQuery{Text: "navy of", Window: store.Window{Limit: 5}}))
	if len(hits.Items) != 1 || hits.Items[0].Node.(kg.Actor).ID != "actor:fleet" {
		t.Errorf("found by a name of the other: %+v", hits.Items)
	}
	same(t, "as known before the second", kg.StatusUnverified, event(known(noon(1)), "event:b").Status)
	same(t, "as known then", kg.SourceCount{Voices: 2}, event(known(noon(2)), "event:b").Sources)

	same(t, "apart: all is as it was", shown, everything(t, s, apart))
	same(t, "apart: status", kg.StatusUnverified, event(apart, "event:a").Status)

	// The decisions may come first: what is stored is the same.
	whole := dump(t, s)
	again := fresh(t, h, kg.Batch{Actors: doubles().Actors, Locations: doubles().Locations})
	first := doubles()
	first.Claims, first.RecordedAt = first.Claims[:2], noon(31)
	load(t, again, united()[1], first, united()[2], united()[0])
	rest := doubles()
	for _, c := range []int{3, 2} {
		load(t, again, kg.Batch{Claims: rest.Claims[c : c+1], RecordedAt: noon(31)})
	}
	same(t, "in another order", whole, dump(t, again))

	// Taken back, by the pair and not by the record.
	s = again
	load(t, s, decision("event:a", "event:b", false, 11), decision("location:puerto", "location:port", false, 11), decision("actor:flota", "actor:fleet", false, 11))
	same(t, "taken back: what is shown", shown, everything(t, s, kg.View{}))
	after := dump(t, s)
	before.Identities, after.Identities = nil, nil
	same(t, "taken back: what is stored", before, after)
}

func idsUnder[T kg.Identified](lists [][]T) [][]kg.ID {
	var all [][]kg.ID
	for _, l := range lists {
		all = append(all, idsOf(l))
	}
	return all
}

// everything is what queries for all of the doubles show, without their views.
func everything(t *testing.T, s store.Store, v kg.View) []any {
	t.Helper()
	events, actors := short(kg.KindEvent, "a b c"), short(kg.KindActor, "fleet flota guard post")
	var all []any
	for _, n := range must[[]kg.Node](t)(s.Nodes(t.Context(), v, append(append(short(kg.KindLocation, "coast port puerto quay"), events...), actors...))) {
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
	buckets := must[[]store.Bucket](t)(s.Buckets(t.Context(), store.BucketQuery{View: v, Interval: edtf.IntervalMonth, SplitBy: store.SplitByClaimant}))
	return append(all, claims, must[[]kg.EventEdges](t)(s.EventEdges(t.Context(), v, everyEdge, events)), must[[][]kg.EventState](t)(s.States(t.Context(), v, events)),
		idsOf(list(t, s.Events, store.EventQuery{View: v})), idsOf(list(t, s.Actors, store.ActorQuery{View: v, Order: store.ActorOrder{Field: store.ActorsByEvents}})),
		idsOf(list(t, s.Locations, store.LocationQuery{View: v})), buckets)
}

// testIdentityElsewhere lets one store decide while another one, open beside it, has read already.
func testIdentityElsewhere(t *testing.T, h Harness) {
	need(t, h, "Durable", h.Capabilities.Durable)
	if h.Beside == nil {
		t.Skipf("%s cannot be open twice", h.Name)
	}
	s := fresh(t, h, doubles())
	other := h.Beside(t, s)
	events := func() []kg.ID { return sorted(idsOf(list(t, other.Events, store.EventQuery{}))) }
	same(t, "before", short(kg.KindEvent, "a b c"), events())
	load(t, s, united()...)
	same(t, "after", short(kg.KindEvent, "a c"), events())
	same(t, "nothing but what is found", short(kg.KindEvent, "a"), idsOf(list(t, other.Events, store.EventQuery{Filter: &store.EventFilter{IDs: short(kg.KindEvent, "b")}})))
	load(t, s, decision("event:a", "event:b", false, 11))
	same(t, "taken back", short(kg.KindEvent, "a b c"), events())
}

// testIdentityContents gives one decision's id many contents, in random orders and batches. The one that sorts first among
// the latest is kept, and the graph is as if there had been no other.
func testIdentityContents(t *testing.T, h Harness) {
	first := kg.IdentityDecision{ID: "identity:x", A: "actor:fleet", B: "actor:flota", Same: true, DecidedBy: "a test", DecidedAt: noon(10)}
	other := func(change func(*kg.IdentityDecision)) kg.IdentityDecision {
		d := first
		change(&d)
		return d
	}
	after := []kg.IdentityDecision{
		other(func(d *kg.IdentityDecision) { d.Score = ref(0.5) }),
		other(func(d *kg.IdentityDecision) { d.Score = ref(0.7) }),
		other(func(d *kg.IdentityDecision) { d.Reason = "a name" }),
		other(func(d *kg.IdentityDecision) { d.DecidedBy = "somebody" }),
		other(func(d *kg.IdentityDecision) { d.A, d.B = d.B, d.A }),
		other(func(d *kg.IdentityDecision) { d.B = "actor:guard" }),
		other(func(d *kg.IdentityDecision) { d.A, d.B = "location:port", "location:puerto" }),
		other(func(d *kg.IdentityDecision) { d.A, d.Same, d.DecidedAt = "actor:a", false, noon(9) }), // sorts first, but is older
	}
	for seed := range uint64(6) {
		all := append([]kg.IdentityDecision{first}, after...)
		if kept := seed % 3; kept == 1 {
			all = append(all, other(func(d *kg.IdentityDecision) { d.Same = false })) // before SAME
		} else if kept == 2 {
			all = append(all, other(func(d *kg.IdentityDecision) { d.A, d.B, d.DecidedAt = "event:a", "event:b", noon(11) }))
		}
		want := first
		if seed%3 > 0 {
			want = all[len(all)-1]
		}
		expected := dump(t, fresh(t, h, identityContents(), kg.Batch{Identities: []kg.IdentityDecision{want}}))
		r := rand.New(rand.NewPCG(seed, 5))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		s := fresh(t, h, identityContents())
		for len(all) > 0 {
			n := 1 + r.IntN(min(3, len(all)))
			load(t, s, kg.Batch{Identities: all[:n]})
			all = all[n:]
		}
		same(t, fmt.Sprintf("order %d", seed), expected, dump(t, s))
	}
}

// identityContents are the doubles and one actor more.
func identityContents() kg.Batch {
	b := doubles()
	b.Actors = append(b.Actors, kg.Actor{ID: "actor:a", Kind: kg.ActorPerson, Names: []kg.Name{name("en", "Admiral")}})
	return b
}

// testIdentityHub makes many actors one with one decision each, in one batch.
func testIdentityHub(t *testing.T, h Harness) {
	const many = 150
	b := kg.Batch{RecordedAt: noon(31)}
	for i := range many {
		id := kg.ID(fmt.Sprintf("actor:%03d", i))
		b.Actors = append(b.Actors, kg.Actor{ID: id, Kind: kg.ActorPerson, Names: []kg.Name{name("en", fmt.Sprint("Somebody ", i))}})
		b.Claims = append(b.Claims, claim(kg.ID(fmt.Sprintf("%03d", i)), kg.ID(fmt.Sprintf("event:%03d", i)), '+', 1, by(id), participant(id, kg.RoleSpeaker, "", "")))
		if i > 0 {
			b.Identities = append(b.Identities, decision("actor:000", id, true, 2).Identities...)
		}
	}
	s := fresh(t, h, b)
	found := list(t, s.Actors, store.ActorQuery{})
	same(t, "actors", short(kg.KindActor, "000"), idsOf(found))
	same(t, "names", many, len(found[0].Names))
	same(t, "events", many, len(wholes(t, s.Events, store.EventQuery{Scope: &store.Scope{Relation: store.ActorTimeline, IDs: short(kg.KindActor, "149")}})[0]))
}
