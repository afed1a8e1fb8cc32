package apply

import (
	"context"
	"reflect"
	"slices"

	"casus/internal/kg"
)

// merged unites a batch's records of one kind with one another and with what is stored, counts what became of them and
// returns those to write. note, if there is one, sees each with what was stored before (the zero value if nothing was).
func merged[T kg.Identified](ctx context.Context, r *run, kind kg.NodeKind, records []T,
	stored func(context.Context, []kg.ID) ([]T, error), merge func(a, b T) (T, []kg.FieldConflict), note func(old, now T),
) ([]T, error) {
	if len(records) == 0 {
		return nil, nil
	}
	changes, err := unite(ctx, records, stored, merge)
	if err != nil {
		return nil, err
	}
	if ids := changes.ids(); len(ids) > 0 && !alone(r.Tx) {
		// Only what changes is locked, so that batches which merely mention the same hub do not wait for one another.
		// What another transaction wrote before the lock was had is merged in the second reading.
		if err := r.Lock(ctx, ids); err != nil {
			return nil, err
		}
		if changes, err = unite(ctx, records, stored, merge); err != nil {
			return nil, err
		}
	}
	r.applied.FieldConflicts = append(r.applied.FieldConflicts, changes.disagreements...)
	var write []T
	for _, c := range changes.all {
		switch {
		case !c.known:
			r.applied.Added[kind]++
		case c.changed:
			r.applied.Changed[kind]++
		default:
			r.applied.Unchanged[kind]++
			continue
		}
		write = append(write, c.now)
		r.applied.Written = append(r.applied.Written, c.now.NodeID())
		if note != nil {
			note(c.before, c.now)
		}
	}
	return write, nil
}

// alone says whether an engine has no other transactions beside a given one, so that what was read stays true without locks.
func alone(tx Tx) bool {
	a, ok := tx.(interface{ Alone() bool })
	return ok && a.Alone()
}

// changes is what a batch's records of one kind come to beside what is stored, by id.
type changes[T kg.Identified] struct {
	all           []change[T]
	disagreements []kg.FieldConflict
}

type change[T kg.Identified] struct {
	before, now    T
	known, changed bool
}

func (c changes[T]) ids() []kg.ID {
	var ids []kg.ID
	for _, one := range c.all {
		if one.changed {
			ids = append(ids, one.now.NodeID())
		}
	}
	return ids
}

func unite[T kg.Identified](ctx context.Context, records []T,
	stored func(context.Context, []kg.ID) ([]T, error), merge func(a, b T) (T, []kg.FieldConflict),
) (changes[T], error) {
	ids := idsOf(records, T.NodeID)
	found, err := stored(ctx, ids)
	if err != nil {
		return changes[T]{}, err
	}
	old, now := make(map[kg.ID]*T, len(found)), make(map[kg.ID]*T, len(ids))
	for i := range found {
		old[found[i].NodeID()] = &found[i]
	}
	var c changes[T]
	room := make([]T, len(ids)) // now points into it
	for i := range records {
		id := records[i].NodeID()
		base, seen := now[id]
		if !seen {
			if base, seen = old[id]; !seen {
				base = &records[i] // a record merged with itself is in canonical form, so that equal nodes are stored alike
			}
			now[id] = &room[len(now)]
		}
		united, disagreements := merge(*base, records[i])
		c.disagreements = append(c.disagreements, disagreements...)
		*now[id] = united
	}
	c.all = make([]change[T], len(ids))
	for i, id := range ids {
		one := &c.all[i]
		one.now = *now[id]
		if before := old[id]; before != nil {
			one.before, one.known = *before, true
		}
		one.changed = !one.known || !reflect.DeepEqual(one.before, one.now)
	}
	return c, nil
}

func put[T any](ctx context.Context, records []T, write func(context.Context, []T) error) error {
	if len(records) == 0 {
		return nil
	}
	return write(ctx, records)
}

// idsOf lists distinct ids in order.
func idsOf[T any](records []T, id func(T) kg.ID) []kg.ID {
	ids := make([]kg.ID, len(records))
	for i, r := range records {
		ids[i] = id(r)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
