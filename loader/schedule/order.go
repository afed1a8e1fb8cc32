package schedule

import (
	"casus/internal/components"
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

// dependencyOrder groups entries so that no group refers to a later one and each may be applied after those before it.
func dependencyOrder(entries []*entry.Entry) []group {
	definers := definersOf(entries)
	number := make(map[*entry.Entry]int32, len(entries))
	for i, e := range entries {
		number[e] = int32(i)
	}
	edges := make([][]int32, len(entries))
	need := func(i int, needed *entry.Entry) {
		if at, applied := number[needed]; applied {
			edges[i] = append(edges[i], at)
		}
	}
	for i, e := range entries {
		for id := range e.References {
			if needed := definers[id]; needed != nil {
				need(i, needed)
			}
		}
		for _, needed := range e.Together {
			need(i, needed)
		}
	}
	of, count := components.Of(edges)
	groups := make([]group, count)
	for i, e := range entries {
		groups[of[i]] = append(groups[of[i]], e)
	}
	return groups
}

// definersOf returns the first entry that defines each id.
func definersOf(entries []*entry.Entry) map[kg.ID]*entry.Entry {
	definers := make(map[kg.ID]*entry.Entry, 2*len(entries))
	define := func(id kg.ID, e *entry.Entry) {
		if definers[id] == nil {
			definers[id] = e
		}
	}
	for _, e := range entries {
		for id := range e.DefinedIDs {
			define(id, e)
		}
	}
	for _, e := range entries { // an event's only entry may have been a duplicate
		for _, c := range e.Batch.Claims {
			define(c.Subject, e)
		}
	}
	return definers
}
