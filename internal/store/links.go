package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"context"
)

// LinkReader streams what networks of actors are made of: ids and intervals, no records.
type LinkReader interface {
	// Links gives all versions of the links of subjects (events and affiliations), or of everything where subjects is nil.
	// A subject of which nothing is given has none. The functions of to are called one at a time, in any order; an error
	// they return ends the stream and is returned.
	Links(ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, to LinkSink) error
	// EventIDs gives the id of each event that is there in the view and matches a normalized filter, once and in any order.
	EventIDs(ctx context.Context, v kg.View, f *EventFilter, give func(kg.ID) error) error
}

// LinkSink takes links.
type LinkSink struct {
	// State is one version of an event.
	State func(event kg.ID, s LinkState) error
	// Part says that an event was a part of another.
	Part func(part, whole kg.ID, known kg.Interval) error
	// Participation is an actor's part in an event.
	Participation func(event, actor kg.ID, role kg.ParticipantRole, known kg.Interval) error
	// Affiliation is one interval in which an affiliation was supported.
	Affiliation func(LinkAffiliation) error
}

// LinkState is what networks ask of one version of an event.
type LinkState struct {
	kg.Interval
	// Start is the time's earliest instant, EndOfTime where there is none: the sort key of the timeline.
	Start edtf.Instant
}

// LinkAffiliation is an affiliation while claims supported it.
type LinkAffiliation struct {
	kg.Interval
	ID, Holder, Counterpart kg.ID
	// Start is the valid time's earliest instant, EndOfTime where there is none.
	Start edtf.Instant
}

// StartKey is the start of a time as links are ordered by it: an absent one comes last.
func StartKey(t *edtf.Time) edtf.Instant {
	if t == nil || !t.Earliest.Bounded() {
		return edtf.EndOfTime
	}
	return t.Earliest
}
