package schedule

import (
	"casus/internal/kg"
	"casus/loader/entry"
)

// group is entries that refer to one another in a circle, almost always one. They are applied together.
type group []*entry.Entry

// size returns the number of nodes and claims of the group.
func (g group) size() int {
	n := 0
	for _, e := range g {
		n += e.Batch.Size()
	}
	return n
}

func sizeOf(groups []group) int {
	n := 0
	for _, g := range groups {
		n += g.size()
	}
	return n
}

// dependencyOrder groups entries so that no group refers to a later one and each may be applied after those before it:
// Tarjan's strongly connected components.
func dependencyOrder(entries []*entry.Entry) []group {
	t := tarjan{
		definers: make(map[kg.ID]*entry.Entry, 2*len(entries)), visits: make(map[*entry.Entry]*visit, len(entries)),
	}
	visits := make([]visit, len(entries))
	for i, e := range entries {
		t.visits[e] = &visits[i]
		for id := range e.DefinedIDs {
			if t.definers[id] == nil {
				t.definers[id] = e
			}
		}
	}
	for _, e := range entries { // an event's only entry may have been a duplicate
		for _, c := range e.Batch.Claims {
			if t.definers[c.Subject] == nil {
				t.definers[c.Subject] = e
			}
		}
	}
	for _, e := range entries {
		if v := t.visits[e]; v.order == 0 {
			t.visit(e, v)
		}
	}
	return t.groups
}

// tarjan is one run of Tarjan's algorithm. definers are the entries by the ids that they define.
type tarjan struct {
	definers map[kg.ID]*entry.Entry
	visits   map[*entry.Entry]*visit
	visited  int
	stack    []*entry.Entry
	groups   []group
}

// visit is an entry's state in the depth-first search.
type visit struct {
	order, low int // from 1
	onStack    bool
}

// follow searches from an entry that another one needs. It does nothing if that is not to be applied.
func (t *tarjan) follow(v *visit, needed *entry.Entry) {
	next := t.visits[needed]
	switch {
	case next == nil || next == v:
	case next.order == 0:
		t.visit(needed, next)
		v.low = min(v.low, next.low)
	case next.onStack:
		v.low = min(v.low, next.order)
	}
}

// visit searches from an entry, and appends the groups that it completes.
func (t *tarjan) visit(e *entry.Entry, v *visit) {
	t.visited++
	*v = visit{t.visited, t.visited, true}
	t.stack = append(t.stack, e)
	for id := range e.References {
		if needed := t.definers[id]; needed != nil {
			t.follow(v, needed)
		}
	}
	for _, needed := range e.Together {
		t.follow(v, needed)
	}
	if v.low != v.order {
		return
	}
	for i := len(t.stack) - 1; ; i-- {
		t.visits[t.stack[i]].onStack = false
		if t.stack[i] == e {
			t.groups = append(t.groups, append(group(nil), t.stack[i:]...))
			t.stack = t.stack[:i]
			return
		}
	}
}
