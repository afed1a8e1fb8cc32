package model

import (
	"casus/internal/kg"
	"casus/internal/kg/disagree"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// Participation is an actor's participation in an event, in a view.
type Participation struct {
	kg.Participation
	View kg.View
	// Actor is set if the operation selects it.
	Actor *kg.Actor
}

// EventLocation is a place of an event, in a view.
type EventLocation struct {
	kg.EventLocation
	View kg.View
	// Location is set if the operation selects it.
	Location *kg.Location
}

// Precision returns 1..7, or nil if it is not stated.
func (l EventLocation) Precision() *int {
	if l.EventLocation.Precision == 0 {
		return nil
	}
	return &l.EventLocation.Precision
}

// EventPart is a part of a larger event, in a view.
type EventPart struct {
	kg.EventPart
	View kg.View
}

// Response is a response of one event to another, in a view.
type Response struct {
	kg.Response
	View kg.View
}

// Announcement is an announcement of one event by another, in a view.
type Announcement struct {
	kg.Announcement
	View kg.View
}

// Figure is a number that a claim states, in a view.
type Figure struct {
	kg.Figure
	View kg.View
}

// Quote holds the words that a claim rests on, in a view.
type Quote struct {
	kg.Quote
	View kg.View
}

// EventState is a state version of an event, in a view.
type EventState struct {
	kg.EventState
	View kg.View
}

// TollBounds is a number of an event by one source, in a view.
type TollBounds struct {
	sums.Bounds
	View kg.View
}

// Change is a change of an event. View is the view at the later of the query's two moments.
type Change struct {
	store.Change
	View kg.View
}

// StateBefore returns the state before the change, or nil if the event did not exist.
func (c Change) StateBefore() *EventState {
	if c.Before == nil {
		return nil
	}
	return &EventState{*c.Before, c.View}
}

// StateAfter returns the state from the change on.
func (c Change) StateAfter() *EventState { return &EventState{c.After, c.View} }

// TimelineBucket holds the counts of a calendar interval, its groups in a view.
type TimelineBucket struct {
	store.Bucket
	Groups []BucketGroup
}

// BucketGroup is a group of a bucket, a cluster or a facet, in a view. ByNode is set if its key is a node's id. Certain
// and Possible are nil except in a bucket.
type BucketGroup struct {
	store.BucketGroup
	ByNode            bool
	Certain, Possible *int
	View              kg.View
}

// GroupsOfBucket returns the groups of a bucket in a view.
func GroupsOfBucket(v kg.View, byNode bool, groups []store.BucketGroup) []BucketGroup {
	made := GroupsOfFacet(v, byNode, groups)
	for i, g := range groups {
		certain := g.Certain()
		made[i].Certain, made[i].Possible = &certain, &g.Possible
	}
	return made
}

// GroupsOfFacet returns the groups of a facet or cluster in a view.
func GroupsOfFacet(v kg.View, byNode bool, groups []store.BucketGroup) []BucketGroup {
	made := make([]BucketGroup, len(groups))
	for i, g := range groups {
		made[i] = BucketGroup{BucketGroup: g, ByNode: byNode, View: v}
	}
	return made
}

// Facet is the number of events for each value of a field, in a view.
type Facet struct {
	store.Facet
	Groups []BucketGroup
}

// Cluster is a cluster of events on a map, in a view.
type Cluster struct {
	store.Cluster
	View   kg.View
	Groups []BucketGroup
}

// Corroboration is what an event's status rests on.
type Corroboration struct {
	Independent []Telling
	Needs       []kg.ConfirmationNeed
}

// Telling is what one voice says in one text, in a view.
type Telling struct {
	kg.Telling
	View kg.View
}

// Disagreement is a matter on which claims exclude each other, in a view.
type Disagreement struct {
	disagree.Disagreement
	View kg.View
}

// DisagreementSide is claims that can all be right, in a view.
type DisagreementSide struct {
	disagree.Side
	View kg.View
}

// Reversal is a pair of claims between which an actor reversed its position, in a view.
type Reversal struct {
	disagree.Reversal
	View kg.View
}
