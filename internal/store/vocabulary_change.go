package store

import "casus/internal/kg"

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

// ChangeKinds are the values of ChangeKind in their fixed order.
var ChangeKinds = kg.NewVocabulary(
	ChangeAppeared, ChangeStatus, ChangeModality, ChangeTime, ChangeToll, ChangeParticipants, ChangeLocations,
	ChangeResponse, ChangeRetracted, ChangeClaim,
)
