package apply

import (
	"context"
	"reflect"
	"slices"

	"casus/internal/kg"
)

// mergeRecords merges a batch's records of one kind with each other and with the stored ones. decideAll then chooses
// between values of tied sources, and outcome counts the records.
func mergeRecords[T checker](
	ctx context.Context, r *run, records []T, stored func(context.Context, []kg.ID) ([]T, error), merge func(a, b T) T,
) (mergeResult[T], error) {
	if len(records) == 0 {
		return mergeResult[T]{}, nil
	}
	changes, err := mergeAll(ctx, records, stored, merge)
	if err != nil {
		return changes, err
	}
	if ids := changes.ids(); len(ids) > 0 && !r.Exclusive() {
		// Lock only changed records, so that batches that merely contain the same unchanged record do not wait for each
		// other. Then merge again with what other transactions wrote before the lock was acquired.
		if err := r.Lock(ctx, ids); err != nil {
			return changes, err
		}
		return mergeAll(ctx, records, stored, merge)
	}
	return changes, nil
}

// outcome checks and counts the merged records of one kind and returns the ones to write. note, unless nil, is called
// for each of these, with the stored record or the zero value as old.
func outcome[T checker](r *run, kind kg.NodeKind, changes mergeResult[T], note func(old, now T)) ([]T, error) {
	var write []T
	for _, c := range changes.all {
		switch {
		case c.changed:
			if err := c.now.Check(); err != nil { // a merged record may exceed a bound that its parts do not
				return nil, err
			}
		case !c.redated:
			r.applied.Unchanged[kind]++
			continue
		default:
			continue
		}
		if c.known {
			r.applied.Changed[kind]++
		} else {
			r.applied.Added[kind]++
		}
		write = append(write, c.now)
		r.applied.Written = append(r.applied.Written, c.now.NodeID())
		if note != nil {
			note(c.old, c.now)
		}
	}
	return write, nil
}

// mergeResult holds the merged records of one kind, by id.
type mergeResult[T kg.Identified] struct{ all []mergedRecord[T] }

type mergedRecord[T kg.Identified] struct {
	old, now       T
	known, changed bool
	// redated is set for a stored record that the batch does not have: only the dates of its sources may have changed.
	redated bool
}

func (c mergeResult[T]) ids() []kg.ID {
	var ids []kg.ID
	for _, record := range c.all {
		if record.changed {
			ids = append(ids, record.now.NodeID())
		}
	}
	return ids
}

// checker is a record that can check itself.
type checker interface {
	kg.Identified
	Check() error
}

func mergeAll[T kg.Identified](ctx context.Context, records []T,
	stored func(context.Context, []kg.ID) ([]T, error), merge func(a, b T) T,
) (mergeResult[T], error) {
	ids := idsOf(records, T.NodeID)
	found, err := stored(ctx, ids)
	if err != nil {
		return mergeResult[T]{}, err
	}
	old, now := make(map[kg.ID]*T, len(found)), make(map[kg.ID]*T, len(ids))
	for i := range found {
		old[found[i].NodeID()] = &found[i]
	}
	var c mergeResult[T]
	merged := make([]T, len(ids)) // now points into it
	for i := range records {
		id := records[i].NodeID()
		base, seen := now[id]
		if !seen {
			if base, seen = old[id]; !seen {
				base = &records[i] // merged with itself, a record is in canonical form
			}
			now[id] = &merged[len(now)]
		}
		*now[id] = merge(*base, records[i])
	}
	c.all = make([]mergedRecord[T], len(ids))
	for i, id := range ids {
		record := &c.all[i]
		record.now = *now[id]
		if before := old[id]; before != nil {
			record.old, record.known = *before, true
		}
		record.changed = !record.known || !reflect.DeepEqual(record.old, record.now)
	}
	return c, nil
}

func writeAny[T any](ctx context.Context, records []T, write func(context.Context, []T) error) error {
	if len(records) == 0 {
		return nil
	}
	return write(ctx, records)
}

// idsOf returns the distinct ids of records, sorted.
func idsOf[T any](records []T, id func(T) kg.ID) []kg.ID {
	ids := make([]kg.ID, len(records))
	for i, r := range records {
		ids[i] = id(r)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
