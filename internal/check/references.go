package check

import (
	"cmp"
	"hash/maphash"
	"maps"
	"slices"

	"casus/internal/kg"
)

// references knows which ids are stored, by a hash of 64 bits each, and which were named before they were seen. Of
// several records that name an unknown one, the first is kept.
type references struct {
	seed       maphash.Seed
	stored     map[uint64]struct{}
	unresolved map[kg.ID]kg.ID // what is named, by whom
}

func newReferences() *references {
	return &references{seed: maphash.MakeSeed(), stored: map[uint64]struct{}{}, unresolved: map[kg.ID]kg.ID{}}
}

func (r *references) hash(id kg.ID) uint64 { return maphash.String(r.seed, string(id)) }

func (r *references) addStored(id kg.ID) {
	r.stored[r.hash(id)] = struct{}{}
	delete(r.unresolved, id)
}

func (r *references) isStored(id kg.ID) bool {
	_, ok := r.stored[r.hash(id)]
	return ok
}

// add notes what a record refers to; empty references are none.
func (r *references) add(by kg.ID, ids ...kg.ID) {
	for _, id := range ids {
		if id == "" || r.isStored(id) {
			continue
		}
		if _, noted := r.unresolved[id]; !noted {
			r.unresolved[id] = by
		}
	}
}

func (r *references) eachUnresolved(report func(by, to kg.ID)) {
	open := slices.SortedFunc(maps.Keys(r.unresolved), func(a, b kg.ID) int { return cmp.Or(cmp.Compare(r.unresolved[a], r.unresolved[b]), cmp.Compare(a, b)) })
	for _, id := range open {
		report(r.unresolved[id], id)
	}
}

// cycleFinder holds a relation that must never lead back to where it began: each node's next ones.
type cycleFinder map[kg.ID][]kg.ID

func (c cycleFinder) add(id kg.ID, next ...kg.ID) {
	for _, n := range next {
		if n != "" {
			c[id] = append(c[id], n)
		}
	}
}

// eachCycle reports one node of every circle, in the order of ids.
func (c cycleFinder) eachCycle(report func(kg.ID)) {
	const under, done = 1, 2
	state := map[kg.ID]int{}
	var walk func(kg.ID)
	walk = func(id kg.ID) {
		state[id] = under
		for _, n := range c[id] {
			switch state[n] {
			case under:
				report(n)
			case 0:
				walk(n)
			}
		}
		state[id] = done
	}
	for _, id := range slices.Sorted(maps.Keys(c)) {
		if state[id] == 0 {
			walk(id)
		}
	}
}
