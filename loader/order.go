package loader

import "casus/internal/kg"

// ordered groups live items so that what is referred to comes no later than what refers: each group may be applied after
// those before it. Items that refer to one another in a circle are one group (Tarjan's strongly connected components).
func ordered(items []*item) [][]*item {
	t := tarjan{givers: map[kg.ID]*item{}, index: map[*item]int{}, low: map[*item]int{}, open: map[*item]bool{}}
	for _, it := range items {
		if it.dead {
			continue
		}
		for _, id := range it.gives() {
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
		if _, seen := t.index[it]; !seen && !it.dead {
			t.visit(it)
		}
	}
	return t.groups
}

type tarjan struct {
	givers     map[kg.ID]*item
	index, low map[*item]int
	stack      []*item
	open       map[*item]bool // on the stack
	groups     [][]*item
}

func (t *tarjan) visit(it *item) {
	t.index[it] = len(t.index)
	t.low[it] = t.index[it]
	t.stack, t.open[it] = append(t.stack, it), true
	for _, id := range it.refersTo() {
		next := t.givers[id]
		if next == nil || next == it {
			continue
		}
		if _, seen := t.index[next]; !seen {
			t.visit(next)
			t.low[it] = min(t.low[it], t.low[next])
		} else if t.open[next] {
			t.low[it] = min(t.low[it], t.index[next])
		}
	}
	if t.low[it] != t.index[it] {
		return
	}
	for i := len(t.stack) - 1; ; i-- {
		t.open[t.stack[i]] = false
		if t.stack[i] == it {
			t.groups = append(t.groups, append([]*item(nil), t.stack[i:]...))
			t.stack = t.stack[:i]
			return
		}
	}
}
