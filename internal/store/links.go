package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"context"
)

// LinkReader streams the ids and intervals that networks of actors are built from, without records.
type LinkReader interface {
	// Links streams all versions of the links of subjects (events and affiliations), or of all subjects if subjects is
	// nil. It calls the functions of the sink one at a time, in any order. An error of a function ends the stream and is
	// returned. CONFLICT reports that identity classes changed during the call.
	Links(ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, to LinkSink) error
	// EventIDs streams the ids of the events in the view that match a normalized filter, each once and in any order.
	// Errors are as for Links.
	EventIDs(ctx context.Context, v kg.View, f *EventFilter, yield func(kg.ID) error) error
}

// LinkSink receives links.
type LinkSink struct {
	// State receives a version of an event.
	State func(event kg.ID, s LinkState) error
	// Part receives an interval in which an event is a part of another.
	Part func(part, whole kg.ID, known kg.Interval) error
	// Participation receives a version of an actor's participation in an event.
	Participation func(LinkParticipation) error
	// Affiliation receives an interval in which claims support an affiliation.
	Affiliation func(LinkAffiliation) error
}

// LinkState is one version of an event.
type LinkState struct {
	kg.Interval
	// Start is the time's earliest instant, or EndOfTime if it is unbounded: the sort key of the timeline.
	Start    edtf.Instant
	Status   kg.ClaimStatus
	Modality kg.Modality
}

// LinkParticipation is one version of a participation.
type LinkParticipation struct {
	kg.Interval
	Event, Actor kg.ID
	Role         kg.ParticipantRole
	Status       kg.ClaimStatus
}

// LinkAffiliation is an affiliation in an interval in which claims support it.
type LinkAffiliation struct {
	kg.Interval
	ID, Holder, Counterpart kg.ID
	// Start is the valid time's earliest instant, or EndOfTime if it is unbounded.
	Start edtf.Instant
}

// StartKey returns the sort key of a time's start. An absent or unbounded start comes last.
func StartKey(t *edtf.Time) edtf.Instant {
	if t == nil || !t.Earliest.Bounded() {
		return edtf.EndOfTime
	}
	return t.Earliest
}
