package kg

// Along says what is wanted of each event of a list beside itself, so that a store for which every question is a journey
// may answer all with one. A store need not: what it leaves is asked for by itself.
type Along struct {
	// Edges may be participations and locations; Ends asks for the actors and places that these lead to.
	Edges EdgeSet
	Ends  bool
	// Claims asks how many claims about the event are known.
	Claims bool
}

// Has says whether all that another asks for is asked for.
func (a Along) Has(other Along) bool {
	return other.Edges&^a.Edges == 0 && (a.Ends || !other.Ends) && (a.Claims || !other.Claims)
}

// AlongEdges are those that may be read along.
const AlongEdges = WantParticipations | WantLocations

// ReadAlong is what a store read along with an event, in the event's view.
type ReadAlong struct {
	Asked Along
	// Edges are as EventEdges gives them, those that were asked for.
	Edges EventEdges
	// Ends are as Nodes gives them, each once.
	Ends   []Node
	Claims int
}
