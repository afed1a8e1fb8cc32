// Package networks compares networks and ties over a store with those over the memory engine.
package networks

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/projection/network"
	"casus/internal/store"
	"casus/internal/store/relations"
	"casus/internal/store/storetest"
	"casus/internal/testkit/seeds"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Test loads generated graphs into a store and into its oracle, and compares their answers to random queries.
func Test(t *testing.T, h storetest.Harness) {
	rounds, ties := 12, 6
	if h.Slow && !seeds.Many() {
		rounds, ties = 3, 2
	}
	links, joined := 0, 0
	all := seeds.For(t, 1)
	for _, seed := range all {
		g := load(t, h, seed)
		for range rounds {
			v, f, roles := g.view(), g.filter(), g.roles()
			what := fmt.Sprintf("seed %d, as of %v, %+v, roles %v", seed, v.Moment(), f, roles)
			links += g.compareNetworks(t, what, relations.NetworkQuery{
				View: v, Filter: f, Roles: roles, MinWeight: 1, Limit: 20, MaxLinks: new(1 + g.IntN(60)),
				Statuses: true, Sums: sums.Figures,
			})
			for range ties {
				joined += g.compareTies(t, what, relations.TieQuery{
					View: v, A: g.actor(), B: g.actor(), Filter: f, Roles: roles, Sums: sums.Figures,
				})
			}
		}
	}
	if links < 10*len(all) || joined < len(all) {
		t.Errorf("only %d links and %d ties were compared", links, joined)
	}
}

// graph is a generated graph in two stores.
type graph struct {
	*rand.Rand
	stored, oracle store.Store
	// overStored and overOracle answer over the two stores.
	overStored, overOracle *network.Networks
	actors                 []kg.ID
	moments                []edtf.Instant
}

func load(t *testing.T, h storetest.Harness, seed uint64) graph {
	t.Helper()
	g := graph{Rand: rand.New(rand.NewPCG(seed, 7)), stored: h.New(t), oracle: h.Oracle(t)}
	batches, decisions := storetest.GeneratedBatches(seed, false)
	for _, b := range append(batches, decisions) {
		for _, s := range []store.Store{g.stored, g.oracle} {
			if _, err := s.Apply(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}
		for _, a := range b.Actors {
			g.actors = append(g.actors, a.ID)
		}
		for _, c := range b.Claims {
			g.moments = append(g.moments, c.KnownFrom())
		}
	}
	slices.Sort(g.actors)
	slices.Sort(g.moments)
	g.overStored, g.overOracle = network.New(g.stored, 0), network.New(g.oracle, 0)
	t.Cleanup(g.overStored.Close)
	t.Cleanup(g.overOracle.Close)
	return g
}

func (g graph) actor() kg.ID { return g.actors[g.IntN(len(g.actors))] }

func (g graph) view() kg.View {
	v := kg.View{Identity: []kg.IdentityMode{"", kg.IdentityExact}[g.IntN(2)]}
	if g.IntN(2) == 0 {
		v.KnownAt = &g.moments[g.IntN(len(g.moments))]
	}
	return v
}

func (g graph) filter() *store.EventFilter {
	return []*store.EventFilter{
		nil, nil, {Categories: kg.EventCategories.Values()[:9]}, {Modalities: kg.Modalities.Values()},
		{Not: &store.EventFilter{Statuses: []kg.ClaimStatus{kg.StatusUnverified}}}, {HasParts: new(true)},
		{Or: []store.EventFilter{{}, {Participants: []store.ParticipantFilter{{
			Statuses: []kg.ClaimStatus{kg.StatusDenied},
		}}}}},
	}[g.IntN(7)]
}

func (g graph) roles() []kg.ParticipantRole {
	return [][]kg.ParticipantRole{nil, nil, kg.ParticipantRoles.Values()}[g.IntN(3)]
}

// compareNetworks returns the number of links.
func (g graph) compareNetworks(t *testing.T, what string, q relations.NetworkQuery) int {
	t.Helper()
	want, err := g.overOracle.Network(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	got, err := g.overStored.Network(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("the network, %s (-oracle +got)\n%s", what, d)
	}
	return len(got.Links)
}

// compareTies compares a tie and the events that it counts. It returns 1 if there is one.
func (g graph) compareTies(t *testing.T, what string, q relations.TieQuery) int {
	t.Helper()
	want, err := g.overOracle.Tie(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	got, err := g.overStored.Tie(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("%s and %s, %s (-oracle +got)\n%s", q.A, q.B, what, d)
	}
	if got == nil {
		return 0
	}
	for _, denied := range []bool{false, true} {
		events := store.EventQuery{
			View: q.View, Filter: store.SharedEvents(q.Filter, q.Roles, q.A, q.B, denied),
			Order: (*store.EventOrder)(nil).Normalize(), Window: store.Window{Limit: store.MaxPageSize},
		}
		wantEvents, err := g.oracle.Events(t.Context(), events)
		if err != nil {
			t.Fatal(err)
		}
		gotEvents, err := g.stored.Events(t.Context(), events)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(wantEvents[0].Items, gotEvents[0].Items, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("the events of %s and %s, denied %t, %s (-oracle +got)\n%s", q.A, q.B, denied, what, d)
		}
	}
	return 1
}
