// Package disagreements tests that stores keep the disagreements and codings of events as of any moment, also when
// places move into others after the claims about them are stored.
package disagreements

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Test runs the tests on an empty store.
func Test(t *testing.T, s store.Store) {
	d := tester{t, s}
	d.apply(kg.Batch{
		Actors: []kg.Actor{actor("actor:a"), actor("actor:b")},
		Locations: []kg.Location{
			place("location:harbour"), place("location:port"), place("location:mill"), place("location:old-port"),
			place("location:coast"),
		},
		Claims: []kg.Claim{
			claim("at-1", "event:at", "actor:a", 1, in("location:harbour")),
			claim("at-2", "event:at", "actor:b", 2, in("location:port")),
			claim("far-1", "event:far", "actor:a", 1, in("location:harbour")),
			claim("far-2", "event:far", "actor:b", 2, in("location:coast")),
			claim("dead-1", "event:dead", "actor:a", 1, killed(5)), claim("dead-2", "event:dead", "actor:b", 2, killed(9)),
			claim("dead-3", "event:dead", "actor:b", 4, killed(5)),
			claim("coded-1", "event:coded", "actor:a", 1, machine), claim("coded-2", "event:coded", "actor:b", 3),
			claim("silent", "event:silent", "actor:a", 1),
		},
	})
	d.want("at first", 0, "PLACE: at far", "FIGURES:", "MACHINE: coded", "HUMAN: at coded dead far silent")
	d.want("on the first", 1, "PLACE:", "FIGURES:", "MACHINE: coded", "HUMAN: at dead far silent")
	d.want("on the second", 2, "PLACE: at far", "FIGURES: dead", "MACHINE: coded", "HUMAN: at dead far silent")

	harbour := place("location:harbour")
	harbour.Parents = []kg.ID{"location:port"}
	d.apply(kg.Batch{Locations: []kg.Location{harbour}})
	d.want("when the harbour is known to lie in the port", 2, "PLACE: far", "FIGURES: dead")

	old := place("location:old-port")
	old.Parents = []kg.ID{"location:coast"}
	d.apply(kg.Batch{Locations: []kg.Location{old}})
	d.want("when another place lies on the coast", 0, "PLACE: far")
	same := kg.IdentityDecision{
		ID: "identity:port", A: "location:port", B: "location:old-port", Same: true, DecidedBy: "me",
		DecidedAt: moment(1),
	}
	d.apply(kg.Batch{Identities: []kg.IdentityDecision{same}})
	d.want("when that is the port", 0, "PLACE:", "EXACT PLACE: far")
	d.want("at an earlier moment", 2, "PLACE:", "EXACT PLACE: far", "FIGURES: dead")
	same.Same, same.DecidedAt = false, moment(2)
	d.apply(kg.Batch{Identities: []kg.IdentityDecision{same}})
	d.want("when it is not", 0, "PLACE: far", "EXACT PLACE: far")
}

type tester struct {
	*testing.T
	store.Store
}

func (t tester) apply(b kg.Batch) {
	t.Helper()
	if _, err := t.Apply(t.T.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// want compares the events that filters select as of noon of a day, or now for 0. A line is an aspect or a coding, and
// the names of the events.
func (t tester) want(name string, day int, lines ...string) {
	t.Helper()
	for _, line := range lines {
		term, _, _ := strings.Cut(line, ":")
		exact := kg.IdentityExact
		var f store.EventFilter
		if rest, ok := strings.CutPrefix(term, "EXACT "); ok {
			term, f.Identity = rest, &exact
		}
		if a := kg.Aspect(term); kg.Aspects.Has(a) {
			f.Disagreements = []kg.Aspect{a}
		} else {
			f.Coding = []kg.Coding{kg.Coding(term)}
		}
		v := f.InView(kg.View{})
		if day > 0 {
			at := moment(day)
			v.KnownAt = &at
		}
		for _, f := range []*store.EventFilter{&f, {Identity: f.Identity, Not: &store.EventFilter{Not: &f}}} {
			prefix, _, _ := strings.Cut(line, ":")
			if got := prefix + ":" + t.events(v, f); got != line {
				t.Errorf("%s: %q, want %q", name, got, line)
			}
		}
		buckets, err := t.Buckets(t.T.Context(), store.BucketQuery{View: v, Filter: &f, Interval: edtf.IntervalYear})
		if err != nil {
			t.Fatal(err)
		}
		counted := 0
		for _, b := range buckets {
			counted += b.Events
		}
		if want := len(strings.Fields(line[strings.Index(line, ":")+1:])); counted != want {
			t.Errorf("%s: %s: buckets count %d events, want %d", name, line, counted, want)
		}
	}
}

func (t tester) events(v kg.View, f *store.EventFilter) string {
	t.Helper()
	pages, err := t.Events(t.T.Context(), store.EventQuery{
		View: v, Filter: f, Order: (*store.EventOrder)(nil).Normalize(), Window: store.Window{Limit: 100},
	})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range pages[0].Items {
		names = append(names, " "+strings.TrimPrefix(string(e.ID), "event:"))
	}
	slices.Sort(names)
	return strings.Join(names, "")
}

func actor(id kg.ID) kg.Actor {
	return kg.Actor{ID: id, Kind: kg.ActorPerson, Names: names(id)}
}

func place(id kg.ID) kg.Location {
	return kg.Location{ID: id, Kind: kg.LocationFacility, Names: names(id)}
}

func names(id kg.ID) []kg.Name {
	return []kg.Name{{Value: string(id), Language: "en", Kind: kg.NamePrimary}}
}

// moment returns noon of a day of January 2025.
func moment(day int) edtf.Instant { return when(fmt.Sprintf("2025-01-%02dT12:00:00Z", day)).Earliest }

func when(value string) edtf.Time {
	t, err := edtf.ParseTime(value)
	if err != nil {
		panic(err) // a bug of the test
	}
	return t
}

func claim(id, subject, by kg.ID, day int, parts ...func(*kg.Claim)) kg.Claim {
	c := kg.Claim{
		ID: "claim:" + id, Subject: subject, Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, Claimants: []kg.ID{by},
		AssertedAt: when(moment(day).String()),
		Says:       kg.Statement{Titles: []kg.Name{{Value: string(subject), Language: "en"}}},
	}
	at := when("2025-01-01")
	c.Says.Time = &at
	for _, p := range parts {
		p(&c)
	}
	return c
}

func in(location kg.ID) func(*kg.Claim) {
	return func(c *kg.Claim) {
		c.Says.Places = []kg.Place{{Location: location, Role: kg.LocationRoleVenue, Precision: 1}}
	}
}

func killed(n int) func(*kg.Claim) {
	return func(c *kg.Claim) {
		c.Says.Figures = []kg.Figure{{
			Kind: kg.FigureKilled, Population: kg.PopulationTotal, Best: &n, Qualifier: kg.QualifierExact,
		}}
	}
}

func machine(c *kg.Claim) { c.Extractions = []kg.Extraction{{Tool: "extract"}} }
