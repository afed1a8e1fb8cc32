package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// testPaging walks every order of every kind both ways, with pages of every size, or of some.
func testPaging(t *testing.T, s store.Store, fewer bool) {
	walkOrders(t, "events", s.Events, eventOrders(), fewer)
	walkOrders(t, "actors", s.Actors, actorOrders(), fewer)
	walkOrders(t, "locations", s.Locations, locationOrders(), fewer)
	walkOrders(t, "documents", s.Documents, documentOrders(), fewer)
	walkOrders(t, "claims", s.Claims, claimOrders(), fewer)
}

func walkOrders[F, O any, T kg.Identified](t *testing.T, kind string, read reader[F, O, T],
	cases []orderCase[O], fewer bool) {
	t.Helper()
	for _, c := range cases {
		for _, order := range []O{c.asc, c.desc} {
			t.Run(fmt.Sprintf("%s by %v", kind, order), func(t *testing.T) {
				q := store.ListQuery[F, O]{Order: order, Total: true}
				n := len(list(t, read, q))
				for size := 1; size <= n+1; size++ {
					if fewer && size != 2 && size < n {
						continue
					}
					if err := walkBothWays(t.Context(), read, q, size); err != nil {
						t.Errorf("pages of %d: %v", size, err)
					}
				}
			})
		}
	}
}

// walkBothWays reads a query without a scope page by page in both directions and compares the pages with the whole
// list.
func walkBothWays[F, O any, T kg.Identified](
	ctx context.Context, read reader[F, O, T], q store.ListQuery[F, O], size int,
) error {
	one := func(w store.Window) (store.Page[T], error) {
		q.Window = w
		all, err := pages(ctx, read, q)
		if err != nil {
			return store.Page[T]{}, err
		}
		return all[0], nil
	}
	return walkWindows(one, size)
}

// walkWindows is walkBothWays for any function that returns pages.
func walkWindows[T kg.Identified](read func(store.Window) (store.Page[T], error), size int) error {
	whole, err := read(store.Window{Limit: store.MaxPageSize})
	if err != nil {
		return err
	}
	want := idsOf(whole.Items)
	for _, backward := range []bool{false, true} {
		var got []kg.ID
		w := store.Window{Limit: size, Backward: backward}
		for n := 0; ; n++ {
			p, err := read(w)
			if err != nil {
				return err
			}
			more, behind := p.HasNext, p.HasPrevious
			if backward {
				more, behind = behind, more
				got = append(idsOf(p.Items), got...)
			} else {
				got = append(got, idsOf(p.Items)...)
			}
			if behind != (n > 0) || more != (len(got) < len(want)) {
				return fmt.Errorf("backward %t, page %d: next %t, previous %t, with %d of %d items seen", backward, n, p.HasNext,
					p.HasPrevious, len(got), len(want))
			}
			if p.Total != nil && *p.Total != len(want) {
				return fmt.Errorf("backward %t, page %d: total %d, want %d", backward, n, *p.Total, len(want))
			}
			if !more || len(p.Items) == 0 {
				break
			}
			if backward {
				w.Before = &p.Positions[0]
			} else {
				w.After = &p.Positions[len(p.Positions)-1]
			}
		}
		if !slices.Equal(got, want) {
			return fmt.Errorf("backward %t: pages have %v, want %v", backward, got, want)
		}
	}
	return nil
}

// testWindows reads windows between two positions, empty windows, and windows beyond the ends.
func testWindows(t *testing.T, s store.Store) {
	order := store.EventOrder{Field: store.EventsByKilled, Direction: store.Desc}
	ask := func(w store.Window) store.Page[kg.Event] {
		t.Helper()
		return must[[]store.Page[kg.Event]](t)(pages(t.Context(), s.Events,
			store.EventQuery{Order: order, Window: w, Total: true}))[0]
	}
	// campaign strike week raid year talks spring speech rumour reply denied counter
	all := ask(store.Window{Limit: store.MaxPageSize})
	at := func(i int) *store.Position { return &all.Positions[i] }
	for _, c := range []struct {
		name           string
		window         store.Window
		want           string
		next, previous bool
	}{
		{"between ties", store.Window{Limit: 5, After: at(1), Before: at(4)}, "week raid", false, true},
		{"limited", store.Window{Limit: 1, After: at(1), Before: at(4)}, "week", true, true},
		{"limited from the end", store.Window{Limit: 1, Backward: true, After: at(1), Before: at(4)}, "raid", true, true},
		{"among the absent", store.Window{Limit: 2, After: at(6)}, "speech rumour", true, true},
		{"before the absent", store.Window{Limit: 2, Backward: true, Before: at(4)}, "week raid", true, true},
		{"after the last", store.Window{Limit: 3, After: at(11)}, "", false, true},
		{"before the first", store.Window{Limit: 3, Backward: true, Before: at(0)}, "", true, false},
		{"of nothing", store.Window{Limit: 3, After: at(4), Before: at(2)}, "", false, true},
		{"after a position without an event", store.Window{Limit: 2, After: &store.Position{Int: 2, ID: "event:s"}},
			"raid year", true, true},
	} {
		p := ask(c.window)
		wantEqual(t, c.name, nodeIDs(kg.KindEvent, c.want), idsOf(p.Items))
		if p.HasNext != c.next || p.HasPrevious != c.previous || *p.Total != 12 {
			t.Errorf("%s: next %t, previous %t, total %d; want %t, %t, 12", c.name, p.HasNext, p.HasPrevious, *p.Total, c.next,
				c.previous)
		}
	}
	none := ask(store.Window{})
	if len(none.Items) != 0 || *none.Total != 12 {
		t.Errorf("limit 0: %d items, total %d; want 0 and 12", len(none.Items), *none.Total)
	}
}
