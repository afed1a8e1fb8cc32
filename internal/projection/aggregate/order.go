package aggregate

import (
	"cmp"
	"slices"
	"sort"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// sortedOrder returns the order of all rows.
func (t *table) sortedOrder() *order {
	rows := t.latestView().collect(nil).rows
	slices.SortFunc(rows, t.compare)
	return t.newOrder(rows)
}

// mergedOrder returns o with the changed subjects moved to their new places.
func (t *table) mergedOrder(o *order, subjects []kg.ID) *order {
	changed := make([]bool, len(t.ids))
	var fresh []uint32
	for _, id := range subjects {
		if row, known := t.rows[id]; known && !changed[row] {
			changed[row] = true
			if t.latest.present[row] {
				fresh = append(fresh, row)
			}
		}
	}
	slices.SortFunc(fresh, t.compare)
	rows := make([]uint32, 0, len(o.rows)+len(fresh))
	for _, row := range o.rows {
		if changed[row] {
			continue
		}
		for len(fresh) > 0 && t.compare(fresh[0], row) < 0 {
			rows, fresh = append(rows, fresh[0]), fresh[1:]
		}
		rows = append(rows, row)
	}
	return t.newOrder(append(rows, fresh...))
}

func (t *table) newOrder(rows []uint32) *order {
	return &order{rows, sort.Search(len(rows), func(i int) bool { return t.start(rows[i]).Bounded() })}
}

func (t *table) start(row uint32) edtf.Instant { return t.hulls[t.latest.hull[row]].earliest }

func (t *table) compare(a, b uint32) int {
	return cmp.Or(cmp.Compare(t.start(a), t.start(b)), cmp.Compare(t.ids[a], t.ids[b]))
}

// directedOrder is an order in one direction; events without a start come last in both directions.
type directedOrder struct {
	*table
	store.EventOrder
}

func (d directedOrder) row(i int) uint32 {
	rows := d.order.rows
	if d.Direction == store.Desc {
		return rows[len(rows)-1-i]
	}
	return rows[(d.order.withoutStart+i)%len(rows)]
}

func (d directedOrder) position(row uint32) store.Position {
	return store.Position{Int: store.InstantKey(d.start(row), d.Direction), ID: d.ids[row]}
}

// search returns the index of the first row whose position is after the given one, or equal to it if same is set.
func (d directedOrder) search(after store.Position, same bool) int {
	return sort.Search(len(d.order.rows), func(i int) bool {
		at := d.position(d.row(i))
		c := cmp.Or(cmp.Compare(at.Int, after.Int), cmp.Compare(at.ID, after.ID))
		if d.Direction == store.Desc {
			c = -c
		}
		return c > 0 || same && c == 0
	})
}

// firstMatch returns an index before which no row can match the time of a filter.
func (d directedOrder) firstMatch(f *store.EventFilter) int {
	if f == nil || f.Time == nil || d.Direction != store.Desc {
		return 0
	}
	_, end := f.Time.Bounds()
	return sort.Search(len(d.order.rows), func(i int) bool { return d.start(d.row(i)) <= end })
}
