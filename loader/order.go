package loader

import "casus/internal/kg"

// ordered groups live items so that what is referred to comes no later than what refers: each group may be applied after
// those before it. Items that refer to one another in a circle are one group (Tarjan's strongly connected components).
func ordered(items []*item) [][]*item {
	t := tarjan{givers: make(map[kg.ID]*item, 2*len(items))}
	for _, it := range items {
		it.visit = visit{}
		if it.dead {
			continue
		}
		for id := range it.gives {
			if t.givers[id] == nil {
				t.givers[id] = it
			}
		}
	}
	for _, it := range items { // an event's record may be an echo of a claim that stands alone
		for _, c := range it.batch.Claims {
			if !it.dead && t.givers[c.Subject] == nil {
				t.givers[c.Subject] = it
			}
		}
	}
	for _, it := range items {
		if it.visit.nth == 0 && !it.dead {
			t.visit(it)
		}
	}
	return t.groups
}

type tarjan struct {
	givers  map[kg.ID]*item
	visited int
	stack   []*item
	groups  [][]*item
}

// visit is what is known of an item while items are ordered.
type visit struct {
	nth, low int  // from 1
	open     bool // on the stack
}

func (t *tarjan) visit(it *item) {
	t.visited++
	it.visit = visit{t.visited, t.visited, true}
	t.stack = append(t.stack, it)
	for id := range it.refersTo {
		next := t.givers[id]
		if next == nil || next == it {
			continue
		}
		if next.visit.nth == 0 {
			t.visit(next)
			it.visit.low = min(it.visit.low, next.visit.low)
		} else if next.visit.open {
			it.visit.low = min(it.visit.low, next.visit.nth)
		}
	}
	if it.visit.low != it.visit.nth {
		return
	}
	for i := len(t.stack) - 1; ; i-- {
		t.stack[i].visit.open = false
		if t.stack[i] == it {
			t.groups = append(t.groups, append([]*item(nil), t.stack[i:]...))
			t.stack = t.stack[:i]
			return
		}
	}
}
