package kg

// EdgeSet is a bit set of the kinds of edges of an event.
type EdgeSet uint

// The kinds of edges of an event. WantFigures stands for the figures of its live claims.
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
