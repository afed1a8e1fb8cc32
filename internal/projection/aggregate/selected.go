package aggregate

import (
	"context"
	"iter"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// few is how many events an engine looks through in less time than reading all would take.
const few = 5000

// selected gives an answer from the rows that match a filter, with some fields' values. Others are asked where columns are not of the view that
// is asked for, where there are too many events, or where few match while nothing was read yet; they are given the filter, or what
// leaves the same events. The store names the events that match where columns cannot tell.
func selected[T any](ctx context.Context, c *Index, v kg.View, f *store.EventFilter, fields []store.FacetField,
	tell func(t *table, rows []uint32) (T, error), others func(*store.EventFilter) (T, error),
) (answer T, err error) {
	if !here(v, f) {
		return others(f)
	}
	if knows(f) {
		done, err := c.look(ctx, append(needs(f), fields...), func(t *table) (err error) {
			answer, err = tell(t, t.matched(f))
			return err
		})
		if err != nil || done {
			return answer, err
		}
		return others(f)
	}
	ids := []kg.ID{}
	if err := again(func() error {
		ids = ids[:0]
		return c.store.EventIDs(ctx, v, f, func(id kg.ID) error { ids = append(ids, id); return nil })
	}); err != nil {
		return answer, err
	}
	if len(ids) <= few && !c.has(fields) {
		return others(&store.EventFilter{IDs: ids, Identity: f.Identity})
	}
	done, err := c.look(ctx, fields, func(t *table) (err error) {
		answer, err = tell(t, t.those(ids))
		return err
	})
	if err != nil || done {
		return answer, err
	}
	return others(f)
}

// has says whether fields were read yet.
func (c *Index) has(fields []store.FacetField) bool {
	c.looking.RLock()
	defer c.looking.RUnlock()
	return c.table != nil && c.table.has(fields)
}

func (t *table) has(fields []store.FacetField) bool {
	return !slices.ContainsFunc(fields, func(f store.FacetField) bool { return t.lists[f] == nil })
}

// those are the rows of some events.
func (t *table) those(ids []kg.ID) []uint32 {
	rows := make([]uint32, 0, len(ids))
	for _, id := range ids {
		if row, known := t.rows[id]; known && t.there[row] {
			rows = append(rows, row)
		}
	}
	return rows
}

// matched are the rows of events that match.
func (t *table) matched(f *store.EventFilter) []uint32 {
	return slices.AppendSeq(make([]uint32, 0, len(t.there)), t.matches(f))
}

// matches goes through the rows of events that match.
func (t *table) matches(f *store.EventFilter) iter.Seq[uint32] {
	conditions := t.matching(f, true)
	return func(yield func(uint32) bool) {
		for i := range t.there {
			if row := uint32(i); t.there[row] && meets(conditions, row) && !yield(row) {
				return
			}
		}
	}
}
