package kg

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
