package kg

// Prefetch is the data to read along with each event of a list, so that a remote store needs one round trip. A store
// may ignore it; the data is then read by separate queries.
type Prefetch struct {
	// Edges is a subset of PrefetchableEdges. Neighbors requests the actors and locations at their other ends.
	Edges     EdgeSet
	Neighbors bool
	// Claims requests the number of known claims about the event.
	Claims bool
}

// Has reports whether p requests everything that other requests.
func (p Prefetch) Has(other Prefetch) bool {
	return other.Edges&^p.Edges == 0 && (p.Neighbors || !other.Neighbors) && (p.Claims || !other.Claims)
}

// PrefetchableEdges are the edges that a list of events can prefetch.
const PrefetchableEdges = WantParticipations | WantLocations

// Prefetched is the data that a store read along with an event, in the event's view.
type Prefetched struct {
	Requested Prefetch
	// Edges has the requested edges in their canonical order.
	Edges EventEdges
	// Neighbors are the nodes at the other ends, each once.
	Neighbors []Node
	Claims    int
}

// EdgeSet is a bit set of the kinds of edges of an event.
type EdgeSet uint

// The edges of an event.
const (
	WantParticipations EdgeSet = 1 << iota
	WantLocations
	WantWholes
	WantRespondsTo
	WantResponses
	WantAnnounces
	WantAnnouncedBy
	WantFigures
)
