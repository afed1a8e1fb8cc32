// Package staging has the common parts of writers that apply batches by the rules of a store but derive nothing while
// they do: records that they hold in memory, and methods of a transaction that do nothing.
package staging

import (
	"iter"

	"casus/internal/kg"
)

// Records holds the records of one kind in memory, with the changes of the current batch on top.
type Records[T kg.Identified] struct {
	stored map[kg.ID]T
	staged map[kg.ID]*T // nil for a record that the batch deletes
}

// NewRecords returns no records.
func NewRecords[T kg.Identified]() Records[T] {
	return Records[T]{map[kg.ID]T{}, map[kg.ID]*T{}}
}

// Add stores records, as an earlier batch would have done.
func (r Records[T]) Add(records []T) {
	for _, v := range records {
		r.stored[v.NodeID()] = v
	}
}

// Stored returns the records without the changes of the current batch. The caller must not change the map.
func (r Records[T]) Stored() map[kg.ID]T { return r.stored }

// Get returns a record by its id.
func (r Records[T]) Get(id kg.ID) (v T, found bool) {
	if changed, ok := r.staged[id]; ok {
		if changed == nil {
			return v, false
		}
		return *changed, true
	}
	v, found = r.stored[id]
	return v, found
}

// Find returns the records that exist, in the order of the ids.
func (r Records[T]) Find(ids []kg.ID) []T {
	var found []T
	for _, id := range ids {
		if v, ok := r.Get(id); ok {
			found = append(found, v)
		}
	}
	return found
}

// All iterates over all records in any order.
func (r Records[T]) All() iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, v := range r.staged {
			if v != nil && !yield(*v) {
				return
			}
		}
		for id, v := range r.stored {
			if _, changed := r.staged[id]; !changed && !yield(v) {
				return
			}
		}
	}
}

// Put stages records, which must not change until the batch ends.
func (r Records[T]) Put(records []T) {
	for i := range records {
		r.staged[records[i].NodeID()] = &records[i]
	}
}

// Delete stages the deletion of those of the records that exist.
func (r Records[T]) Delete(ids []kg.ID) {
	for _, id := range ids {
		if _, exists := r.Get(id); exists {
			r.staged[id] = nil
		}
	}
}

// Commit stores the changes of the current batch.
func (r Records[T]) Commit() {
	for id, v := range r.staged {
		if v == nil {
			delete(r.stored, id)
		} else {
			r.stored[id] = *v
		}
	}
	clear(r.staged)
}

// Discard drops the changes of the current batch.
func (r Records[T]) Discard() { clear(r.staged) }
