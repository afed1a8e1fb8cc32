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
		if scheme, value, ok := strings.Cut(m, "="); ok {
			a.Identifiers = append(a.Identifiers, kg.Identifier{Scheme: scheme, Value: value})
		} else {
			a.Kind = kg.ActorKind(m)
		}
	}
	return a
}

func newStore(t *testing.T, b kg.Batch) store.Store {
	t.Helper()
	s := memory.New()
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	return s
}

// suggest returns the suggested pairs as "a=b", the best first, and checks their scores.
func suggest(t *testing.T, s store.Store, o identity.Options) (pairs []string, all identity.Result) {
	t.Helper()
	all, err := identity.Suggest(t.Context(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, suggestion := range all.Suggestions {
		_, a, _ := strings.Cut(string(suggestion.A), ":")
		_, b, _ := strings.Cut(string(suggestion.B), ":")
		pairs = append(pairs, a+"="+b)
		// The score is computed again from the components.
		sum, weight := 0.5, 1.0
		for _, c := range suggestion.Components {
			sum, weight = sum+c.Score*c.Weight, weight+c.Weight
			if c.Score < 0 || c.Score > 1 || c.Why == "" || !strings.Contains(suggestion.Reason(), c.Why) {
				t.Errorf("%s: %+v", pairs[len(pairs)-1], c)
			}
		}
		if math.Abs(suggestion.Score-sum/weight) > 1e-9 {
			t.Errorf("%s scores %v, not %v", pairs[len(pairs)-1], suggestion.Score, sum/weight)
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
	s := newStore(t, kg.Batch{
		Actors: []kg.Actor{
			actor("id1", "Alpha One", "", "wikidata=Q1"), actor("id2", "Sigma Two", "", "wikidata=Q1"),
			actor("latin", "Olena Tarasiuk", "UA"), actor("cyrillic", "Олена Тарасюк", "UA"),
			actor("arabic", "أولينا تاراسيوك", "UA"),
			actor("brother", "Petro Tarasiuk", "UA"), // of the same family
			actor("short", "Tarasiuk", ""),
			// Two people of one name, by their identifiers.
			actor("q8", "Marko Vovk", "UA", "wikidata=Q8"), actor("q9", "Marko Vovk", "UA", "wikidata=Q9"),
			actor("firm", "Olena Tarasiuk", "PL", "COMPANY"),
			actor("unlike", "Nothing Similar", "UA"),
		},
		Locations: []kg.Location{{ID: "location:olena", Kind: kg.LocationCity, Names: names("Olena Tarasiuk")}},
	})
	got, all := suggest(t, s, identity.Options{MinScore: 0.7})
	same(t, got, "id1=id2 arabic=cyrillic arabic=latin cyrillic=latin")
	if c := all.Suggestions[0].Components[0]; c.Name != "identifiers" || c.Why != "both wikidata Q1" {
		t.Errorf("%+v", c)
	}
	low, _ := suggest(t, s, identity.Options{MinScore: 0.01})
	pairs := strings.Join(low, " ")
	if !strings.Contains(pairs, "q8=q9") || !strings.Contains(pairs, "latin=short") || strings.Contains(pairs, "unlike") {
		t.Errorf("%v", low)
	}
	first, _ := suggest(t, s, identity.Options{MinScore: 0.01, Limit: 2})
	same(t, first, "id1=id2 arabic=cyrillic")

	// Decided pairs are not suggested, whether the same or not, also if decided through a third node.
	_, err := s.Apply(t.Context(), kg.Batch{Identities: []kg.IdentityDecision{
		{ID: "identity:1", A: "actor:latin", B: "actor:cyrillic", Same: true, DecidedBy: "a person", DecidedAt: 1},
		{ID: "identity:2", A: "actor:arabic", B: "actor:latin", Same: true, DecidedBy: "a person", DecidedAt: 1},
		{ID: "identity:3", A: "actor:id2", B: "actor:id1", DecidedBy: "a person", DecidedAt: 1},
	}})
	if err != nil {
		t.Fatal(err)
	}
	got, _ = suggest(t, s, identity.Options{MinScore: 0.7})
	same(t, got, "")
}

func TestLocations(t *testing.T) {
	place := func(id kg.ID, kind kg.LocationKind, name string, lat, lon float64) kg.Location {
		return kg.Location{
			ID: "location:" + id, Kind: kind, Names: names(name), Country: "UA",
			Point: &kg.Point{Latitude: lat, Longitude: lon},
		}
	}
	got, _ := suggest(t, newStore(t, kg.Batch{Locations: []kg.Location{
		place("a", kg.LocationCity, "Verkhivka", 49, 30), place("b", kg.LocationCity, "Верхівка", 49.01, 30.01),
		place("far", kg.LocationCity, "Verkhivka", 47, 35), // another place of that name
		place("near", kg.LocationCity, "Nyzhivka", 49, 30), // near, with another name
		place("x", kg.LocationRegion, "East Coast", 45, 40), place("y", kg.LocationRegion, "The east coast", 46, 40),
	}}), identity.Options{MinScore: 0.7, Kinds: []kg.NodeKind{kg.KindLocation}})
	same(t, got, "a=b x=y")
}

// TestEvents compares reports of one attack by two data sets and a paper, and other events of that day, place or
// actors.
func TestEvents(t *testing.T) {
	place := func(id kg.ID, kind kg.LocationKind, lat, lon float64) kg.Location {
		point := &kg.Point{Latitude: lat, Longitude: lon}
		return kg.Location{ID: "location:" + id, Kind: kind, Names: names(string(id)), Point: point}
	}
	b := kg.Batch{
		Actors: []kg.Actor{
			actor("a", "A", ""), actor("a2", "A two", ""), actor("b", "B", ""), actor("c", "C", ""), actor("d", "D", ""),
		},
		Locations: []kg.Location{
			place("port", kg.LocationFacility, 46.5, 30.7),
			place("town", kg.LocationCity, 46.51, 30.71),
			place("away", kg.LocationCity, 50, 36),
		},
		Releases: []kg.Release{
			{ID: "release:one", Name: "one", Release: "1"}, {ID: "release:two", Name: "two", Release: "1"},
		},
		// Participants are compared by identity class.
		Identities: []kg.IdentityDecision{
			{ID: "identity:1", A: "actor:a", B: "actor:a2", Same: true, DecidedBy: "a person", DecidedAt: 1},
		},
	}
	report := func(id, release, when, place string, category kg.EventCategory, killed int, whole kg.ID, actors ...kg.ID) {
		c := kg.Claim{
			ID: kg.ID("claim:" + id), Subject: kg.ID("event:" + id), Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			AssertedAt: time(t, "2025-04"), Release: kg.ID(release),
		}
		at := time(t, when)
		c.Says = kg.Statement{
			Titles: names("Event " + id), Category: category, Time: &at, Modality: kg.ModalityOccurred,
			Places: []kg.Place{{Location: kg.ID("location:" + place), Role: kg.LocationRoleTarget}},
		}
		if killed > 0 {
			c.Says.Figures = []kg.Figure{
				{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Qualifier: kg.QualifierExact, Best: &killed},
			}
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
	report("one", "release:one", "2025-03-01", "port", kg.CategoryAssault, 8, "", "actor:a", "actor:b")
	report("two", "release:two", "2025-03-01", "town", kg.CategoryAssault, 7, "", "actor:a2", "actor:b")
	report("paper", "", "2025-03-01T04:00:00Z", "port", kg.CategoryAssault, 8, "", "actor:a", "actor:b")
	// Of the same data set as event:one, hence another event.
	report("again", "release:one", "2025-03-01", "port", kg.CategoryAssault, 8, "", "actor:a", "actor:b")
	report("later", "release:two", "2025-03-03", "port", kg.CategoryAssault, 8, "", "actor:a", "actor:b")
	report("away", "release:two", "2025-03-01", "away", kg.CategoryConsult, 0, "", "actor:c", "actor:d")
	// A part is not the same as its whole.
	report("part", "", "2025-03-01", "port", kg.CategoryAssault, 8, "event:one", "actor:a", "actor:b")
	report("open", "release:two", "2025-03-01/..", "port", kg.CategoryAssault, 8, "", "actor:a", "actor:b")
	got, all := suggest(t, newStore(t, b), identity.Options{MinScore: 0.75})
	found := strings.Join(got, " ")
	for pair, want := range map[string]bool{
		"one=two": true, "part=two": true, "again=two": true, "again=part": true, "paper=part": false, "one=paper": true,
		"one=part": false, "again=one": false, "again=later": false, "later=two": false, "away=one": false, "one=open": false,
	} {
		if strings.Contains(found, pair) != want {
			t.Errorf("%s: want %t among %s", pair, want, found)
		}
	}
	for _, s := range all.Suggestions {
		if s.A.Kind() == kg.KindEvent && !strings.HasPrefix(s.NameA, "Event ") {
			t.Errorf("%+v", s)
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

// TestBlocks has blocks that are too large: their nodes are compared only within a country.
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
	got, all := suggest(t, newStore(t, b), identity.Options{MinScore: 0.65})
	same(t, got, "x=y")
	if all.LeftOut != 2 { // "The Group" by name and by word
		t.Errorf("%d blocks left out", all.LeftOut)
	}
	if n := len(b.Actors); all.Compared > n*20 {
		t.Errorf("%d nodes, %d comparisons", n, all.Compared)
	}
}

func TestUnsupportedKind(t *testing.T) {
	_, err := identity.Suggest(t.Context(), memory.New(), identity.Options{Kinds: []kg.NodeKind{kg.KindClaim}})
	if kg.CodeOf(err) != kg.BadInput {
		t.Error(err)
	}
}
