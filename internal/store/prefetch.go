package store

import "casus/internal/kg"

// Prefetch names what a list of events should return beside each event, so that a store for which every query is a round
// trip can answer with one. It is a hint: a store may ignore it, and callers query what it left out.
type Prefetch struct {
	// Edges may be participations and locations. Neighbors requests the actors and locations that these lead to.
	Edges     kg.EdgeSet
	Neighbors bool
	// Claims requests the number of known claims about the event.
	Claims bool
}

// PrefetchableEdges are the edges that Prefetch.Edges may hold.
const PrefetchableEdges = kg.WantParticipations | kg.WantLocations

// Has reports whether p includes all that other requests.
func (p Prefetch) Has(other Prefetch) bool {
	return other.Edges&^p.Edges == 0 && (p.Neighbors || !other.Neighbors) && (p.Claims || !other.Claims)
}

// Prefetched is what a store returned beside an event, in the event's view.
type Prefetched struct {
	Requested Prefetch
	// Edges are as EventEdges returns them, limited to the requested ones.
	Edges kg.EventEdges
	// Neighbors are as Nodes returns them, one for each edge.
	Neighbors []kg.Node
	Claims    int
}

// PrefetchedEvent is an event with what was read beside it; nil where nothing was.
type PrefetchedEvent struct {
	kg.Event
	Prefetched *Prefetched
}

// SplitPrefetched returns a page of events with what was read beside them in its Prefetched.
func SplitPrefetched(p Page[PrefetchedEvent]) Page[kg.Event] {
	events := Page[kg.Event]{
		Items: make([]kg.Event, len(p.Items)), Positions: p.Positions, HasNext: p.HasNext, HasPrevious: p.HasPrevious,
		Total: p.Total, Revision: p.Revision,
	}
	for i, item := range p.Items {
		events.Items[i] = item.Event
		if item.Prefetched == nil {
			continue
		}
		if events.Prefetched == nil {
			events.Prefetched = make([]*Prefetched, len(p.Items))
		}
		events.Prefetched[i] = item.Prefetched
	}
	return events
}
