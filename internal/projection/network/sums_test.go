package network

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/relations"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestLinkSums compares the sums of links with those of their shared events, which the store selects by a filter.
func TestLinkSums(t *testing.T) {
	compared, missing := 0, 0
	for seed := range uint64(3) {
		s, _, a := generate(t, seed)
		n := New(s, 0)
		for i := range 9 {
			q := relations.NetworkQuery{
				View: a.view(), Filter: a.filter(), Roles: a.roles(), MinWeight: 1, Limit: 30, Sums: sums.Figures,
			}
			if i%3 == 0 {
				yes := true
				q.Filter = &store.EventFilter{HasParts: &yes}
			}
			found, err := n.Network(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range found.Links[:min(len(found.Links), 15)] {
				shared := store.SharedEvents(q.Filter, q.Roles, l.Source, l.Target, false)
				x, err := s.Extent(t.Context(), store.ExtentQuery{View: q.View, Filter: shared, Sums: q.Sums})
				if err != nil {
					t.Fatal(err)
				}
				if d := gocmp.Diff(x.Sums, l.Sums); d != "" || x.Events != l.Weight {
					t.Fatalf("seed %d, %s and %s, %d events (-filter +link)\n%s", seed, l.Source, l.Target, x.Events, d)
				}
				compared += len(l.Sums)
				if k := l.Sums.Of(kg.KilledPeople); k != nil {
					missing += k.WithoutFigures
				}
			}
		}
	}
	if compared < 100 || missing == 0 {
		t.Errorf("only %d sums were compared, with %d events without figures", compared, missing)
	}
}
