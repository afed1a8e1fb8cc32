package network

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/store/relations"
)

// TestMemoryIsShared leaves room for the graph of one identity mode beside a part of the other's.
func TestMemoryIsShared(t *testing.T) {
	s, _, _ := generate(t, 1)
	q := relations.NetworkQuery{MinWeight: 1, Limit: 1}
	exact := q
	exact.View.Identity = kg.IdentityExact
	measured := New(s, -1)
	var sizes [2]int64
	for i, q := range []relations.NetworkQuery{q, exact} {
		if _, err := measured.Network(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		sizes[i] = graphOf(measured, q.View.Identity).memory
	}
	for _, c := range []struct {
		limit int64
		want  kg.ErrorCode
	}{{sizes[0] + sizes[1] - 1, kg.LimitExceeded}, {sizes[0] + sizes[1], ""}} {
		n := New(s, c.limit)
		if _, err := n.Network(t.Context(), q); err != nil {
			t.Errorf("the first mode: %v", err)
		}
		if _, err := n.Network(t.Context(), exact); kg.CodeOf(err) != c.want {
			t.Errorf("%d bytes, the second mode: %v, want %q", c.limit, err, c.want)
		}
	}
}

// TestFiltersAreEvicted fills the cache of filters with more than there is room for.
func TestFiltersAreEvicted(t *testing.T) {
	s, _, _ := generate(t, 1)
	measured := New(s, -1)
	if _, err := measured.Network(t.Context(), relations.NetworkQuery{MinWeight: 1, Limit: 1}); err != nil {
		t.Fatal(err)
	}
	memory := graphOf(measured, "").memory
	one := measured.projection("").cached()[0].size()
	for _, c := range []struct {
		room int64
		want int
	}{{0, 1}, {3 * one, 3}, {100 * one, maxCachedFilters}} {
		n := New(s, memory+c.room)
		for _, role := range kg.ParticipantRoles.Values() {
			q := relations.NetworkQuery{MinWeight: 1, Limit: 1, Roles: []kg.ParticipantRole{role}}
			if _, err := n.Network(t.Context(), q); err != nil {
				t.Fatal(err)
			}
		}
		if got := len(n.projection("").cached()); got != c.want {
			t.Errorf("%d filters are cached in %d bytes, of %d each; want %d", got, c.room, one, c.want)
		}
	}
}

// cached returns the cached filters.
func (p *modeFollower) cached() (entries []filterEntry) {
	p.Peek(func(g *modeGraph, _ int64) { entries = g.filters.entries })
	return entries
}

// TestMemoryIsBounded sets a limit that the graph exceeds.
func TestMemoryIsBounded(t *testing.T) {
	s, _, a := generate(t, 1)
	n := New(s, 1000)
	for range 2 {
		_, err := n.Network(t.Context(), relations.NetworkQuery{MinWeight: 1, Limit: 1})
		if kg.CodeOf(err) != kg.LimitExceeded {
			t.Errorf("a network: %v, want LIMIT_EXCEEDED", err)
		}
		q := relations.PathQuery{From: a.actors[0], To: a.actors[1], Limit: 1, MaxHops: 1}
		if _, err := n.Paths(t.Context(), q); kg.CodeOf(err) != kg.LimitExceeded {
			t.Errorf("paths: %v, want LIMIT_EXCEEDED", err)
		}
	}
}
