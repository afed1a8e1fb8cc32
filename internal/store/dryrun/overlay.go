package dryrun

import (
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// overlay holds all records of one kind, those of the base among them, with the changes of the current batch on top.
type overlay[T kg.Identified] struct {
	stored map[kg.ID]T
	staged map[kg.ID]*T // nil for a record that the batch deletes
}

func newOverlay[T kg.Identified]() overlay[T] {
	return overlay[T]{map[kg.ID]T{}, map[kg.ID]*T{}}
}

func (o overlay[T]) find(ids []kg.ID) []T {
	var found []T
	for _, id := range ids {
		if v, ok := o.get(id); ok {
			found = append(found, v)
		}
	}
	return found
}

func (o overlay[T]) get(id kg.ID) (v T, found bool) {
	if changed, ok := o.staged[id]; ok {
		if changed == nil {
			return v, false
		}
		return *changed, true
	}
	v, found = o.stored[id]
	return v, found
}

// all returns all records, in any order.
func (o overlay[T]) all() []T {
	ids := maps.Clone(o.stored)
	for id := range o.staged {
		ids[id] = *new(T)
	}
	return o.find(slices.Collect(maps.Keys(ids)))
}

func (o overlay[T]) put(records []T) {
	for i := range records {
		o.staged[records[i].NodeID()] = &records[i]
	}
}

func (o overlay[T]) delete(ids []kg.ID) {
	for _, id := range ids {
		if _, stored := o.get(id); stored {
			o.staged[id] = nil
		}
	}
}

func (o overlay[T]) commit() {
	for id, v := range o.staged {
		if v == nil {
			delete(o.stored, id)
		} else {
			o.stored[id] = *v
		}
	}
	clear(o.staged)
}

func (o overlay[T]) discard() { clear(o.staged) }

// add adds the records of a page of the base.
func add[T kg.Identified](to overlay[T], records []T) {
	for _, r := range records {
		to.stored[r.NodeID()] = r
	}
}

// addPage adds the releases, identity decisions, reviews and corrections of a page of the base.
func (s *Store) addPage(p store.ScanPage) {
	add(s.releases, p.Releases)
	add(s.decisions, p.Identities)
	add(s.reviews, p.Reviews)
	add(s.corrections, p.Corrections)
}
