package identity_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/identity"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
)

func names(values ...string) []kg.Name {
	var all []kg.Name
	for _, v := range values {
		all = append(all, kg.Name{Value: v})
	}
	return all
}

func actor(id kg.ID, name, country string, more ...string) kg.Actor {
	a := kg.Actor{ID: "actor:" + id, Kind: kg.ActorPerson, Names: names(name), Country: country}
	for _, m := range more {
		if scheme, value, is := strings.Cut(m, "="); is {
			a.Identifiers = append(a.Identifiers, kg.Identifier{Scheme: scheme, Value: value})
		} else {
			a.Kind = kg.ActorKind(m)
		}
	}
	return a
}

func stored(t *testing.T, b kg.Batch) store.Store {
	t.Helper()
	s := memory.New()
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	return s
}

// suggested gives what is suggested as "a=b", the best first.
func suggested(t *testing.T, s store.Store, o identity.Options) (pairs []string, all identity.Result) {
	t.Helper()
	all, err := identity.Suggest(t.Context(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all.Suggestions {
		_, a, _ := strings.Cut(string(one.A), ":")
		_, b, _ := strings.Cut(string(one.B), ":")
		pairs = append(pairs, a+"="+b)
		// The score is what its components come to, counted again.
		sum, weight := 0.5, 1.0
		for _, c := range one.Components {
			sum, weight = sum+c.Score*c.Weight, weight+c.Weight
			if c.Score < 0 || c.Score > 1 || c.Why == "" || !strings.Contains(one.Reason(), c.Why) {
				t.Errorf("%s: %+v", pairs[len(pairs)-1], c)
			}
		}
		if math.Abs(one.Score-sum/weight) > 1e-9 {
			t.Errorf("%s scores %v, not %v", pairs[len(pairs)-1], one.Score, sum/weight)
		}
	}
	return pairs, all
}

func same(t *testing.T, got []string, want string) {
	t.Helper()
	if s := strings.Join(got, " "); s != want {
		t.Errorf("%s, want %s", s, want)
	}
}

func TestActors(t *testing.T) {
	s := stored(t, kg.Batch{
		Actors: []kg.Actor{
			actor("id1", "Alpha One", "", "wikidata=Q1"), actor("id2", "Sigma Two", "", "wikidata=Q1"),
			actor("latin", "Olena Tarasiuk", "UA"), actor("cyrillic", "Олена Тарасюк", "UA"), actor("arabic", "أولينا تاراسيوك", "UA"),
			actor("brother", "Petro Tarasiuk", "UA"), // of one family, and not the same
			actor("short", "Tarasiuk", ""),
			actor("q8", "Marko Vovk", "UA", "wikidata=Q8"), actor("q9", "Marko Vovk", "UA", "wikidata=Q9"), // somebody says that they are two
			actor("firm", "Olena Tarasiuk", "PL", "COMPANY"),
			actor("nobody", "Nobody Else", "UA"),
		},
		Locations: []kg.Location{{ID: "location:olena", Kind: kg.LocationCity, Names: names("Olena Tarasiuk")}},
	})
	got, all := suggested(t, s, identity.Options{MinScore: 0.7})
	same(t, got, "id1=id2 arabic=cyrillic arabic=latin cyrillic=latin")
	if c := all.Suggestions[0].Components[0]; c.Name != "identifiers" || c.Why != "both wikidata Q1" {
		t.Errorf("%+v", c)
	}
	low, _ := suggested(t, s, identity.Options{MinScore: 0.01})
	if at := strings.Join(low, " "); !strings.Contains(at, "q8=q9") || !strings.Contains(at, "latin=short") || strings.Contains(at, "nobody") {
		t.Errorf("%v", low)
	}
	first, _ := suggested(t, s, identity.Options{MinScore: 0.01, Limit: 2})
	same(t, first, "id1=id2 arabic=cyrillic")

	// What was decided, either way and also by way of a third, is not suggested again.
	_, err := s.Apply(t.Context(), kg.Batch{Identities: []kg.IdentityDecision{
		{ID: "identity:1", A: "actor:latin", B: "actor:cyrillic", Same: true, DecidedBy: "a person", DecidedAt: 1},
		{ID: "identity:2", A: "actor:arabic", B: "actor:latin", Same: true, DecidedBy: "a person", DecidedAt: 1},
		{ID: "identity:3", A: "actor:id2", B: "actor:id1", DecidedBy: "a person", DecidedAt: 1},
	}})
	if err != nil {
		t.Fatal(err)
	}
	got, _ = suggested(t, s, identity.Options{MinScore: 0.7})
	same(t, got, "")
}

func TestLocations(t *testing.T) {
	place := func(id kg.ID, kind kg.LocationKind, name string, lat, lon float64) kg.Location {
		return kg.Location{ID: "location:" + id, Kind: kind, Names: names(name), Point: &kg.Point{Latitude: lat, Longitude: lon}, Country: "UA"}
	}
	got, _ := suggested(t, stored(t, kg.Batch{Locations: []kg.Location{
		place("a", kg.LocationCity, "Verkhivka", 49, 30), place("b", kg.LocationCity, "Верхівка", 49.01, 30.01),
		place("far", kg.LocationCity, "Verkhivka", 47, 35), // there are many of that name
		place("near", kg.LocationCity, "Nyzhivka", 49, 30), // nothing but near
		place("x", kg.LocationRegion, "East Coast", 45, 40), place("y", kg.LocationRegion, "The east coast", 46, 40),
	}}), identity.Options{MinScore: 0.7, Kinds: []kg.NodeKind{kg.KindLocation}})
	same(t, got, "a=b x=y")
}

// TestEvents has two datasets and a paper tell of one attack, and what else there was on that day, there, or by them.
func TestEvents(t *testing.T) {
	b := kg.Batch{
		Actors:    []kg.Actor{actor("a", "A", ""), actor("a2", "A two", ""), actor("b", "B", ""), actor("c", "C", ""), actor("d", "D", "")},
		Locations: []kg.Location{{ID: "location:port", Kind: kg.LocationFacility, Names: names("Port"), Point: &kg.Point{Latitude: 46.5, Longitude: 30.7}}, {ID: "location:town", Kind: kg.LocationCity, Names: names("Town"), Point: &kg.Point{Latitude: 46.51, Longitude: 30.71}}, {ID: "location:away", Kind: kg.LocationCity, Names: names("Away"), Point: &kg.Point{Latitude: 50, Longitude: 36}}},
		Releases:  []kg.Release{{ID: "release:one", Name: "one", Release: "1"}, {ID: "release:two", Name: "two", Release: "1"}},
		// The claimants' and participants' classes count: a2 is a.
		Identities: []kg.IdentityDecision{{ID: "identity:1", A: "actor:a", B: "actor:a2", Same: true, DecidedBy: "a person", DecidedAt: 1}},
	}
	tell := func(id, release, when, place string, category kg.EventCategory, killed int, whole kg.ID, actors ...kg.ID) {
		c := kg.Claim{ID: kg.ID("claim:" + id), Subject: kg.ID("event:" + id), Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, AssertedAt: time(t, "2025-04"), Release: kg.ID(release)}
		at := time(t, when)
		c.Says = kg.Statement{Titles: names("Event " + id), Category: category, Time: &at, Modality: kg.ModalityOccurred, Places: []kg.Place{{Location: kg.ID("location:" + place), Role: kg.LocationRoleTarget}}}
		if killed > 0 {
			c.Says.Figures = []kg.Figure{{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Qualifier: kg.QualifierExact, Best: &killed}}
		}
		for _, a := range actors {
			c.Says.Participants = append(c.Says.Participants, kg.Participant{Actor: a, Role: kg.RoleInitiator})
		}
		if whole != "" {
			c.Says.Wholes = []kg.ID{whole}
		}
		if release == "" {
			c.Document = "document:paper"
		}
		b.Claims = append(b.Claims, c)
	}
	b.Documents = []kg.Document{{ID: "document:paper", Titles: names("A paper")}}
	tell("one", "release:one", "2025-03-01", "port", kg.CategoryAssault, 8, "", "actor:a", "actor:b")
	tell("two", "release:two", "2025-03-01", "town", kg.CategoryAssault, 7, "", "actor:a2", "actor:b")
	tell("paper", "", "2025-03-01T04:00:00Z", "port", kg.CategoryAssault, 8, "", "actor:a", "actor:b")
	tell("again", "release:one", "2025-03-01", "port", kg.CategoryAssault, 8, "", "actor:a", "actor:b") // of one dataset: two events
	tell("later", "release:two", "2025-03-03", "port", kg.CategoryAssault, 8, "", "actor:a", "actor:b")
	tell("away", "release:two", "2025-03-01", "away", kg.CategoryConsult, 0, "", "actor:c", "actor:d")
	tell("part", "", "2025-03-01", "port", kg.CategoryAssault, 8, "event:one", "actor:a", "actor:b") // a part is not its whole
	tell("open", "release:two", "2025-03-01/..", "port", kg.CategoryAssault, 8, "", "actor:a", "actor:b")
	got, all := suggested(t, stored(t, b), identity.Options{MinScore: 0.75})
	found := strings.Join(got, " ")
	for pair, want := range map[string]bool{
		"one=two": true, "part=two": true, "again=two": true, "again=part": true, "paper=part": false, "one=paper": true, "one=part": false, "again=one": false,
		"again=later": false, "later=two": false, "away=one": false, "one=open": false,
	} {
		if strings.Contains(found, pair) != want {
			t.Errorf("%s: want %t among %s", pair, want, found)
		}
	}
	for _, one := range all.Suggestions {
		if one.A.Kind() == kg.KindEvent && !strings.HasPrefix(one.NameA, "Event ") {
			t.Errorf("%+v", one)
		}
	}
}

func time(t *testing.T, value string) edtf.Time {
	t.Helper()
	v, err := edtf.ParseTime(value)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestBlocks: many of one name are not all compared, and those that also agree in what divides a block still are.
func TestBlocks(t *testing.T) {
	var b kg.Batch
	for i := range 400 {
		country := string(rune('A'+i%20)) + "A"
		b.Actors = append(b.Actors, actor(kg.ID(fmt.Sprintf("%03d", i)), fmt.Sprintf("Commander Number%04d", i*i), country))
	}
	b.Actors = append(b.Actors, actor("x", "Commander Vovkun", "AA"), actor("y", "Командер Вовкун", "BA"))
	for i := range 200 {
		b.Actors = append(b.Actors, actor(kg.ID(fmt.Sprintf("z%03d", i)), "The Group", "ZZ"))
	}
	got, all := suggested(t, stored(t, b), identity.Options{MinScore: 0.65})
	same(t, got, "x=y")
	if all.LeftOut != 2 { // "the group" by its name and by its word
		t.Errorf("%d blocks left out", all.LeftOut)
	}
	if n := len(b.Actors); all.Compared > n*20 {
		t.Errorf("%d nodes, %d comparisons", n, all.Compared)
	}
}

func TestKindsThatCannotBeTheSame(t *testing.T) {
	if _, err := identity.Suggest(t.Context(), memory.New(), identity.Options{Kinds: []kg.NodeKind{kg.KindClaim}}); kg.CodeOf(err) != kg.BadInput {
		t.Error(err)
	}
}
