// Package maps is the part of the conformance suite about clusters of events on a map: their cells, how precisely the
// places in them are known, and the groups that they are divided into.
package maps

import (
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"casus/internal/edtf"
	"casus/internal/geo"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// Test reads clusters of an empty store, into which it loads events at places of all precisions.
func Test(t *testing.T, s store.Store) {
	c := tester{t, s}
	c.apply(world())
	early := day(2).Earliest
	const west = "0 0 45 40.979898 at 10.6 10.6"
	const east = "90 40.979898 135 66.513260 at 60 100"
	const upTo4 = " 3:1~80 4:1~80 5:1~80 6:2"
	c.check("precisions", store.ClusterQuery{Zoom: 1},
		west+" events 7 1:2"+upTo4+" =1 UA=1", east+" events 1 7:1")
	c.check("a claim that is not known yet", store.ClusterQuery{Zoom: 1, View: kg.View{KnownAt: &early}},
		west+" events 7 1:1 2:1~25"+upTo4+" =1 UA=1", east+" events 1 7:1")
	c.check("of one event", store.ClusterQuery{Zoom: 1, Filter: &store.EventFilter{IDs: []kg.ID{"event:near"}}},
		"0 0 45 40.979898 at 10 10 events 1 1:1")
	c.check("the middle of a country", store.ClusterQuery{Filter: &store.EventFilter{IDs: []kg.ID{"event:country"}}},
		"0 0 90 66.513260 at 15 15 events 1 6:1 UA=1")
	c.check("by actor, one of them", store.ClusterQuery{Zoom: 1, SplitBy: store.SplitByActor, Top: 1, Sums: sums.Killed},
		west+" events 7 1:2"+upTo4+" =1 UA=1 ''=4 actor:x=2 killed 3 others=2 killed 6 killed 7",
		east+" events 1 7:1 actor:x=1 killed 8 killed 8")
	c.check("by country", store.ClusterQuery{Zoom: 1, SplitBy: store.SplitByCountry},
		west+" events 7 1:2"+upTo4+" =1 UA=1 UA=5 ''=2", east+" events 1 7:1 RU=1")
	c.check("by category", store.ClusterQuery{Zoom: 1, SplitBy: store.SplitByCategory},
		west+" events 7 1:2"+upTo4+" =1 UA=1 OTHER=7", east+" events 1 7:1 OTHER=1")
	c.apply(kg.Batch{Locations: []kg.Location{location("village", kg.LocationCity, "PL", 10, 10)}})
	c.check("a country that becomes known", store.ClusterQuery{Zoom: 1},
		west+" events 7 1:2"+upTo4+" PL=1 UA=1", east+" events 1 7:1")
	far := location("town", kg.LocationCity, "UA", 10, 10)
	far.RadiusKm = 40
	wide := location("oblast", kg.LocationAdmin1, "UA", 12, 12)
	wide.Box = &geo.Box{West: 10, South: 11, East: 14, North: 13}
	c.apply(kg.Batch{Locations: []kg.Location{far, wide}})
	// The corners of the box are 244.652 km away by the spherical law of cosines.
	c.check("extents that become known", store.ClusterQuery{Zoom: 1},
		west+" events 7 1:2~40 3:1~40 4:1~244.652 5:1~80 6:2 PL=1 UA=1", east+" events 1 7:1")
	shape, err := geo.ParseShape([]byte(`{"type":"Polygon","coordinates":[[[12,11.5],[12.5,12],[11.5,12],[12,11.5]]]}`))
	if err != nil {
		t.Fatal(err)
	}
	wide.Shape = shape
	c.apply(kg.Batch{Locations: []kg.Location{wide}})
	c.check("a shape before a box", store.ClusterQuery{Zoom: 1, Sums: sums.Killed,
		Filter: &store.EventFilter{IDs: []kg.ID{"event:oblast"}}}, "0 0 45 40.979898 at 12 12 events 1 4:1~55.598")
	for top, code := range map[int]kg.ErrorCode{-1: kg.BadInput, store.MaxBucketGroups + 1: kg.LimitExceeded} {
		if _, err := s.Clusters(t.Context(), store.ClusterQuery{Top: top}); kg.CodeOf(err) != code {
			t.Errorf("top %d: %v, want %s", top, err, code)
		}
	}
}

type tester struct {
	*testing.T
	store.Store
}

func (c tester) apply(b kg.Batch) {
	c.Helper()
	if _, err := c.Apply(c.Context(), b); err != nil {
		c.Fatal(err)
	}
}

// check compares clusters as "west south east north at latitude longitude events n precision:events~radius
// country=events group=events".
func (c tester) check(name string, q store.ClusterQuery, want ...string) {
	c.Helper()
	found, err := c.Clusters(c.Context(), q)
	if err != nil {
		c.Fatal(err)
	}
	var got []string
	for _, f := range found {
		line := fmt.Sprintf("%v %s %v %s at %.4g %.4g events %d", f.Cell.West, degrees(f.Cell.South), f.Cell.East,
			degrees(f.Cell.North), f.Point.Latitude, f.Point.Longitude, f.Events)
		for _, p := range f.Precisions {
			line += fmt.Sprintf(" %d:%d", p.Precision, p.Events)
			if p.RadiusKm > 0 {
				line += fmt.Sprint("~", p.RadiusKm)
			}
		}
		for _, p := range f.Countries {
			line += fmt.Sprintf(" %s=%d", p.Country, p.Events)
		}
		for _, g := range f.Groups {
			key := g.Key
			if key == "" {
				key = "''"
			}
			if g.Others {
				key = "others"
			}
			line += fmt.Sprintf(" %s=%d%s", key, g.Events, killed(g.Sums))
		}
		got = append(got, line+killed(f.Sums))
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		c.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func degrees(angle float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.6f", angle), ".000000")
}

func killed(all sums.Sums) string {
	if sum := all.Killed(); sum != nil && sum.Low > 0 {
		return fmt.Sprintf(" killed %d", sum.Low)
	}
	return ""
}

// world has eight events on a map and one at a place without a point. What event:near states of its place becomes more
// precise on the 3rd.
func world() kg.Batch {
	nowhere := location("nowhere", kg.LocationCity, "UA", 0, 0)
	nowhere.Point = nil
	at := func(place string, role kg.LocationRole, precision int) kg.Place {
		return kg.Place{Location: kg.ID("location:" + place), Role: role, Precision: precision}
	}
	venue := func(place string, precision int) kg.Place { return at(place, kg.LocationRoleVenue, precision) }
	return kg.Batch{
		RecordedAt: day(20).Earliest,
		Actors: []kg.Actor{
			{ID: "actor:x", Kind: kg.ActorPerson, Names: named("x")}, {ID: "actor:y", Kind: kg.ActorPerson, Names: named("y")},
		},
		Locations: []kg.Location{
			location("town", kg.LocationCity, "UA", 10, 10), location("village", kg.LocationCity, "", 10, 10),
			location("oblast", kg.LocationAdmin1, "UA", 12, 12), location("sea", kg.LocationWater, "", 11, 11),
			location("country", kg.LocationCountry, "UA", 15, 15), location("other", kg.LocationCountry, "RU", 60, 100),
			nowhere,
		},
		Claims: []kg.Claim{
			claim("exact", 1, 1, []kg.ID{"actor:x"}, venue("town", 1)),
			claim("near", 1, 2, []kg.ID{"actor:x", "actor:y"}, venue("town", 2)),
			claim("near", 3, 2, []kg.ID{"actor:x", "actor:y"}, venue("town", 1)),
			claim("oblast", 1, 0, nil, venue("oblast", 0)),
			claim("country", 1, 4, []kg.ID{"actor:y"}, venue("country", 0)),
			claim("somewhere", 1, 0, nil, venue("village", 6)),
			claim("district", 1, 0, nil, at("country", kg.LocationRoleOrigin, 0), at("town", kg.LocationRoleTarget, 3)),
			claim("sea", 1, 0, nil, venue("sea", 0)),
			claim("unknown", 1, 8, []kg.ID{"actor:x"}, venue("other", 7)),
			claim("nowhere", 1, 16, []kg.ID{"actor:y"}, venue("nowhere", 1)),
		},
	}
}

func location(id string, kind kg.LocationKind, country string, latitude, longitude float64) kg.Location {
	return kg.Location{
		ID: kg.ID("location:" + id), Kind: kind, Names: named(id), Country: country,
		Point: &kg.Point{Latitude: latitude, Longitude: longitude},
	}
}

func named(name string) []kg.Name {
	return []kg.Name{{Value: name, Language: "en", Kind: kg.NamePrimary}}
}

// claim says on a day of March 2025 that an event happened at places, that actors took part, and how many were killed.
func claim(event string, on, dead int, actors []kg.ID, places ...kg.Place) kg.Claim {
	c := kg.Claim{
		ID: kg.ID(fmt.Sprintf("claim:%s-%d", event, on)), Subject: kg.ID("event:" + event), Aspect: kg.AspectOccurrence,
		Stance: kg.StanceAsserts, AssertedAt: *day(on),
		Says: kg.Statement{Titles: []kg.Name{{Value: event, Language: "en"}}, Places: places},
	}
	if dead > 0 {
		c.Says.Figures = []kg.Figure{{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Qualifier: kg.QualifierExact,
			Best: &dead}}
	}
	for _, a := range actors {
		c.Says.Participants = append(c.Says.Participants, kg.Participant{Actor: a, Role: kg.RoleVictim})
	}
	return c
}

func day(n int) *edtf.Time {
	t, err := edtf.ParseTime(fmt.Sprintf("2025-03-%02dT12:00:00Z", n))
	if err != nil {
		panic(err) // a bug of the suite
	}
	return &t
}
