package store

import "casus/internal/kg"

// Prefetch requests data to return with each event of a list, which saves round trips to the store. It is a hint: a
// store may ignore it, and callers query the rest.
type Prefetch struct {
	// Edges is a subset of PrefetchableEdges. Neighbors requests the actors and locations that the edges lead to.
	Edges     kg.EdgeSet
	Neighbors bool
	// Records requests the neighbors as encoded records, which the caller decodes.
	Records bool
	// Claims requests the number of known claims about the event.
	Claims bool
}

// PrefetchableEdges are the edges that Prefetch.Edges may hold.
const PrefetchableEdges = kg.WantParticipations | kg.WantLocations

// Has reports whether p includes other.
func (p Prefetch) Has(other Prefetch) bool {
	return other.Edges&^p.Edges == 0 && (p.Neighbors || !other.Neighbors) && (p.Claims || !other.Claims)
}

// Prefetched is the data that a store returned with an event, in the event's view.
type Prefetched struct {
	Requested Prefetch
	// Edges are as EventEdges returns them, limited to the requested ones.
	Edges kg.EventEdges
	// Neighbors are as Nodes returns them, one for each edge.
	Neighbors []kg.Node
	// Records are the neighbors as package codec encodes them, instead of Neighbors if Prefetch.Records was requested: the
	// actors of participations, then the locations.
	Records []string
	Claims  int
}

// DecodeRecords decodes Records into Neighbors.
func (p *Prefetched) DecodeRecords(actor, location func(record string) (kg.Node, error)) error {
	for i, record := range p.Records {
		decode := actor
		if i >= len(p.Edges.Participations) {
			decode = location
		}
		n, err := decode(record)
		if err != nil {
			return err
		}
		p.Neighbors = append(p.Neighbors, n)
	}
	p.Records, p.Requested.Records = nil, false
	return nil
}

// PrefetchedEvent is an event with its prefetched data, which is nil if nothing was prefetched.
type PrefetchedEvent struct {
	kg.Event
	Prefetched *Prefetched
}

// SplitPrefetched moves the prefetched data of a page's items to its Prefetched.
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
