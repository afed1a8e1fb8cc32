package aggregate

import (
	"context"
	"iter"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// smallSelection is the number of events that an engine reads in less time than the index takes to load a column.
const smallSelection = 5000

// queryRows calls compute with the rows that match a filter, after loading the fields. If the index has no columns for
// the filter, the store returns the ids of matching events. It calls fallback instead for another view, for too many
// events, or if few events match and the fields are not loaded. The argument of fallback is the filter, or one that
// selects the same events.
func queryRows[T any](
	ctx context.Context, c *Index, v kg.View, f *store.EventFilter, fields []store.FacetField,
	compute func(t *table, rows []uint32) (T, error), fallback func(*store.EventFilter) (T, error),
) (answer T, err error) {
	if !supportsView(v, f) {
		return fallback(f)
	}
	if supportsFilter(f) {
		done, err := c.withTable(ctx, append(requiredFields(f), fields...), func(t *table) (err error) {
			answer, err = compute(t, t.matchingRows(f))
			return err
		})
		if err != nil || done {
			return answer, err
		}
		return fallback(f)
	}
	ids := []kg.ID{}
	if err := retryOnConflict(func() error {
		ids = ids[:0]
		return c.store.EventIDs(ctx, v, f, func(id kg.ID) error { ids = append(ids, id); return nil })
	}); err != nil {
		return answer, err
	}
	if len(ids) <= smallSelection && !c.has(fields) {
		return fallback(&store.EventFilter{IDs: ids, Identity: f.Identity})
	}
	done, err := c.withTable(ctx, fields, func(t *table) (err error) {
		answer, err = compute(t, t.rowsOf(ids))
		return err
	})
	if err != nil || done {
		return answer, err
	}
	return fallback(f)
}

// has reports whether the fields are loaded.
func (c *Index) has(fields []store.FacetField) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.table != nil && c.table.has(fields)
}

func (t *table) has(fields []store.FacetField) bool {
	return !slices.ContainsFunc(fields, func(f store.FacetField) bool { return t.lists[f] == nil })
}

// rowsOf returns the rows of events by id.
func (t *table) rowsOf(ids []kg.ID) []uint32 {
	rows := make([]uint32, 0, len(ids))
	for _, id := range ids {
		if row, known := t.rows[id]; known && t.present[row] {
			rows = append(rows, row)
		}
	}
	return rows
}

// matchingRows returns the rows of matching events.
func (t *table) matchingRows(f *store.EventFilter) []uint32 {
	return slices.AppendSeq(make([]uint32, 0, len(t.present)), t.matches(f))
}

// matches iterates over the rows of matching events.
func (t *table) matches(f *store.EventFilter) iter.Seq[uint32] {
	conditions := t.conditions(f, true)
	return func(yield func(uint32) bool) {
		for i := range t.present {
			if row := uint32(i); t.present[row] && matchesAll(conditions, row) && !yield(row) {
				return
			}
		}
	}
}
