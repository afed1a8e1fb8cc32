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

// randomClaims returns random claims with all kinds of statements, some known at the same instant.
func randomClaims(r *rand.Rand) []kg.Claim {
	shorts := []string{"A+", "B+", "A!", "B!", "C-", "A-", "B?", "Ax", "Bx", "AB+", "ABx", "+", "x"}
	pick := func(n int) bool { return r.IntN(n) == 0 }
	var claims []kg.Claim
	for i := range 1 + r.IntN(12) {
		c := claim(1+r.IntN(8), shorts[r.IntN(len(shorts))])
		c.ID = kg.ID(fmt.Sprintf("claim:%02d", i))
		if pick(3) {
			c.Aspect = kg.Aspects.Values()[r.IntN(len(kg.Aspects.Values()))]
		}
		if pick(4) {
			c.Supersedes = []kg.ID{kg.ID(fmt.Sprintf("claim:%02d", r.IntN(12)))}
		}
		if pick(2) {
			c.Document = kg.ID(fmt.Sprintf("document:%d", r.IntN(3)))
		}
		for range r.IntN(3) {
			participant(kg.ID(fmt.Sprintf("actor:p%d", r.IntN(2))), kg.ParticipantRoles.Values()[r.IntN(2)])(&c)
		}
		if pick(2) {
			place(kg.ID(fmt.Sprintf("location:l%d", r.IntN(2))), r.IntN(8))(&c)
		}
		if pick(3) {
			title([]string{"en", "uk"}[r.IntN(2)], fmt.Sprint("Title ", r.IntN(3)))(&c)
		}
		if pick(3) {
			killed(kg.Figure{Best: ref(r.IntN(20))})(&c)
		}
		if pick(4) {
			c.Says.Modality = kg.Modalities.Values()[r.IntN(3)]
		}
		if pick(4) {
			c.Says.Wholes = []kg.ID{"event:war"}
		}
		if pick(5) {
			c.Says.RespondsTo = []kg.ResponseTo{{To: "event:raid", Kind: kg.ResponseRetaliates}}
			c.Says.Announces = []kg.ID{"event:talks"}
		}
		claims = append(claims, c)
	}
	return claims
}

var randomBook = kg.VoiceBook{Documents: map[kg.ID]kg.Document{
	"document:0": {Publisher: "actor:a"}, "document:1": {Publisher: "actor:d"},
	"document:2": {Syndicates: "document:1", Publisher: "actor:e"},
}}

// TestDeriveIgnoresOrder checks that the order of claims, and repeated claims, do not change the history.
func TestDeriveIgnoresOrder(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		claims := randomClaims(r)
		want := kg.Derive(strike, claims, randomBook)
		shuffled := slices.Concat(claims, claims[:1+r.IntN(len(claims))])
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := cmp.Diff(want, kg.Derive(strike, shuffled, randomBook)); diff != "" {
			t.Fatalf("seed %d (-in order +shuffled, some twice):\n%s", seed, diff)
		}
	}
}

// TestDeriveIgnoresLaterClaims checks that the versions at a moment depend only on the claims known by then: they equal
// those of a history derived from these claims.
func TestDeriveIgnoresLaterClaims(t *testing.T) {
	for seed := range uint64(300) {
		claims := randomClaims(rand.New(rand.NewPCG(seed, 2)))
		whole := kg.Derive(strike, claims, randomBook)
		for day := range 10 {
			at := noon(day)
			known := slices.DeleteFunc(slices.Clone(claims), func(c kg.Claim) bool { return c.KnownFrom() > at })
			part := kg.Derive(strike, known, randomBook)
			if diff := cmp.Diff(snapshotOf(part, edtf.EndOfTime-1), snapshotOf(whole, at)); diff != "" {
				t.Fatalf("seed %d, noon of %d (-known by then +as of then):\n%s", seed, day, diff)
			}
		}
	}
}

// snapshot is the state and the edges at one moment, without intervals.
type snapshot struct {
	State          []kg.EventState
	Participations []kg.Participation
	Locations      []kg.EventLocation
	Wholes         []kg.EventPart
	Responses      []kg.Response
	Announces      []kg.Announcement
}

func snapshotOf(h kg.History, at edtf.Instant) snapshot {
	v := snapshot{
		Participations: holding(h.Participations, at), Locations: holding(h.Locations, at), Wholes: holding(h.Wholes, at),
		Responses: holding(h.RespondsTo, at), Announces: holding(h.Announces, at),
	}
	for _, s := range h.States {
		if (kg.Interval{KnownFrom: s.KnownFrom, KnownTo: s.KnownTo}).Holds(at) {
			s.KnownFrom, s.KnownTo = 0, 0
			v.State = append(v.State, s)
		}
	}
	return v
}

// holding returns the edges that are held at a moment.
func holding[T any](all []kg.Versioned[T], at edtf.Instant) []T {
	var held []T
	for _, v := range all {
		if v.Holds(at) {
			held = append(held, v.Edge)
		}
	}
	return held
}

// TestIntervals checks that states have no gaps and differ from their predecessors, and that the versions of one edge
// do not overlap and have claims that are live throughout.
func TestIntervals(t *testing.T) {
	for seed := range uint64(300) {
		claims := randomClaims(rand.New(rand.NewPCG(seed, 3)))
		h := kg.Derive(strike, claims, randomBook)
		for i, s := range h.States {
			if s.KnownFrom >= s.KnownTo || i > 0 && h.States[i-1].KnownTo != s.KnownFrom {
				t.Fatalf(
					"seed %d: state %d is [%v, %v), the one before ends at %v", seed, i, s.KnownFrom, s.KnownTo,
					h.States[max(0, i-1)].KnownTo,
				)
			}
			if i > 0 {
				before := h.States[i-1]
				before.KnownFrom, before.KnownTo, before.Because = s.KnownFrom, s.KnownTo, s.Because
				if cmp.Equal(before, s) {
					t.Fatalf("seed %d: states %d and %d are equal", seed, i-1, i)
				}
			}
		}
		if n := len(h.States); n > 0 && h.States[n-1].KnownTo != edtf.EndOfTime {
			t.Fatalf("seed %d: the last state ends", seed)
		}
		lifetime := map[kg.ID]kg.Interval{}
		for _, l := range h.Lifetimes {
			i := slices.IndexFunc(claims, func(c kg.Claim) bool { return c.ID == l.Claim })
			lifetime[l.Claim] = kg.Interval{KnownFrom: claims[i].KnownFrom(), KnownTo: l.KnownTo}
		}
		if len(lifetime) != len(claims) {
			t.Fatalf("seed %d: %d lifetimes of %d claims", seed, len(lifetime), len(claims))
		}
		checkEdges(
			t, lifetime, h.Participations,
			func(p kg.Participation) (string, []kg.ID) { return fmt.Sprint(p.Role, p.Actor), p.Claims },
		)
		checkEdges(
			t, lifetime, h.Locations,
			func(l kg.EventLocation) (string, []kg.ID) { return fmt.Sprint(l.Role, l.Location), l.Claims },
		)
		checkEdges(t, lifetime, h.Wholes, func(w kg.EventPart) (string, []kg.ID) { return string(w.Whole), w.Claims })
		checkEdges(
			t, lifetime, h.RespondsTo, func(r kg.Response) (string, []kg.ID) { return fmt.Sprint(r.Kind, r.To), r.Claims },
		)
		checkEdges(t, lifetime, h.Announces, func(a kg.Announcement) (string, []kg.ID) { return string(a.Of), a.Claims })
	}
}

func checkEdges[T any](
	t *testing.T, lifetime map[kg.ID]kg.Interval,
	edges []kg.Versioned[T], keyAndClaims func(T) (string, []kg.ID),
) {
	t.Helper()
	last := map[string]kg.Versioned[T]{}
	for _, e := range edges {
		key, claims := keyAndClaims(e.Edge)
		if e.KnownFrom >= e.KnownTo || len(claims) == 0 {
			t.Fatalf("%s: [%v, %v) with claims %v", key, e.KnownFrom, e.KnownTo, claims)
		}
		if before, found := last[key]; found {
			if before.KnownTo > e.KnownFrom {
				t.Fatalf("%s: [%v, ...) starts before [..., %v) ends", key, e.KnownFrom, before.KnownTo)
			}
			if before.KnownTo == e.KnownFrom && cmp.Equal(before.Edge, e.Edge) {
				t.Fatalf("%s: adjacent versions are equal at %v", key, e.KnownFrom)
			}
		}
		last[key] = e
		for _, c := range claims {
			if lifetime[c].KnownFrom > e.KnownFrom || lifetime[c].KnownTo < e.KnownTo {
				t.Fatalf("%s in [%v, %v) has claim %s, which is live in %v", key, e.KnownFrom, e.KnownTo, c, lifetime[c])
			}
		}
	}
}

// TestDeriveIsPure checks that Derive does not change its claims.
func TestDeriveIsPure(t *testing.T) {
	for seed := range uint64(50) {
		claims, again := randomClaims(rand.New(rand.NewPCG(seed, 4))), randomClaims(rand.New(rand.NewPCG(seed, 4)))
		kg.Derive(strike, claims, randomBook)
		if diff := cmp.Diff(again, claims); diff != "" {
			t.Fatalf("seed %d: the claims changed:\n%s", seed, diff)
		}
	}
}
