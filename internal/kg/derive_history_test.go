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

// wild makes a story of everything that claims can do, some of it at one instant.
func wild(r *rand.Rand) []kg.Claim {
	shorts := []string{"A+", "B+", "A!", "B!", "C-", "A-", "B?", "Ax", "Bx", "AB+", "ABx", "+", "x"}
	pick := func(n int) bool { return r.IntN(n) == 0 }
	var claims []kg.Claim
	for i := range 1 + r.IntN(12) {
		c := claim(1+r.IntN(8), shorts[r.IntN(len(shorts))])
		c.ID = kg.ID(fmt.Sprintf("claim:%02d", i))
		if pick(3) {
			c.Aspect = kg.Aspects()[r.IntN(len(kg.Aspects()))]
		}
		if pick(4) {
			c.Supersedes = []kg.ID{kg.ID(fmt.Sprintf("claim:%02d", r.IntN(12)))}
		}
		if pick(2) {
			c.Document = kg.ID(fmt.Sprintf("document:%d", r.IntN(3)))
		}
		for range r.IntN(3) {
			participant(kg.ID(fmt.Sprintf("actor:p%d", r.IntN(2))), kg.ParticipantRoles()[r.IntN(2)])(&c)
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
			c.Says.Modality = kg.Modalities()[r.IntN(3)]
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

var wildBook = kg.VoiceBook{Documents: map[kg.ID]kg.Document{
	"document:0": {Publisher: "actor:a"}, "document:1": {Publisher: "actor:d"}, "document:2": {Syndicates: "document:1", Publisher: "actor:e"},
}}

// In whatever order claims arrive, and however often, what follows from them is the same.
func TestHistoryDependsOnNoOrder(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		claims := wild(r)
		want := kg.Derive(strike, claims, wildBook)
		shuffled := slices.Concat(claims, claims[:1+r.IntN(len(claims))])
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := cmp.Diff(want, kg.Derive(strike, shuffled, wildBook)); diff != "" {
			t.Fatalf("seed %d (-in order +shuffled, some twice):\n%s", seed, diff)
		}
	}
}

// What was known at a moment follows from the claims known by then alone: later ones change no earlier version. So the
// versions that hold at the moment are those of a history that ends there.
func TestHistoryLooksOnlyBack(t *testing.T) {
	for seed := range uint64(300) {
		claims := wild(rand.New(rand.NewPCG(seed, 2)))
		whole := kg.Derive(strike, claims, wildBook)
		for day := range 10 {
			at := noon(day)
			known := slices.DeleteFunc(slices.Clone(claims), func(c kg.Claim) bool { return c.KnownFrom() > at })
			part := kg.Derive(strike, known, wildBook)
			if diff := cmp.Diff(viewOf(part, edtf.EndOfTime-1), viewOf(whole, at)); diff != "" {
				t.Fatalf("seed %d, noon of %d (-known by then +as of then):\n%s", seed, day, diff)
			}
		}
	}
}

// view is what holds at one moment, without the intervals.
type view struct {
	State          []kg.EventState
	Participations []kg.Participation
	Locations      []kg.EventLocation
	Wholes         []kg.EventPart
	Responses      []kg.Response
	Announces      []kg.Announcement
}

func viewOf(h kg.History, at edtf.Instant) view {
	v := view{
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

func holding[T any](all []kg.Versioned[T], at edtf.Instant) []T {
	var there []T
	for _, v := range all {
		if v.Holds(at) {
			there = append(there, v.Edge)
		}
	}
	return there
}

// States tile time from the first to the end, and differ from their neighbours; the versions of one edge do not overlap
// and each rests on claims that are live throughout it.
func TestIntervals(t *testing.T) {
	for seed := range uint64(300) {
		claims := wild(rand.New(rand.NewPCG(seed, 3)))
		h := kg.Derive(strike, claims, wildBook)
		for i, s := range h.States {
			if s.KnownFrom >= s.KnownTo || i > 0 && h.States[i-1].KnownTo != s.KnownFrom {
				t.Fatalf("seed %d: state %d is [%v, %v) after one to %v", seed, i, s.KnownFrom, s.KnownTo, h.States[max(0, i-1)].KnownTo)
			}
			if i > 0 {
				before := h.States[i-1]
				before.KnownFrom, before.KnownTo, before.Because = s.KnownFrom, s.KnownTo, s.Because
				if cmp.Equal(before, s) {
					t.Fatalf("seed %d: states %d and %d are alike", seed, i-1, i)
				}
			}
		}
		if n := len(h.States); n > 0 && h.States[n-1].KnownTo != edtf.EndOfTime {
			t.Fatalf("seed %d: the last state ends", seed)
		}
		life := map[kg.ID]kg.Interval{}
		for _, l := range h.Lifetimes {
			i := slices.IndexFunc(claims, func(c kg.Claim) bool { return c.ID == l.Claim })
			life[l.Claim] = kg.Interval{KnownFrom: claims[i].KnownFrom(), KnownTo: l.KnownTo}
		}
		if len(life) != len(claims) {
			t.Fatalf("seed %d: %d lives of %d claims", seed, len(life), len(claims))
		}
		checkEdges(t, life, h.Participations, func(p kg.Participation) (string, []kg.ID) { return fmt.Sprint(p.Role, p.Actor), p.Claims })
		checkEdges(t, life, h.Locations, func(l kg.EventLocation) (string, []kg.ID) { return fmt.Sprint(l.Role, l.Location), l.Claims })
		checkEdges(t, life, h.Wholes, func(w kg.EventPart) (string, []kg.ID) { return string(w.Whole), w.Claims })
		checkEdges(t, life, h.RespondsTo, func(r kg.Response) (string, []kg.ID) { return fmt.Sprint(r.Kind, r.To), r.Claims })
		checkEdges(t, life, h.Announces, func(a kg.Announcement) (string, []kg.ID) { return string(a.Of), a.Claims })
	}
}

func checkEdges[T any](t *testing.T, life map[kg.ID]kg.Interval, edges []kg.Versioned[T], of func(T) (key string, claims []kg.ID)) {
	t.Helper()
	last := map[string]kg.Versioned[T]{}
	for _, e := range edges {
		key, claims := of(e.Edge)
		if e.KnownFrom >= e.KnownTo || len(claims) == 0 {
			t.Fatalf("%s: [%v, %v) on %v", key, e.KnownFrom, e.KnownTo, claims)
		}
		if before, there := last[key]; there {
			if before.KnownTo > e.KnownFrom {
				t.Fatalf("%s: [%v, ...) begins before [..., %v) ended", key, e.KnownFrom, before.KnownTo)
			}
			if before.KnownTo == e.KnownFrom && cmp.Equal(before.Edge, e.Edge) {
				t.Fatalf("%s: two alike versions meet at %v", key, e.KnownFrom)
			}
		}
		last[key] = e
		for _, c := range claims {
			if life[c].KnownFrom > e.KnownFrom || life[c].KnownTo < e.KnownTo {
				t.Fatalf("%s in [%v, %v) rests on %s, which stood in %v", key, e.KnownFrom, e.KnownTo, c, life[c])
			}
		}
	}
}

// A derivation leaves the claims it was given as they were.
func TestDeriveIsPure(t *testing.T) {
	for seed := range uint64(50) {
		claims, again := wild(rand.New(rand.NewPCG(seed, 4))), wild(rand.New(rand.NewPCG(seed, 4)))
		kg.Derive(strike, claims, wildBook)
		if diff := cmp.Diff(again, claims); diff != "" {
			t.Fatalf("seed %d: its claims changed:\n%s", seed, diff)
		}
	}
}
