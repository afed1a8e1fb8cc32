package link

import "slices"

// pair is two events of the article that belong together, with two known events that they may be.
type pair struct {
	events [2]int
	known  [2]*knownEvent
}

// excludes reports whether two pairs have one event in common, but not the known event that it may be, or the reverse.
func (p pair) excludes(o pair) bool {
	for i := range p.events {
		for j := range o.events {
			if (p.events[i] == o.events[j]) != (p.known[i] == o.known[j]) {
				return true
			}
		}
	}
	return false
}

// joinPairs joins the events of pairs that no other pair excludes. The reasons name the other event of the pair.
func (m *matcher) joinPairs(all []pair, codes ...Code) {
	for _, p := range all {
		if slices.ContainsFunc(all, p.excludes) {
			continue
		}
		for i, event := range p.events {
			if m.result[event].Known == nil {
				m.join(event, p.known[i], NewReason(codes[i], p.known[1-i].name()))
			}
		}
	}
}
