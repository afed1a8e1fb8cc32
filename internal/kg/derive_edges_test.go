package kg_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

const northland, southland, harbour kg.ID = "actor:northland", "actor:southland", "location:harbour"

// TestParticipationStatus checks that "yes, but not by us" changes the status of the participation and not of the
// event.
func TestParticipationStatus(t *testing.T) {
	byNorthland := participant(northland, kg.RoleInitiator)
	about := aspect(kg.AspectParticipation)
	tests := []struct {
		name   string
		claims []kg.Claim
		event  kg.ClaimStatus
		part   kg.ClaimStatus
	}{
		{"listed once", []kg.Claim{claim(1, "A+", byNorthland)}, kg.StatusUnverified, kg.StatusUnverified},
		{
			"listed by two", []kg.Claim{claim(1, "A+", byNorthland), claim(2, "B+", byNorthland)}, kg.StatusCorroborated,
			kg.StatusCorroborated,
		},
		{
			"two claims, one lists it", []kg.Claim{claim(1, "A+", byNorthland), claim(2, "B+")}, kg.StatusCorroborated,
			kg.StatusUnverified,
		},
		{
			"confirmed", []kg.Claim{claim(1, "A+", byNorthland), claim(2, "B!", about, byNorthland)}, kg.StatusUnverified,
			kg.StatusConfirmed,
		},
		{
			"any aspect",
			[]kg.Claim{claim(1, "A+", byNorthland), claim(2, "B+", aspect(kg.AspectFigures), byNorthland)},
			kg.StatusUnverified, kg.StatusCorroborated,
		},
		{
			"yes, but not by us", []kg.Claim{claim(1, "A+", byNorthland), claim(2, "N-", about, byNorthland)},
			kg.StatusUnverified, kg.StatusDisputed,
		},
		{
			"not by us, but confirmed",
			[]kg.Claim{claim(1, "A+", byNorthland), claim(2, "N!"), claim(3, "N-", about, byNorthland)}, kg.StatusConfirmed,
			kg.StatusDisputed,
		},
		{
			"doubted", []kg.Claim{claim(1, "A+", byNorthland), claim(2, "B?", about, byNorthland)}, kg.StatusUnverified,
			kg.StatusDisputed,
		},
		{"only denied", []kg.Claim{claim(1, "A+"), claim(2, "N-", about, byNorthland)}, kg.StatusUnverified, kg.StatusDenied},
		{
			"its denial withdrawn",
			[]kg.Claim{claim(1, "A+", byNorthland), claim(2, "N-", about, byNorthland), claim(3, "Nx", about)},
			kg.StatusUnverified, kg.StatusUnverified,
		},
		{
			"its assertion withdrawn",
			[]kg.Claim{claim(1, "A+", byNorthland), claim(2, "N-", about, byNorthland), claim(3, "A+", supersedes("claim:1"))},
			kg.StatusUnverified, kg.StatusDenied,
		},
		{
			"the occurrence denied", []kg.Claim{claim(1, "A+", byNorthland), claim(2, "B-", byNorthland)}, kg.StatusDisputed,
			kg.StatusUnverified,
		},
	}
	for _, tt := range tests {
		h := derive(tt.claims...)
		parts := holding(h.Participations, edtf.EndOfTime-1)
		if len(parts) != 1 {
			t.Errorf("%s: %d participations, want 1", tt.name, len(parts))
			continue
		}
		if got := now(t, h).Status; got != tt.event || parts[0].Status != tt.part {
			t.Errorf("%s: event %s, participation %s, want %s and %s", tt.name, got, parts[0].Status, tt.event, tt.part)
		}
	}
}

// TestParticipationAttributes checks that each attribute is from the latest live positive claim that states it.
func TestParticipationAttributes(t *testing.T) {
	as := func(p kg.Participant) part {
		p.Actor, p.Role = northland, kg.RoleInitiator
		return says(func(s *kg.Statement) { s.Participants = append(s.Participants, p) })
	}
	h := derive(
		claim(1, "A+", as(kg.Participant{Side: kg.SideA, Capacity: "as a mediator"})),
		claim(2, "B+", as(kg.Participant{Capacity: "as a party"})),
		claim(
			3, "C-", aspect(kg.AspectParticipation),
			as(kg.Participant{Side: kg.SideB, Capacity: "as a guest", Representing: southland}),
		),
	)
	got := holding(h.Participations, edtf.EndOfTime-1)
	want := []kg.Participation{{
		Actor: northland, Role: kg.RoleInitiator, Side: kg.SideA, Capacity: "as a party", Representing: southland,
		Status: kg.StatusDisputed, Claims: []kg.ID{"claim:1", "claim:2", "claim:3"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// An actor has one participation for each role.
	two := derive(
		claim(
			1, "A+", participant(northland, kg.RoleHost), participant(northland, kg.RoleMediator),
			participant(southland, kg.RoleHost),
		),
	)
	if n := len(two.Participations); n != 3 {
		t.Errorf("%d participations, want 3", n)
	}
}

// TestEdgesWhileSupported compares edges at each moment with a direct computation: an edge exists while a claim that
// lists it is live.
func TestEdgesWhileSupported(t *testing.T) {
	for seed := range uint64(200) {
		claims := randomClaims(rand.New(rand.NewPCG(seed, 5)))
		h := kg.Derive(strike, claims, randomBook)
		lifetime := map[kg.ID]edtf.Instant{}
		for _, l := range h.Lifetimes {
			lifetime[l.Claim] = l.KnownTo
		}
		for day := range 10 {
			want, places := map[string][]kg.ID{}, map[string][]kg.ID{}
			slices.SortFunc(claims, kg.CompareClaims)
			for _, c := range claims {
				if c.Stance == kg.StanceRetracts || c.KnownFrom() > noon(day) || lifetime[c.ID] <= noon(day) {
					continue
				}
				add := func(to map[string][]kg.ID, key string) {
					if !slices.Contains(to[key], c.ID) {
						to[key] = append(to[key], c.ID)
					}
				}
				for _, p := range c.Says.Participants {
					add(want, fmt.Sprint(p.Actor, p.Role))
				}
				for _, p := range c.Says.Places {
					if c.Aspect != kg.AspectPlace || c.Stance == kg.StanceAsserts || c.Stance == kg.StanceConfirms {
						add(places, fmt.Sprint(p.Location))
					}
				}
			}
			got, gotPlaces := map[string][]kg.ID{}, map[string][]kg.ID{}
			for _, p := range holding(h.Participations, noon(day)) {
				got[fmt.Sprint(p.Actor, p.Role)] = p.Claims
			}
			for _, p := range holding(h.Locations, noon(day)) {
				gotPlaces[fmt.Sprint(p.Location)] = p.Claims
			}
			if diff := cmp.Diff(want, got) + cmp.Diff(places, gotPlaces); diff != "" {
				t.Fatalf("seed %d, day %d (-want +got):\n%s", seed, day, diff)
			}
		}
	}
}

func TestPlaces(t *testing.T) {
	h := derive(
		claim(1, "A+", place(harbour, 2)),
		claim(2, "B+", place(harbour, 0)),
		claim(3, "C-", aspect(kg.AspectPlace), place(harbour, 1), place("location:hill", 1)),
		claim(4, "A+", supersedes("claim:1")),
		claim(5, "B+", supersedes("claim:2")),
		claim(6, "D-", place(harbour, 5)),
	)
	type version = kg.Versioned[kg.EventLocation]
	at := func(from int, to edtf.Instant, precision int, claims ...kg.ID) version {
		return version{
			Interval: kg.Interval{KnownFrom: noon(from), KnownTo: to},
			Edge:     kg.EventLocation{Location: harbour, Role: kg.LocationRoleVenue, Precision: precision, Claims: claims},
		}
	}
	want := []version{
		at(1, noon(2), 2, "claim:1"),
		at(2, noon(4), 2, "claim:1", "claim:2"), // a denial of the place supports nothing
		at(4, noon(5), 0, "claim:2"),
		at(6, edtf.EndOfTime, 5, "claim:6"), // a denial of the event still states a place
	}
	if diff := cmp.Diff(want, h.Locations); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEventToEventEdges(t *testing.T) {
	answers := func(kind kg.ResponseKind, condition string) part {
		return says(func(s *kg.Statement) {
			s.RespondsTo = append(s.RespondsTo, kg.ResponseTo{To: "event:offer", Kind: kind, Condition: condition})
		})
	}
	h := derive(
		claim(1, "A+", answers(kg.ResponseRejects, "if the port stays shut"), says(func(s *kg.Statement) {
			s.Wholes, s.Announces = []kg.ID{"event:war"}, []kg.ID{"event:blockade"}
		})),
		claim(2, "B+", answers(kg.ResponseRejects, ""), answers(kg.ResponseCounters, "")),
		claim(3, "Ax"),
	)
	from := func(a, b int) kg.Interval { return kg.Interval{KnownFrom: noon(a), KnownTo: noon(b)} }
	open := kg.Interval{KnownFrom: noon(3), KnownTo: edtf.EndOfTime}
	offer := func(kind kg.ResponseKind, condition string, claims ...kg.ID) kg.Response {
		return kg.Response{By: strike, To: "event:offer", Kind: kind, Condition: condition, Claims: claims}
	}
	want := kg.History{
		Wholes: []kg.Versioned[kg.EventPart]{
			{Interval: from(1, 3), Edge: kg.EventPart{Part: strike, Whole: "event:war", Claims: []kg.ID{"claim:1"}}},
		},
		Announces: []kg.Versioned[kg.Announcement]{
			{Interval: from(1, 3), Edge: kg.Announcement{By: strike, Of: "event:blockade", Claims: []kg.ID{"claim:1"}}},
		},
		RespondsTo: []kg.Versioned[kg.Response]{
			{
				Interval: kg.Interval{KnownFrom: noon(2), KnownTo: edtf.EndOfTime},
				Edge:     offer(kg.ResponseCounters, "", "claim:2"),
			},
			{Interval: from(1, 2), Edge: offer(kg.ResponseRejects, "if the port stays shut", "claim:1")},
			{Interval: from(2, 3), Edge: offer(kg.ResponseRejects, "if the port stays shut", "claim:1", "claim:2")},
			{Interval: open, Edge: offer(kg.ResponseRejects, "", "claim:2")},
		},
	}
	got := kg.History{Wholes: h.Wholes, Announces: h.Announces, RespondsTo: h.RespondsTo}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAffiliationIntervals checks that an affiliation exists while a positive claim about it is live, and has no
// states.
func TestAffiliationIntervals(t *testing.T) {
	claims := story("A+ B- B+ Ax Bx C+")
	for i := range claims {
		claims[i].Subject = "affiliation:post"
	}
	h := kg.Derive("affiliation:post", claims, kg.VoiceBook{})
	type version = kg.Versioned[[]kg.ID]
	want := []version{
		{Interval: kg.Interval{KnownFrom: noon(1), KnownTo: noon(3)}, Edge: []kg.ID{"claim:1"}},
		{Interval: kg.Interval{KnownFrom: noon(3), KnownTo: noon(4)}, Edge: []kg.ID{"claim:1", "claim:3"}},
		{Interval: kg.Interval{KnownFrom: noon(4), KnownTo: noon(5)}, Edge: []kg.ID{"claim:3"}},
		{Interval: kg.Interval{KnownFrom: noon(6), KnownTo: edtf.EndOfTime}, Edge: []kg.ID{"claim:6"}},
	}
	if diff := cmp.Diff(want, h.Affiliated); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if h.States != nil || len(h.Lifetimes) != 6 {
		t.Errorf("states %v and %d lifetimes, want none and 6", h.States, len(h.Lifetimes))
	}
}
