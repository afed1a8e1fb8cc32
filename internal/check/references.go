package check

import (
	"cmp"
	"hash/maphash"
	"maps"
	"slices"

	"casus/internal/kg"
)

// references holds the ids that are stored, as hashes of 64 bits, and the ids that were referred to before they were
// seen.
type references struct {
	seed       maphash.Seed
	stored     map[uint64]struct{}
	unresolved map[kg.ID]kg.ID // the first record that refers to each id
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

// add notes the references of a record. Empty ones are ignored.
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

// eachUnresolved calls report for each id that is referred to and not stored, ordered by the referring record.
func (r *references) eachUnresolved(report func(by, to kg.ID)) {
	ids := slices.SortedFunc(maps.Keys(r.unresolved), func(a, b kg.ID) int {
		return cmp.Or(cmp.Compare(r.unresolved[a], r.unresolved[b]), cmp.Compare(a, b))
	})
	for _, id := range ids {
		report(r.unresolved[id], id)
	}
}

// cycleFinder holds a relation that must not have cycles, as the successors of each node.
type cycleFinder map[kg.ID][]kg.ID

func (c cycleFinder) add(id kg.ID, next ...kg.ID) {
	for _, n := range next {
		if n != "" {
			c[id] = append(c[id], n)
		}
	}
}

// eachCycle calls report with one node of every cycle, in the order of ids.
func (c cycleFinder) eachCycle(report func(kg.ID)) {
	const visiting, done = 1, 2
	state := map[kg.ID]int{}
	var walk func(kg.ID)
	walk = func(id kg.ID) {
		state[id] = visiting
		for _, n := range c[id] {
			switch state[n] {
			case visiting:
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
