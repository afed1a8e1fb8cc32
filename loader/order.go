package loader

import "casus/internal/kg"

// dependencyOrder groups live records so that no group refers to a later one and each may be applied after those before
// it. Records that refer to one another in a circle are one group: Tarjan's strongly connected components.
func dependencyOrder(records []*record) [][]*record {
	t := tarjan{definers: make(map[kg.ID]*record, 2*len(records))}
	for _, rec := range records {
		rec.visit = visit{}
		if rec.dropped {
			continue
		}
		for id := range rec.definedIDs {
			if t.definers[id] == nil {
				t.definers[id] = rec
			}
		}
	}
	for _, rec := range records { // an event's only record may have been a duplicate
		for _, c := range rec.batch.Claims {
			if !rec.dropped && t.definers[c.Subject] == nil {
				t.definers[c.Subject] = rec
			}
		}
	}
	for _, rec := range records {
		if rec.visit.order == 0 && !rec.dropped {
			t.visit(rec)
		}
	}
	return t.groups
}

// tarjan is one run of Tarjan's algorithm. definers are the records by the ids that they define.
type tarjan struct {
	definers map[kg.ID]*record
	visited  int
	stack    []*record
	groups   [][]*record
}

// visit is a record's state in the depth-first search.
type visit struct {
	order, low int // from 1
	onStack    bool
}

// follow searches from a record that another one needs, or needs nothing if next is nil.
func (t *tarjan) follow(rec, next *record) {
	switch {
	case next == nil || next == rec || next.dropped:
	case next.visit.order == 0:
		t.visit(next)
		rec.visit.low = min(rec.visit.low, next.visit.low)
	case next.visit.onStack:
		rec.visit.low = min(rec.visit.low, next.visit.order)
	}
}

// visit searches from a record, and appends the groups that it completes.
func (t *tarjan) visit(rec *record) {
	t.visited++
	rec.visit = visit{t.visited, t.visited, true}
	t.stack = append(t.stack, rec)
	for id := range rec.references {
		t.follow(rec, t.definers[id])
	}
	for _, next := range rec.together {
		t.follow(rec, next)
	}
	if rec.visit.low != rec.visit.order {
		return
	}
	for i := len(t.stack) - 1; ; i-- {
		t.stack[i].visit.onStack = false
		if t.stack[i] == rec {
			t.groups = append(t.groups, append([]*record(nil), t.stack[i:]...))
			t.stack = t.stack[:i]
			return
		}
	}
}
