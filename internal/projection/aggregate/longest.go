package aggregate

import (
	"slices"

	"casus/internal/store"
)

// Longest has the lengths of the longest lists below one node, with everything known.
type Longest struct {
	EventsOfActor, PartsOfEvent, ClaimsOfEvent int
}

// Longest returns the lengths as of the last refresh, without waiting for one. A length that is not known in memory is
// 0.
func (c *Index) Longest() (found Longest) {
	c.follower.Peek(func(t *table, _ int64) {
		for _, n := range t.parts {
			found.PartsOfEvent = max(found.PartsOfEvent, n)
		}
		if l := t.lists[store.FacetActor]; l != nil {
			found.EventsOfActor = l.mostEvents()
		}
		if t.claims != nil {
			found.ClaimsOfEvent = t.claims.most()
		}
	})
	return found
}

// mostEvents returns the number of events of the value that most events have in the latest view.
func (l *listColumn) mostEvents() int {
	counts := make([]int, len(l.words))
	for event := range l.refs {
		for _, code := range l.latest(uint32(event)) {
			counts[code]++
		}
	}
	return slices.Max(append(counts[1:], 0)) // without the absence of values
}
