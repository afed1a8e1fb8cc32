package kg

import "slices"

// ActorKind is the kind of an actor.
type ActorKind string

// The values of ActorKind.
const (
	ActorPerson       ActorKind = "PERSON"
	ActorState        ActorKind = "STATE"
	ActorGovernment   ActorKind = "GOVERNMENT"
	ActorMilitary     ActorKind = "MILITARY"
	ActorArmedGroup   ActorKind = "ARMED_GROUP"
	ActorOrganization ActorKind = "ORGANIZATION"
	ActorCompany      ActorKind = "COMPANY"
	ActorCoalition    ActorKind = "COALITION"
	ActorPopulation   ActorKind = "POPULATION"
	ActorUnidentified ActorKind = "UNIDENTIFIED"
)

// ActorKinds are the values of ActorKind in their fixed order.
var ActorKinds = NewVocabulary(
	ActorPerson, ActorState, ActorGovernment, ActorMilitary, ActorArmedGroup, ActorOrganization, ActorCompany,
	ActorCoalition, ActorPopulation, ActorUnidentified,
)

// LocationKind is the kind of a location.
type LocationKind string

// The values of LocationKind.
const (
	LocationCountry  LocationKind = "COUNTRY"
	LocationAdmin1   LocationKind = "ADMIN1"
	LocationAdmin2   LocationKind = "ADMIN2"
	LocationCity     LocationKind = "CITY"
	LocationFacility LocationKind = "FACILITY"
	LocationWater    LocationKind = "WATER"
	LocationRegion   LocationKind = "REGION"
)

// LocationKinds are the values of LocationKind in their fixed order.
var LocationKinds = NewVocabulary(
	LocationCountry, LocationAdmin1, LocationAdmin2, LocationCity, LocationFacility, LocationWater, LocationRegion,
)

// AffiliationType is the kind of tie of an actor to another actor or to a place.
type AffiliationType string

// The values of AffiliationType.
const (
	AffiliationMembership     AffiliationType = "MEMBERSHIP"
	AffiliationEmployment     AffiliationType = "EMPLOYMENT"
	AffiliationOffice         AffiliationType = "OFFICE"
	AffiliationRepresentation AffiliationType = "REPRESENTATION"
	AffiliationCommand        AffiliationType = "COMMAND"
	AffiliationFamily         AffiliationType = "FAMILY"
	AffiliationAlliance       AffiliationType = "ALLIANCE"
	AffiliationControl        AffiliationType = "CONTROL"
	AffiliationOther          AffiliationType = "OTHER"
)

// AffiliationTypes are the values of AffiliationType in their fixed order.
var AffiliationTypes = NewVocabulary(
	AffiliationMembership, AffiliationEmployment, AffiliationOffice, AffiliationRepresentation, AffiliationCommand,
	AffiliationFamily, AffiliationAlliance, AffiliationControl, AffiliationOther,
)

// NameKind is the kind of a name.
type NameKind string

// The values of NameKind.
const (
	NamePrimary         NameKind = "PRIMARY"
	NameAlias           NameKind = "ALIAS"
	NameWeak            NameKind = "WEAK"
	NameTransliteration NameKind = "TRANSLITERATION"
)

// NameKinds are the values of NameKind in their fixed order.
var NameKinds = NewVocabulary(NamePrimary, NameAlias, NameWeak, NameTransliteration)

// IdentityMode selects whether each identity class is read as one node (RESOLVED), or the graph as if there were no
// identity decisions (EXACT).
type IdentityMode string

// The values of IdentityMode.
const (
	IdentityResolved IdentityMode = "RESOLVED"
	IdentityExact    IdentityMode = "EXACT"
)

// IdentityModes are the values of IdentityMode in their fixed order.
var IdentityModes = NewVocabulary(IdentityResolved, IdentityExact)

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

// EventCategories are the values of EventCategory in their fixed order.
var EventCategories = NewVocabulary(
	CategoryAgree, CategoryConsult, CategorySupport, CategoryConcede, CategoryCooperate, CategoryAid, CategoryRetreat,
	CategoryRequest, CategoryAccuse, CategoryReject, CategoryThreaten, CategoryProtest, CategorySanction, CategoryMobilize,
	CategoryCoerce, CategoryAssault, CategoryStatement, CategoryOther,
)

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

// Modalities are the values of Modality in their fixed order.
var Modalities = NewVocabulary(
	ModalityOccurred, ModalityOngoing, ModalityPlanned, ModalityProposed, ModalityHypothetical, ModalityNegated,
	ModalityCancelled,
)

// HappenedModalities returns the modalities of events that have a toll and connect their participants.
func HappenedModalities() []Modality { return []Modality{ModalityOccurred, ModalityOngoing} }

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

// ParticipantRoles are the values of ParticipantRole in their fixed order.
var ParticipantRoles = NewVocabulary(
	RoleInitiator, RoleRecipient, RoleParticipant, RoleHost, RoleMediator, RoleSpeaker, RoleProposer, RoleVictim,
	RoleClaimant, RoleMentioned,
)

// Side is one of the two sides of a conflict event (UCDP's side_a and side_b), empty if neither.
type Side string

// The values of Side.
const (
	SideA Side = "A"
	SideB Side = "B"
)

// Sides are the values of Side in their fixed order.
var Sides = NewVocabulary(SideA, SideB)

// LocationRole is the role of a location in an event.
type LocationRole string

// The values of LocationRole.
const (
	LocationRoleVenue  LocationRole = "VENUE"
	LocationRoleTarget LocationRole = "TARGET"
	LocationRoleOrigin LocationRole = "ORIGIN"
)

// LocationRoles are the values of LocationRole in their fixed order.
var LocationRoles = NewVocabulary(LocationRoleVenue, LocationRoleTarget, LocationRoleOrigin)

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

// ResponseKinds are the values of ResponseKind in their fixed order.
var ResponseKinds = NewVocabulary(
	ResponseAccepts, ResponseRejects, ResponseCounters, ResponseDefers, ResponseRetaliates, ResponseFulfils,
	ResponseResultsFrom,
)

// Vocabulary is a closed list of terms in a fixed order, the order of the API's schema. It cannot be changed.
type Vocabulary[T ~string] struct{ terms []T }

// NewVocabulary returns the vocabulary of the terms in their order.
func NewVocabulary[T ~string](terms ...T) Vocabulary[T] { return Vocabulary[T]{slices.Clone(terms)} }

// Values returns the terms in their order, in a new slice.
func (v Vocabulary[T]) Values() []T { return slices.Clone(v.terms) }

// Has reports whether term is in the vocabulary.
func (v Vocabulary[T]) Has(term T) bool { return v.Index(term) >= 0 }

// Index returns the position of term, from 0; -1 if it is not in the vocabulary.
func (v Vocabulary[T]) Index(term T) int { return slices.Index(v.terms, term) }

// Bits is a set of the terms of a small vocabulary, one bit for each, the first term the lowest.
type Bits uint8

// Bits returns the set of some terms. The vocabulary must have at most eight.
func (v Vocabulary[T]) Bits(terms ...T) (b Bits) {
	for _, t := range terms {
		if i := v.Index(t); i >= 0 {
			b |= 1 << i
		}
	}
	return b
}

// SetsWith returns all sets that have one of the terms; nil for nil.
func (v Vocabulary[T]) SetsWith(terms []T) []Bits {
	if terms == nil {
		return nil
	}
	sets, wanted := []Bits{}, v.Bits(terms...)
	for b := range 1 << len(v.terms) {
		if Bits(b)&wanted != 0 {
			sets = append(sets, Bits(b))
		}
	}
	return sets
}

// In returns the terms of a set, in the order of the vocabulary.
func (v Vocabulary[T]) In(b Bits) (terms []T) {
	for i, t := range v.terms {
		if b&(1<<i) != 0 {
			terms = append(terms, t)
		}
	}
	return terms
}
