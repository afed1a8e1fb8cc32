package kg

import "slices"

// EventCategory is the kind of act of an event: the sixteen categories of PLOVER, STATEMENT (CAMEO 01, which PLOVER
// omits) and OTHER.
type EventCategory string

// The values of EventCategory.
const (
	CategoryAgree     EventCategory = "AGREE"
	CategoryConsult   EventCategory = "CONSULT"
	CategorySupport   EventCategory = "SUPPORT"
	CategoryConcede   EventCategory = "CONCEDE"
	CategoryCooperate EventCategory = "COOPERATE"
	CategoryAid       EventCategory = "AID"
	CategoryRetreat   EventCategory = "RETREAT"
	CategoryRequest   EventCategory = "REQUEST"
	CategoryAccuse    EventCategory = "ACCUSE"
	CategoryReject    EventCategory = "REJECT"
	CategoryThreaten  EventCategory = "THREATEN"
	CategoryProtest   EventCategory = "PROTEST"
	CategorySanction  EventCategory = "SANCTION"
	CategoryMobilize  EventCategory = "MOBILIZE"
	CategoryCoerce    EventCategory = "COERCE"
	CategoryAssault   EventCategory = "ASSAULT"
	CategoryStatement EventCategory = "STATEMENT"
	CategoryOther     EventCategory = "OTHER"
)

// EventCategories returns the values of EventCategory in their fixed order.
func EventCategories() []EventCategory {
	return []EventCategory{
		CategoryAgree, CategoryConsult, CategorySupport, CategoryConcede, CategoryCooperate, CategoryAid,
		CategoryRetreat, CategoryRequest, CategoryAccuse, CategoryReject, CategoryThreaten, CategoryProtest,
		CategorySanction, CategoryMobilize, CategoryCoerce, CategoryAssault, CategoryStatement, CategoryOther,
	}
}

// Valid reports whether e is one of these values.
func (e EventCategory) Valid() bool { return slices.Contains(EventCategories(), e) }

// Modality is how real an event is said to be.
type Modality string

// The values of Modality.
const (
	ModalityOccurred     Modality = "OCCURRED"
	ModalityOngoing      Modality = "ONGOING"
	ModalityPlanned      Modality = "PLANNED"
	ModalityProposed     Modality = "PROPOSED"
	ModalityHypothetical Modality = "HYPOTHETICAL"
	ModalityNegated      Modality = "NEGATED"
	ModalityCancelled    Modality = "CANCELLED"
)

// Modalities returns the values of Modality in their fixed order.
func Modalities() []Modality {
	return []Modality{
		ModalityOccurred, ModalityOngoing, ModalityPlanned, ModalityProposed, ModalityHypothetical, ModalityNegated,
		ModalityCancelled,
	}
}

// Valid reports whether m is one of these values.
func (m Modality) Valid() bool { return slices.Contains(Modalities(), m) }

// ParticipantRole is the role of an actor in an event.
type ParticipantRole string

// The values of ParticipantRole.
const (
	RoleInitiator   ParticipantRole = "INITIATOR"
	RoleRecipient   ParticipantRole = "RECIPIENT"
	RoleParticipant ParticipantRole = "PARTICIPANT"
	RoleHost        ParticipantRole = "HOST"
	RoleMediator    ParticipantRole = "MEDIATOR"
	RoleSpeaker     ParticipantRole = "SPEAKER"
	RoleProposer    ParticipantRole = "PROPOSER"
	RoleVictim      ParticipantRole = "VICTIM"
	RoleClaimant    ParticipantRole = "CLAIMANT"
	RoleMentioned   ParticipantRole = "MENTIONED"
)

// ParticipantRoles returns the values of ParticipantRole in their fixed order.
func ParticipantRoles() []ParticipantRole {
	return []ParticipantRole{
		RoleInitiator, RoleRecipient, RoleParticipant, RoleHost, RoleMediator, RoleSpeaker, RoleProposer, RoleVictim,
		RoleClaimant, RoleMentioned,
	}
}

// Valid reports whether p is one of these values.
func (p ParticipantRole) Valid() bool { return slices.Contains(ParticipantRoles(), p) }

// Side is one of the two sides of a conflict event (UCDP's side_a and side_b), empty if neither.
type Side string

// The values of Side.
const (
	SideA Side = "A"
	SideB Side = "B"
)

// Sides returns the values of Side in their fixed order.
func Sides() []Side {
	return []Side{SideA, SideB}
}

// Valid reports whether s is one of these values.
func (s Side) Valid() bool { return slices.Contains(Sides(), s) }

// LocationRole is the role of a location in an event.
type LocationRole string

// The values of LocationRole.
const (
	LocationRoleVenue  LocationRole = "VENUE"
	LocationRoleTarget LocationRole = "TARGET"
	LocationRoleOrigin LocationRole = "ORIGIN"
)

// LocationRoles returns the values of LocationRole in their fixed order.
func LocationRoles() []LocationRole {
	return []LocationRole{LocationRoleVenue, LocationRoleTarget, LocationRoleOrigin}
}

// Valid reports whether l is one of these values.
func (l LocationRole) Valid() bool { return slices.Contains(LocationRoles(), l) }

// ResponseKind is the way in which an event responds to another.
type ResponseKind string

// The values of ResponseKind.
const (
	ResponseAccepts     ResponseKind = "ACCEPTS"
	ResponseRejects     ResponseKind = "REJECTS"
	ResponseCounters    ResponseKind = "COUNTERS"
	ResponseDefers      ResponseKind = "DEFERS"
	ResponseRetaliates  ResponseKind = "RETALIATES"
	ResponseFulfils     ResponseKind = "FULFILS"
	ResponseResultsFrom ResponseKind = "RESULTS_FROM"
)

// ResponseKinds returns the values of ResponseKind in their fixed order.
func ResponseKinds() []ResponseKind {
	return []ResponseKind{
		ResponseAccepts, ResponseRejects, ResponseCounters, ResponseDefers, ResponseRetaliates, ResponseFulfils,
		ResponseResultsFrom,
	}
}

// Valid reports whether r is one of these values.
func (r ResponseKind) Valid() bool { return slices.Contains(ResponseKinds(), r) }
