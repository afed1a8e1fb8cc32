package network

import (
	"cmp"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/internal/store/relations"

	gocmp "github.com/google/go-cmp/cmp"
)

// network counts over every pair of actors and every event.
func (n oracle) network(q relations.NetworkQuery, actors []kg.ID) relations.Network {
	type pair struct{ a, b kg.ID }
	links := map[pair]*relations.NetworkLink{}
	took := map[kg.ID]int{}
	for e, there := range n.events {
		for a := range there {
			took[a]++
			for b := range there {
				if a >= b {
					continue
				}
				l := links[pair{a, b}]
				if l == nil {
					l = &relations.NetworkLink{Meetings: relations.Meetings{Source: a, Target: b}}
					links[pair{a, b}] = l
				}
				l.Weight++
				before := func(x, y kg.ID) bool {
					return y == "" || cmp.Or(cmp.Compare(n.starts[x], n.starts[y]), cmp.Compare(x, y)) < 0
				}
				if n.starts[e] != edtf.EndOfTime {
					if before(e, l.First) {
						l.First = e
					}
					if l.Last == "" || !before(e, l.Last) {
						l.Last = e
					}
				}
			}
		}
	}
	for p, l := range links {
		if l.Weight < q.MinWeight {
			delete(links, p)
		}
	}
	linked := func(a, b kg.ID) bool { return links[pair{min(a, b), max(a, b)}] != nil }
	in := map[kg.ID]bool{}
	for _, a := range actors {
		hasLink := slices.ContainsFunc(actors, func(b kg.ID) bool { return linked(a, b) })
		in[a] = q.Seeds == nil && hasLink || slices.Contains(q.Seeds, a)
	}
	for range q.Hops {
		next := map[kg.ID]bool{}
		for _, a := range actors {
			next[a] = in[a] || q.Seeds != nil && slices.ContainsFunc(actors, func(b kg.ID) bool { return in[b] && linked(a, b) })
		}
		in = next
	}
	var w relations.Network
	for _, a := range actors {
		if !in[a] {
			continue
		}
		node := relations.NetworkNode{Actor: a, Events: took[a]}
		for _, b := range actors {
			if in[b] && linked(a, b) {
				l := links[pair{min(a, b), max(a, b)}]
				node.Degree++
				node.WeightedDegree += l.Weight
				if a < b {
					w.Links = append(w.Links, *l)
				}
			}
		}
		w.Nodes = append(w.Nodes, node)
	}
	w.TotalNodes, w.TotalLinks = len(w.Nodes), len(w.Links)
	seed := func(a kg.ID) int {
		if slices.Contains(q.Seeds, a) {
			return 0
		}
		return 1
	}
	slices.SortFunc(w.Nodes, func(a, b relations.NetworkNode) int {
		return cmp.Or(seed(a.Actor)-seed(b.Actor), b.WeightedDegree-a.WeightedDegree, cmp.Compare(a.Actor, b.Actor))
	})
	w.Nodes = w.Nodes[:min(len(w.Nodes), q.Limit)]
	for i := range w.Links {
		l := &w.Links[i]
		at := func(id kg.ID) int {
			return slices.IndexFunc(w.Nodes, func(n relations.NetworkNode) bool { return n.Actor == id })
		}
		l.SourceIndex, l.TargetIndex = at(l.Source), at(l.Target)
	}
	w.Links = slices.DeleteFunc(w.Links, func(l relations.NetworkLink) bool {
		return l.SourceIndex < 0 || l.TargetIndex < 0
	})
	slices.SortFunc(w.Links, func(a, b relations.NetworkLink) int {
		return cmp.Or(b.Weight-a.Weight, cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target))
	})
	maxLinks := q.Limit * 10
	if q.MaxLinks != nil {
		maxLinks = *q.MaxLinks
	}
	w.Links = w.Links[:min(len(w.Links), maxLinks)]
	if len(w.Links) == 0 {
		w.Links = nil
	}
	if len(w.Nodes) == 0 {
		w.Nodes = nil
	}
	w.Truncated = len(w.Nodes) < w.TotalNodes || len(w.Links) < w.TotalLinks
	return w
}

func (a queryGenerator) network() relations.NetworkQuery {
	q := relations.NetworkQuery{
		View: a.view(), Hops: a.IntN(4), Filter: a.filter(), Roles: a.roles(),
		MinWeight: 1 + a.IntN(3), Limit: []int{1, 2, 4, 100}[a.IntN(4)],
	}
	if a.IntN(2) == 0 {
		most := 1 + a.IntN(20)
		q.MaxLinks = &most
	}
	q.Statuses = a.IntN(2) == 0
	if a.IntN(3) > 0 {
		q.Seeds = []kg.ID{a.actor(), a.actor()}[a.IntN(2):]
	}
	return q
}

func TestNetworksAgainstOracle(t *testing.T) {
	found, cut := 0, 0
	for seed := range uint64(12) {
		s, _, a := generate(t, seed)
		n := New(s, 0)
		for range 60 {
			q := a.network()
			got, err := n.Network(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			// A seed that never took part in an event is not in the graph.
			v, resolved := q.Filter.InView(q.View), q
			known := slices.DeleteFunc(idsInView(t.Context(), t, s, v, a.actors), func(id kg.ID) bool {
				_, found := graphOf(n, v.Identity).actors.by[id]
				return !found
			})
			if q.Seeds != nil {
				resolved.Seeds = idsInView(t.Context(), t, s, v, q.Seeds)
			}
			want := newOracle(t.Context(), t, s, q.View, q.Filter, q.Roles, nil).network(resolved, known)
			if q.Statuses {
				counts := statusesOf(t, s, v, q.Filter, q.Roles)
				for i, l := range want.Links {
					want.Links[i].Statuses = counts[[2]kg.ID{l.Source, l.Target}]
				}
			}
			if d := gocmp.Diff(want, got); d != "" {
				t.Fatalf("seed %d: %+v (-oracle +got)\n%s", seed, q, d)
			}
			found += len(got.Links)
			if got.Truncated {
				cut++
			}
		}
	}
	if found < 500 || cut < 20 {
		t.Errorf("only %d links and %d cut networks were compared", found, cut)
	}
}

// graphOf returns the graph of a projection as it is, or nil.
func graphOf(n *Networks, mode kg.IdentityMode) (g *graph) {
	n.projection(mode).Peek(func(p *modeGraph, _ int64) { g = p.graph })
	return g
}

// TestRefresh applies graphs batch by batch: a refreshed projection answers like a rebuilt one.
func TestRefresh(t *testing.T) {
	for seed := range uint64(6) {
		_, batches, a := generate(t, seed)
		s := memory.New()
		refreshed := New(s, 0)
		for i, b := range batches {
			if _, err := s.Apply(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			before := graphOf(refreshed, "")
			for range 4 {
				q, p := a.network(), a.paths()
				want, err := New(s, 0).Network(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				got, err := refreshed.Network(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				if d := gocmp.Diff(want, got); d != "" {
					t.Fatalf("seed %d, batch %d: %+v (-rebuilt +refreshed)\n%s", seed, i, q, d)
				}
				wantPaths, err := New(s, 0).Paths(t.Context(), p)
				if err != nil {
					t.Fatal(err)
				}
				gotPaths, err := refreshed.Paths(t.Context(), p)
				if err != nil {
					t.Fatal(err)
				}
				if d := gocmp.Diff(wantPaths, gotPaths); d != "" {
					t.Fatalf("seed %d, batch %d: %+v (-rebuilt +refreshed)\n%s", seed, i, p, d)
				}
			}
			if i > 1 && len(b.Identities) == 0 && graphOf(refreshed, "") != before {
				t.Errorf("seed %d, batch %d: the graph was rebuilt", seed, i)
			}
		}
	}
}
