// Package stances tests that stores count the claims about events by stance, as of any moment, in both identity modes.
package stances

import (
	"fmt"
	"reflect"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/stance"
	"casus/internal/store"
)

// Test runs the test on an empty store. The agency has two records, so its second claim takes back the first one only
// in the RESOLVED view. The weir is the dam.
func Test(t *testing.T, s store.Store) {
	same := func(id, a, b kg.ID) kg.IdentityDecision {
		return kg.IdentityDecision{ID: "identity:" + id, A: a, B: b, Same: true, DecidedBy: "me", DecidedAt: noon(1)}
	}
	b := kg.Batch{
		Actors: []kg.Actor{actor("actor:agency"), actor("actor:agency-2"), actor("actor:army"), actor("actor:mayor")},
		Claims: []kg.Claim{
			claim("a", "event:dam", kg.StanceAsserts, "actor:agency", 1),
			claim("b", "event:dam", kg.StanceConfirms, "actor:mayor", 2),
			claim("c", "event:dam", kg.StanceDenies, "actor:army", 3),
			claim("d", "event:dam", kg.StanceDisputes, "actor:army", 3),
			claim("e", "event:dam", kg.StanceAsserts, "actor:agency-2", 4, "claim:a"),
			claim("f", "event:dam", kg.StanceRetracts, "actor:mayor", 5, "claim:b"),
			claim("g", "event:weir", kg.StanceAsserts, "actor:mayor", 2),
			claim("h", "event:weir", kg.StanceDenies, "actor:army", 6),
			claim("i", "event:bridge", kg.StanceAsserts, "actor:army", 1),
			claim("j", "event:bridge", kg.StanceRetracts, "actor:army", 1, "claim:i"),
		},
		Identities: []kg.IdentityDecision{
			same("agency", "actor:agency", "actor:agency-2"), same("dam", "event:dam", "event:weir"),
		},
	}
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	none := stance.Counts{}
	events := []kg.ID{"event:dam", "event:weir", "event:bridge", "event:unknown", "event:dam"}
	for _, c := range []struct {
		day               int // 0: now
		identity          kg.IdentityMode
		dam, weir, bridge stance.Counts
	}{
		{0, kg.IdentityResolved, stance.Counts{Asserts: 2, Denies: 2, Disputes: 1, Retracts: 1, Withdrawn: 2},
			stance.Counts{Asserts: 2, Denies: 2, Disputes: 1, Retracts: 1, Withdrawn: 2},
			stance.Counts{Retracts: 1, Withdrawn: 1}},
		{0, kg.IdentityExact, stance.Counts{Asserts: 2, Denies: 1, Disputes: 1, Retracts: 1, Withdrawn: 1},
			stance.Counts{Asserts: 1, Denies: 1}, stance.Counts{Retracts: 1, Withdrawn: 1}},
		{1, kg.IdentityResolved, stance.Counts{Asserts: 1}, stance.Counts{Asserts: 1},
			stance.Counts{Retracts: 1, Withdrawn: 1}},
		{3, kg.IdentityResolved, stance.Counts{Asserts: 2, Confirms: 1, Denies: 1, Disputes: 1},
			stance.Counts{Asserts: 2, Confirms: 1, Denies: 1, Disputes: 1}, stance.Counts{Retracts: 1, Withdrawn: 1}},
		{3, kg.IdentityExact, stance.Counts{Asserts: 1, Confirms: 1, Denies: 1, Disputes: 1}, stance.Counts{Asserts: 1},
			stance.Counts{Retracts: 1, Withdrawn: 1}},
		{4, kg.IdentityResolved, stance.Counts{Asserts: 2, Confirms: 1, Denies: 1, Disputes: 1, Withdrawn: 1},
			stance.Counts{Asserts: 2, Confirms: 1, Denies: 1, Disputes: 1, Withdrawn: 1},
			stance.Counts{Retracts: 1, Withdrawn: 1}},
		{4, kg.IdentityExact, stance.Counts{Asserts: 2, Confirms: 1, Denies: 1, Disputes: 1}, stance.Counts{Asserts: 1},
			stance.Counts{Retracts: 1, Withdrawn: 1}},
	} {
		v := kg.View{Identity: c.identity}
		if c.day > 0 {
			at := noon(c.day)
			v.KnownAt = &at
		}
		got, err := s.ClaimCounts(t.Context(), v, events)
		if err != nil {
			t.Fatal(err)
		}
		if want := []stance.Counts{c.dam, c.weir, c.bridge, none, c.dam}; !reflect.DeepEqual(got, want) {
			t.Errorf("day %d, %s:\n%+v, want\n%+v", c.day, c.identity, got, want)
		}
		compareTotals(t, s, v, events, got)
	}
	if got, err := s.ClaimCounts(t.Context(), kg.View{}, nil); err != nil || len(got) != 0 {
		t.Errorf("%v, %v for no events", got, err)
	}
}

// compareTotals fails if the counts of an event are not as many as the claims that are listed about it.
func compareTotals(t *testing.T, s store.Store, v kg.View, events []kg.ID, counts []stance.Counts) {
	t.Helper()
	pages, err := s.Claims(t.Context(), store.ClaimQuery{
		View: v, Total: true, Order: (*store.ClaimOrder)(nil).Normalize(),
		Scope: &store.Scope{Relation: store.SubjectClaims, IDs: events},
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range pages {
		if got := counts[i].All(); got != *p.Total {
			t.Errorf("%s has %d claims by stance, %d are listed", events[i], got, *p.Total)
		}
	}
}

func actor(id kg.ID) kg.Actor {
	name := kg.Name{Value: string(id), Language: "en", Kind: kg.NamePrimary}
	return kg.Actor{ID: id, Kind: kg.ActorPerson, Names: []kg.Name{name}}
}

// noon is the middle of a day of January 2025.
func noon(day int) edtf.Instant { return at(day).Earliest }

func at(day int) edtf.Time {
	t, err := edtf.ParseTime(fmt.Sprintf("2025-01-%02dT12:00:00Z", day))
	if err != nil {
		panic(err) // a bug of the test
	}
	return t
}

func claim(id, subject kg.ID, s kg.Stance, by kg.ID, day int, supersedes ...kg.ID) kg.Claim {
	happened := at(1)
	return kg.Claim{
		ID: "claim:" + id, Subject: subject, Stance: s, Aspect: kg.AspectOccurrence, Claimants: []kg.ID{by},
		AssertedAt: at(day), Supersedes: supersedes, Says: kg.Statement{Time: &happened},
	}
}
