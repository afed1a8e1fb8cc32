package kg

import (
	"cmp"
	"math"
	"slices"

	"casus/internal/edtf"
)

// Participation is the edge Actor PARTICIPATED_IN Event. There is one per actor and role. Side, capacity and
// representing are from the latest live positive claim that states them, else from the latest live claim.
type Participation struct {
	Actor        ID              `json:"actor"`
	Role         ParticipantRole `json:"role"`
	Side         Side            `json:"side,omitempty"`
	Capacity     string          `json:"capacity,omitempty"`
	Representing ID              `json:"representing,omitempty"`
	Status       ClaimStatus     `json:"status"`
	Claims       []ID            `json:"claims"`
}

// EventLocation is the edge Event OCCURRED_AT Location.
type EventLocation struct {
	Location  ID           `json:"location"`
	Role      LocationRole `json:"role"`
	Precision int          `json:"precision,omitempty"`
	Claims    []ID         `json:"claims"`
}

// EventPart is the edge Event PART_OF Event.
type EventPart struct {
	Part   ID   `json:"part"`
	Whole  ID   `json:"whole"`
	Claims []ID `json:"claims"`
}

// Response is the edge Event RESPONDS_TO Event: By responds to To.
type Response struct {
	By        ID           `json:"by"`
	To        ID           `json:"to"`
	Kind      ResponseKind `json:"kind"`
	Condition string       `json:"condition,omitempty"`
	Claims    []ID         `json:"claims"`
}

// Announcement is the edge Event ANNOUNCES Event.
type Announcement struct {
	By     ID   `json:"by"`
	Of     ID   `json:"of"`
	Claims []ID `json:"claims"`
}

// EventEdges are the edges of one event in one view, each list in its canonical order.
type EventEdges struct {
	Participations []Participation
	Locations      []EventLocation
	Wholes         []EventPart
	RespondsTo     []Response
	Responses      []Response
	Announces      []Announcement
	AnnouncedBy    []Announcement
	// Figures are the figures of the live claims, latest claim first.
	Figures []Figure
}

// SortEdges sorts the edges into their canonical order: participations by side (A, B, none), role and actor, locations
// by role and id, the others by the ids of their events and their kind. It leaves Figures as they are.
func (e *EventEdges) SortEdges() {
	slices.SortStableFunc(e.Participations, func(a, b Participation) int {
		return cmp.Or(
			cmp.Compare(sideRank(a.Side), sideRank(b.Side)),
			cmp.Compare(roleRank(a.Role), roleRank(b.Role)),
			cmp.Compare(a.Actor, b.Actor),
		)
	})
	slices.SortStableFunc(e.Locations, func(a, b EventLocation) int {
		return cmp.Or(
			cmp.Compare(LocationRoles.Index(a.Role), LocationRoles.Index(b.Role)),
			cmp.Compare(a.Location, b.Location),
		)
	})
	slices.SortStableFunc(e.Wholes, func(a, b EventPart) int { return cmp.Compare(a.Whole, b.Whole) })
	responses := func(a, b Response) int {
		return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.By, b.By), cmp.Compare(a.Kind, b.Kind))
	}
	slices.SortStableFunc(e.RespondsTo, responses)
	slices.SortStableFunc(e.Responses, responses)
	announcements := func(a, b Announcement) int { return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(a.Of, b.Of)) }
	slices.SortStableFunc(e.Announces, announcements)
	slices.SortStableFunc(e.AnnouncedBy, announcements)
}

// sideRank returns the position of a side in its vocabulary; no side comes last.
func sideRank(s Side) int {
	if s == "" {
		return math.MaxInt
	}
	return Sides.Index(s)
}

func roleRank(r ParticipantRole) int { return ParticipantRoles.Index(r) }

// FiguresOf returns the figures of the claims that are live at a moment, latest claim first. The claims must be in
// claim order and have KnownTo set.
func FiguresOf(claims []Claim, at edtf.Instant) []Figure {
	var all []Figure
	for _, c := range slices.Backward(claims) {
		if !c.Live(at) {
			continue
		}
		for _, f := range c.Says.Figures {
			f.Claim = c.ID
			all = append(all, f)
		}
	}
	return all
}

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
