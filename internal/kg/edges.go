package kg

import (
	"casus/internal/edtf"
	"cmp"
	"slices"
)

// SortEdges puts an event's edges into their canonical order: participations by side (A, B, none), role and actor,
// places by role and id, the others by the ids of their events and their kind; figures by claim, latest first, and as
// the claim gives them.
func (e *EventEdges) SortEdges() {
	slices.SortStableFunc(e.Participations, func(a, b Participation) int {
		return cmp.Or(cmp.Compare(sideRank(a.Side), sideRank(b.Side)), cmp.Compare(roleRank(a.Role), roleRank(b.Role)), cmp.Compare(a.Actor, b.Actor))
	})
	slices.SortStableFunc(e.Locations, func(a, b EventLocation) int {
		return cmp.Or(cmp.Compare(slices.Index(LocationRoles(), a.Role), slices.Index(LocationRoles(), b.Role)), cmp.Compare(a.Location, b.Location))
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

func sideRank(s Side) int {
	if s == "" {
		return len(Sides())
	}
	return slices.Index(Sides(), s)
}

func roleRank(r ParticipantRole) int { return slices.Index(ParticipantRoles(), r) }

// FiguresOf lists the figures of claims that are live at a moment, latest claim first. The claims are in claim order and
// have their KnownTo.
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
