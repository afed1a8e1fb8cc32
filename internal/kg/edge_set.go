package kg

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
