package network

import (
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/relations"

	gocmp "github.com/google/go-cmp/cmp"
)

// statusesOf counts, for each pair of actors by id, the events that connect them or would if nothing were denied, from
// a store's ordinary queries.
func statusesOf(
	t *testing.T, s store.Reader, v kg.View, f *store.EventFilter, roles []kg.ParticipantRole,
) map[[2]kg.ID]relations.StatusCounts {
	t.Helper()
	if roles == nil {
		roles = slices.DeleteFunc(kg.ParticipantRoles.Values(), func(r kg.ParticipantRole) bool {
			return r == kg.RoleClaimant || r == kg.RoleMentioned
		})
	}
	asked, yes, wholes := namedKeys(t, f), true, map[kg.ID]bool{}
	for _, e := range everyEvent(t.Context(), t, s, v, &store.EventFilter{HasParts: &yes}) {
		wholes[e.ID] = true
	}
	counts := map[[2]kg.ID]relations.StatusCounts{}
	for _, e := range everyEvent(t.Context(), t, s, v, f) {
		switch {
		case wholes[e.ID] && !asked["hasParts"],
			e.Modality != kg.ModalityOccurred && e.Modality != kg.ModalityOngoing && !asked["modalities"],
			e.Status == kg.StatusRetracted && !asked["statuses"]:
			continue
		}
		edges, err := s.EventEdges(t.Context(), v, kg.WantParticipations, []kg.ID{e.ID})
		if err != nil {
			t.Fatal(err)
		}
		best := map[kg.ID]kg.ClaimStatus{} // of the first role that is not left out, else DENIED
		for _, role := range kg.ParticipantRoles.Values() {
			for _, p := range edges[0].Participations {
				if p.Role != role || !slices.Contains(roles, role) {
					continue
				}
				old, seen := best[p.Actor]
				if !seen || old == kg.StatusDenied && !asked["participants.statuses"] {
					best[p.Actor] = p.Status
				}
			}
		}
		for a, x := range best {
			for b, y := range best {
				if a < b {
					c := counts[[2]kg.ID{a, b}]
					switch weakest(e.Status, x, y) {
					case kg.StatusRetracted:
						c.Retracted++
					case kg.StatusDenied:
						c.Denied++
					case kg.StatusDisputed:
						c.Disputed++
					case kg.StatusUnverified:
						c.Unverified++
					case kg.StatusCorroborated:
						c.Corroborated++
					case kg.StatusConfirmed:
						c.Confirmed++
					}
					counts[[2]kg.ID{a, b}] = c
				}
			}
		}
	}
	return counts
}

// tieOf returns what joins two actors, from the links of an oracle and the counts of statusesOf.
func (n oracle) tieOf(a, b kg.ID, actors []kg.ID, counts map[[2]kg.ID]relations.StatusCounts) *relations.Tie {
	if a == b {
		return nil
	}
	x, y := min(a, b), max(a, b)
	t := relations.Tie{Meetings: relations.Meetings{Statuses: counts[[2]kg.ID{x, y}]}}
	all := n.network(relations.NetworkQuery{MinWeight: 1, Limit: len(actors), MaxLinks: new(1 << 20)}, actors)
	for _, l := range all.Links {
		if l.Source == x && l.Target == y {
			t.Weight, t.First, t.Last = l.Weight, l.First, l.Last
		}
	}
	t.Source, t.Target = a, b
	for _, l := range n.links { // by start and id
		if l.hop.Kind == relations.LinkByAffiliation && l.hop.From == a && l.hop.To == b {
			t.Affiliations = append(t.Affiliations, l.hop.Link)
		}
	}
	if t.Statuses == (relations.StatusCounts{}) && t.Affiliations == nil {
		return nil
	}
	return &t
}

// TestTiesAgainstOracle compares ties with an oracle, and their sums and counts with the events that the store selects
// by the filters of shared events.
func TestTiesAgainstOracle(t *testing.T) {
	none, withDenied, onlyDenied, affiliated, summed := 0, 0, 0, 0, 0
	for seed := range uint64(12) {
		s, _, a := generate(t, seed)
		n := New(s, 0)
		for range 12 {
			v, f, roles := a.view(), a.filter(), a.roles()
			v = f.InView(v)
			oracle := newOracle(t.Context(), t, s, v, f, roles, nil)
			counts, known := statusesOf(t, s, v, f, roles), idsInView(t.Context(), t, s, v, a.actors)
			for range 12 {
				q := relations.TieQuery{View: v, A: a.actor(), B: a.actor(), Filter: f, Roles: roles, Sums: sums.Figures}
				got, err := n.Tie(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				ids := []kg.ID{
					idsInView(t.Context(), t, s, v, []kg.ID{q.A})[0], idsInView(t.Context(), t, s, v, []kg.ID{q.B})[0],
				}
				want := oracle.tieOf(ids[0], ids[1], known, counts)
				if got == nil && want == nil {
					none++
					continue
				}
				linking := extentOf(t, s, v, store.SharedEvents(f, roles, q.A, q.B, false))
				met := extentOf(t, s, v, store.SharedEvents(f, roles, q.A, q.B, true))
				if want != nil {
					want.Sums = linking.Sums
				}
				if d := gocmp.Diff(want, got); d != "" {
					t.Fatalf("seed %d: %+v (-oracle +got)\n%s", seed, q, d)
				}
				c := got.Statuses
				all := c.Retracted + c.Denied + c.Disputed + c.Unverified + c.Corroborated + c.Confirmed
				if linking.Events != got.Weight || met.Events != all {
					t.Fatalf("seed %d: %+v: the store selects %d and %d events for %+v",
						seed, q, linking.Events, met.Events, got)
				}
				if c.Denied > 0 {
					withDenied++
					if got.Weight == 0 {
						onlyDenied++
					}
				}
				affiliated += len(got.Affiliations)
				summed += len(got.Sums)
			}
		}
	}
	for what, n := range map[string]int{
		"no tie": none, "denied events": withDenied, "only denied events": onlyDenied, "affiliations": affiliated,
		"sums": summed,
	} {
		if n < 10 {
			t.Errorf("only %d ties with %s were compared", n, what)
		}
	}
	t.Logf("none %d, denied %d, only denied %d, affiliations %d, sums %d",
		none, withDenied, onlyDenied, affiliated, summed)
}

func extentOf(t *testing.T, s store.Reader, v kg.View, f *store.EventFilter) store.Extent {
	t.Helper()
	x, err := s.Extent(t.Context(), store.ExtentQuery{View: v, Filter: f, Sums: sums.Figures})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestAffiliationsOfATie lists affiliations by start, then by id; those without a start come last.
func TestAffiliationsOfATie(t *testing.T) {
	s := memory.New()
	b := kg.Batch{Actors: []kg.Actor{
		{ID: "actor:a", Kind: kg.ActorPerson, Names: []kg.Name{{Value: "A"}}},
		{ID: "actor:b", Kind: kg.ActorState, Names: []kg.Name{{Value: "B"}}},
	}}
	for id, valid := range map[string]string{"a": "", "b": "2021", "c": "2020", "d": "2021"} {
		f := kg.Affiliation{
			ID: kg.ID("affiliation:" + id), Holder: "actor:a", Counterpart: "actor:b", Type: kg.AffiliationOffice,
		}
		if valid != "" {
			f.ValidTime = new(parsed(t, valid))
		}
		b.Affiliations = append(b.Affiliations, f)
		b.Claims = append(b.Claims, kg.Claim{
			ID: kg.ID("claim:" + id), Subject: f.ID, Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			Claimants: []kg.ID{"actor:a"}, AssertedAt: parsed(t, "2025"),
		})
	}
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	got, err := New(s, 0).Tie(t.Context(), relations.TieQuery{A: "actor:b", B: "actor:a"})
	if err != nil {
		t.Fatal(err)
	}
	want := []kg.ID{"affiliation:c", "affiliation:b", "affiliation:d", "affiliation:a"}
	if !slices.Equal(got.Affiliations, want) {
		t.Errorf("the affiliations are %v, want %v", got.Affiliations, want)
	}
}

func parsed(t *testing.T, value string) edtf.Time {
	t.Helper()
	at, err := edtf.ParseTime(value)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
