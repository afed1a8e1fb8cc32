package model

import (
	"casus/internal/kg"
	"casus/internal/store"
)

// Participation is an actor's part in an event, in a view.
type Participation struct {
	kg.Participation
	View kg.View
	// Actor is there where the operation asks for it.
	Actor *kg.Actor
}

// EventLocation is where an event was, in a view.
type EventLocation struct {
	kg.EventLocation
	View kg.View
	// Location is there where the operation asks for it.
	Location *kg.Location
}

// Precision is 1..7; nil: not said.
func (l EventLocation) Precision() *int {
	if l.EventLocation.Precision == 0 {
		return nil
	}
	return &l.EventLocation.Precision
}

// EventPart says that one event is a part of another, in a view.
type EventPart struct {
	kg.EventPart
	View kg.View
}

// Response says that one event answers another, in a view.
type Response struct {
	kg.Response
	View kg.View
}

// Announcement says that one event announces another, in a view.
type Announcement struct {
	kg.Announcement
	View kg.View
}

// Figure is one number that a claim gives, in a view.
type Figure struct {
	kg.Figure
	View kg.View
}

// Quote is the words a claim rests on, in a view.
type Quote struct {
	kg.Quote
	View kg.View
}

// EventState is one version of what was held about an event, in a view.
type EventState struct {
	kg.EventState
	View kg.View
}

// Change is one thing that changed about an event. View is that of the later of the two moments.
type Change struct {
	store.Change
	View kg.View
}

// StateBefore is what was held before; nil where the event was not there.
func (c Change) StateBefore() *EventState {
	if c.Before == nil {
		return nil
	}
	return &EventState{*c.Before, c.View}
}

// StateAfter is what was held from then on.
func (c Change) StateAfter() *EventState { return &EventState{c.After, c.View} }

// TimelineBucket is one stretch of the calendar, in a view.
type TimelineBucket struct {
	store.Bucket
	Groups []BucketGroup
}

// BucketGroup is one part of a bucket or facet, in a view. ByNode says that its key is a node's id.
type BucketGroup struct {
	store.BucketGroup
	ByNode bool
	View   kg.View
}

// GroupsIn are groups in a view.
func GroupsIn(v kg.View, byNode bool, groups []store.BucketGroup) []BucketGroup {
	made := make([]BucketGroup, len(groups))
	for i, g := range groups {
		made[i] = BucketGroup{g, byNode, v}
	}
	return made
}

// Facet is how events divide by one thing, in a view.
type Facet struct {
	store.Facet
	Groups []BucketGroup
}

// Cluster is events on a map, in a view.
type Cluster struct {
	store.Cluster
	View kg.View
}
