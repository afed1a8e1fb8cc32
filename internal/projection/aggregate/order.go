package aggregate

import (
	"cmp"
	"slices"
	"sort"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// order has the rows of all events by when they begin, then by their ids. Those without a start come first.
type order struct {
	rows []uint32
	open int // how many have no start
}

// ordered sorts all rows.
func (t *table) ordered() *order {
	rows := make([]uint32, 0, len(t.there))
	for i, there := range t.there {
		if there {
			rows = append(rows, uint32(i))
		}
	}
	slices.SortFunc(rows, t.compare)
	return t.orderOf(rows)
}

// reordered is an order with some events as they are now.
func (t *table) reordered(o *order, subjects []kg.ID) *order {
	changed := make([]bool, len(t.there))
	var fresh []uint32
	for _, id := range subjects {
		if row, known := t.rows[id]; known && !changed[row] {
			changed[row] = true
			if t.there[row] {
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
	return t.orderOf(append(rows, fresh...))
}

func (t *table) orderOf(rows []uint32) *order {
	return &order{rows, sort.Search(len(rows), func(i int) bool { return t.starts(rows[i]).Bounded() })}
}

func (t *table) starts(row uint32) edtf.Instant { return t.hulls[t.hull[row]].earliest }

func (t *table) compare(a, b uint32) int {
	return cmp.Or(cmp.Compare(t.starts(a), t.starts(b)), cmp.Compare(t.ids[a], t.ids[b]))
}

// directed is an order in one of the two directions; those without a start come last in both.
type directed struct {
	*table
	store.EventOrder
}

func (d directed) row(i int) uint32 {
	rows := d.order.rows
	if d.Direction == store.Desc {
		return rows[len(rows)-1-i]
	}
	return rows[(d.order.open+i)%len(rows)]
}

func (d directed) position(row uint32) store.Position {
	return store.Position{Int: store.InstantKey(d.starts(row), d.Direction), ID: d.ids[row]}
}

// first is the place of the first row whose position comes after another, or is the same where that counts too.
func (d directed) first(after store.Position, same bool) int {
	return sort.Search(len(d.order.rows), func(i int) bool {
		at := d.position(d.row(i))
		c := cmp.Or(cmp.Compare(at.Int, after.Int), cmp.Compare(at.ID, after.ID))
		if d.Direction == store.Desc {
			c = -c
		}
		return c > 0 || same && c == 0
	})
}

// begins is the place before which no row can match a filter, by its time.
func (d directed) begins(f *store.EventFilter) int {
	if f == nil || f.Time == nil || d.Direction != store.Desc {
		return 0
	}
	_, end := f.Time.Bounds()
	return sort.Search(len(d.order.rows), func(i int) bool { return d.starts(d.row(i)) <= end })
}
