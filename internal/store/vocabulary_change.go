package store

import "slices"

// ChangeKind is the part of an event that changed at a moment of knowledge.
type ChangeKind string

// The values of ChangeKind.
const (
	ChangeAppeared     ChangeKind = "APPEARED"
	ChangeStatus       ChangeKind = "STATUS"
	ChangeModality     ChangeKind = "MODALITY"
	ChangeTime         ChangeKind = "TIME"
	ChangeToll         ChangeKind = "TOLL"
	ChangeParticipants ChangeKind = "PARTICIPANTS"
	ChangeLocations    ChangeKind = "LOCATIONS"
	ChangeResponse     ChangeKind = "RESPONSE"
	ChangeRetracted    ChangeKind = "RETRACTED"
	ChangeClaim        ChangeKind = "CLAIM"
)

// ChangeKinds lists the values of ChangeKind in their fixed order.
func ChangeKinds() []ChangeKind {
	return []ChangeKind{
		ChangeAppeared, ChangeStatus, ChangeModality, ChangeTime, ChangeToll, ChangeParticipants, ChangeLocations,
		ChangeResponse, ChangeRetracted, ChangeClaim,
	}
}

// Valid reports whether c is one of ChangeKinds.
func (c ChangeKind) Valid() bool { return slices.Contains(ChangeKinds(), c) }
