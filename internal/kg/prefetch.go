package kg

// Prefetch says what is wanted of each event of a list beside itself, so that a store for which every question is a journey
// may answer all with one. A store need not: what it leaves is asked for by itself.
type Prefetch struct {
	// Edges may be participations and locations; Ends asks for the actors and places that these lead to.
	Edges     EdgeSet
	Neighbors bool
	// Claims asks how many claims about the event are known.
	Claims bool
}

// Has says whether all that another asks for is asked for.
func (a Prefetch) Has(other Prefetch) bool {
	return other.Edges&^a.Edges == 0 && (a.Neighbors || !other.Neighbors) && (a.Claims || !other.Claims)
}

// PrefetchableEdges are those that may be read along.
const PrefetchableEdges = WantParticipations | WantLocations

// Prefetched is what a store read along with an event, in the event's view.
type Prefetched struct {
	Requested Prefetch
	// Edges are as EventEdges gives them, those that were asked for.
	Edges EventEdges
	// Neighbors are as Nodes gives them, each once.
	Neighbors []Node
	Claims    int
}

// EdgeSet says which edges of an event are wanted, as a bit set.
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
