package aggregate

import (
	"cmp"
	"context"
	"slices"

	"casus/internal/columns"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Columns returns the columns of events. A filter without a column is applied by the store, in one query. Errors are
// BAD_INPUT for the EXACT view, and LIMIT_EXCEEDED if the store has more events than an index, or if the answer would
// have too many values.
func (c *Index) Columns(ctx context.Context, q columns.Query) (found columns.Table, err error) {
	if !supportsView(q.View, q.Filter) {
		return found, kg.Errorf(kg.BadInput, "columns show the nodes of an identity class as one: identity cannot be EXACT")
	}
	var fields []store.FacetField
	for _, f := range q.Fields {
		if list, ok := f.List(); ok {
			fields = append(fields, list)
		}
	}
	choose := func(t *table) []selection { return t.selectMatching(q.View.KnownAt, q.Filter) }
	if supportsFilter(q.Filter) {
		fields = append(fields, requiredFields(q.Filter)...)
	} else {
		ids := []kg.ID{}
		if err := retryOnConflict(func() error {
			ids = ids[:0]
			return c.store.EventIDs(ctx, q.View, q.Filter, func(id kg.ID) error { ids = append(ids, id); return nil })
		}); err != nil {
			return found, err
		}
		choose = func(t *table) []selection { return t.selectEvents(q.View.KnownAt, ids) }
	}
	done, err := c.withTable(ctx, fields, func(t *table) (err error) {
		found, err = t.columns(ctx, q, choose(t))
		return err
	})
	if err == nil && !done {
		err = kg.Errorf(kg.LimitExceeded,
			"columns are those of at most %d events, and the store has more", c.options.MaxEvents)
	}
	return found, err
}

// eventVersion is the version of an event that a view shows: its row in versions, and its event's number.
type eventVersion struct {
	versions   *versions
	row, event uint32
}

func (t *table) columns(ctx context.Context, q columns.Query, selected []selection) (found columns.Table, err error) {
	for _, s := range selected {
		found.Events += len(s.rows)
	}
	if err := columns.CheckSize(found.Events, len(q.Fields)); err != nil {
		return found, err
	}
	sorted, listed := t.sortedVersions(selected, found.Events), 0
	for _, f := range q.Fields {
		if ctx.Err() != nil {
			return found, kg.Errorf(kg.Timeout, "read columns: %w", context.Cause(ctx))
		}
		column := t.column(f, sorted, q.View.KnownAt)
		found.Columns = append(found.Columns, column)
		if listed += len(column.Lists); listed > columns.MaxValues {
			return found, columns.CheckSize(listed, len(q.Fields))
		}
	}
	return found, nil
}

// sortedVersions returns selected versions in the order of their starts, events without one last, then by id. If the
// order of the latest versions is known, only versions with another start are sorted.
func (t *table) sortedVersions(selected []selection, n int) []eventVersion {
	chosen := make([]eventVersion, len(t.ids)) // by event; without versions if it is not selected
	for _, s := range selected {
		for i, row := range s.rows {
			chosen[s.events[i]] = eventVersion{s.versions, row, s.events[i]}
		}
	}
	all, moved := make([]eventVersion, 0, n), []eventVersion{}
	if t.order != nil {
		known := directedOrder{table: t}
		for i := range t.order.rows {
			event := known.row(i)
			if v := chosen[event]; v.versions != nil && t.startOf(v) == t.start(event) {
				all, chosen[event] = append(all, v), eventVersion{}
			}
		}
	}
	for _, v := range chosen {
		if v.versions != nil {
			moved = append(moved, v)
		}
	}
	slices.SortFunc(moved, t.compareVersions)
	if len(all) == 0 || len(moved) == 0 {
		return append(all, moved...)
	}
	merged := make([]eventVersion, 0, n)
	for _, v := range all {
		for len(moved) > 0 && t.compareVersions(moved[0], v) < 0 {
			merged, moved = append(merged, moved[0]), moved[1:]
		}
		merged = append(merged, v)
	}
	return append(merged, moved...)
}

func (t *table) startOf(v eventVersion) edtf.Instant { return t.hulls[v.versions.hull[v.row]].earliest }

func (t *table) compareVersions(a, b eventVersion) int {
	start := func(v eventVersion) edtf.Instant {
		if at := t.startOf(v); at.Bounded() {
			return at
		}
		return edtf.EndOfTime
	}
	return cmp.Or(cmp.Compare(start(a), start(b)), cmp.Compare(t.ids[a.event], t.ids[b.event]))
}
