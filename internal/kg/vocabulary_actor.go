package kg

import "slices"

// ActorKind is what an actor is.
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

// ActorKinds lists the values of ActorKind in their fixed order.
func ActorKinds() []ActorKind {
	return []ActorKind{ActorPerson, ActorState, ActorGovernment, ActorMilitary, ActorArmedGroup, ActorOrganization, ActorCompany, ActorCoalition, ActorPopulation, ActorUnidentified}
}

// Valid says whether a is one of them.
func (a ActorKind) Valid() bool { return slices.Contains(ActorKinds(), a) }

// LocationKind is what a place is.
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

// LocationKinds lists the values of LocationKind in their fixed order.
func LocationKinds() []LocationKind {
	return []LocationKind{LocationCountry, LocationAdmin1, LocationAdmin2, LocationCity, LocationFacility, LocationWater, LocationRegion}
}

// Valid says whether l is one of them.
func (l LocationKind) Valid() bool { return slices.Contains(LocationKinds(), l) }

// AffiliationType is how an actor belongs to another actor or to a place.
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

// AffiliationTypes lists the values of AffiliationType in their fixed order.
func AffiliationTypes() []AffiliationType {
	return []AffiliationType{AffiliationMembership, AffiliationEmployment, AffiliationOffice, AffiliationRepresentation, AffiliationCommand, AffiliationFamily, AffiliationAlliance, AffiliationControl, AffiliationOther}
}

// Valid says whether a is one of them.
func (a AffiliationType) Valid() bool { return slices.Contains(AffiliationTypes(), a) }

// NameKind is what a name is to its bearer.
type NameKind string

// The values of NameKind.
const (
	NamePrimary         NameKind = "PRIMARY"
	NameAlias           NameKind = "ALIAS"
	NameWeak            NameKind = "WEAK"
	NameTransliteration NameKind = "TRANSLITERATION"
)

// NameKinds lists the values of NameKind in their fixed order.
func NameKinds() []NameKind {
	return []NameKind{NamePrimary, NameAlias, NameWeak, NameTransliteration}
}

// Valid says whether n is one of them.
func (n NameKind) Valid() bool { return slices.Contains(NameKinds(), n) }

// IdentityMode is whether identity classes are read as one node or shown apart.
type IdentityMode string

// The values of IdentityMode.
const (
	IdentityResolved IdentityMode = "RESOLVED"
	IdentityExact    IdentityMode = "EXACT"
)

// IdentityModes lists the values of IdentityMode in their fixed order.
func IdentityModes() []IdentityMode {
	return []IdentityMode{IdentityResolved, IdentityExact}
}

// Valid says whether i is one of them.
func (i IdentityMode) Valid() bool { return slices.Contains(IdentityModes(), i) }
