package aggregate

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// smallSelection is the number of events that an engine reads in less time than the index takes to load a column.
const smallSelection = 5000

// querySelection calls compute with the versions of a view that match a filter, after loading the fields. If the index
// has no columns for the filter, would have to load columns of nodes for it, or the filter is about too many places,
// the store returns the ids of matching events. It calls fallback instead for the EXACT view, for too many events, or
// if few events match and the fields are not loaded. The argument of fallback is the filter, or one that selects the
// same events.
func querySelection[T any](
	ctx context.Context, c *Index, v kg.View, f *store.EventFilter, fields []store.FacetField,
	compute func(*table, []selection) (T, error), fallback func(*store.EventFilter) (T, error),
) (answer T, err error) {
	if !supportsView(v, f) {
		return fallback(f)
	}
	if supportsFilter(f) {
		done, err := c.withTable(ctx, append(requiredFields(f), fields...), func(t *table) (err error) {
			answer, err = compute(t, t.selectMatching(v.KnownAt, f))
			return err
		})
		if err != nil || done {
			return answer, err
		}
		return fallback(f)
	}
	if supportsNodes(f) && c.has(requiredFields(f)) {
		named, found, err := c.listPlaces(ctx, f)
		if err != nil {
			return answer, err
		}
		done := false
		if found {
			done, err = c.withTable(ctx, append(requiredFields(f), fields...), func(t *table) (err error) {
				if found = t.hasNodes(named); found {
					answer, err = compute(t, t.selectMatching(v.KnownAt, named))
				}
				return err
			})
		}
		if err != nil || done && found {
			return answer, err
		}
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
		answer, err = compute(t, t.selectEvents(v.KnownAt, ids))
		return err
	})
	if err != nil || done {
		return answer, err
	}
	return fallback(f)
}

// retryOnConflict repeats f until it does not return CONFLICT, which reports that identity classes changed during a
// read.
func retryOnConflict(f func() error) error {
	for {
		if err := f(); kg.CodeOf(err) != kg.Conflict {
			return err
		}
	}
}
