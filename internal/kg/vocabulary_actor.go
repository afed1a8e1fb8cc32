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

// ActorKinds returns the values of ActorKind in their fixed order.
func ActorKinds() []ActorKind {
	return []ActorKind{
		ActorPerson, ActorState, ActorGovernment, ActorMilitary, ActorArmedGroup, ActorOrganization, ActorCompany,
		ActorCoalition, ActorPopulation, ActorUnidentified,
	}
}

// Valid reports whether a is one of these values.
func (a ActorKind) Valid() bool { return slices.Contains(ActorKinds(), a) }

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

// LocationKinds returns the values of LocationKind in their fixed order.
func LocationKinds() []LocationKind {
	return []LocationKind{
		LocationCountry, LocationAdmin1, LocationAdmin2, LocationCity, LocationFacility, LocationWater,
		LocationRegion,
	}
}

// Valid reports whether l is one of these values.
func (l LocationKind) Valid() bool { return slices.Contains(LocationKinds(), l) }

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

// AffiliationTypes returns the values of AffiliationType in their fixed order.
func AffiliationTypes() []AffiliationType {
	return []AffiliationType{
		AffiliationMembership, AffiliationEmployment, AffiliationOffice, AffiliationRepresentation,
		AffiliationCommand, AffiliationFamily, AffiliationAlliance, AffiliationControl, AffiliationOther,
	}
}

// Valid reports whether a is one of these values.
func (a AffiliationType) Valid() bool { return slices.Contains(AffiliationTypes(), a) }

// NameKind is the kind of a name.
type NameKind string

// The values of NameKind.
const (
	NamePrimary         NameKind = "PRIMARY"
	NameAlias           NameKind = "ALIAS"
	NameWeak            NameKind = "WEAK"
	NameTransliteration NameKind = "TRANSLITERATION"
)

// NameKinds returns the values of NameKind in their fixed order.
func NameKinds() []NameKind {
	return []NameKind{NamePrimary, NameAlias, NameWeak, NameTransliteration}
}

// Valid reports whether n is one of these values.
func (n NameKind) Valid() bool { return slices.Contains(NameKinds(), n) }

// IdentityMode selects whether each identity class is read as one node (RESOLVED), or the graph as if there were no
// identity decisions (EXACT).
type IdentityMode string

// The values of IdentityMode.
const (
	IdentityResolved IdentityMode = "RESOLVED"
	IdentityExact    IdentityMode = "EXACT"
)

// IdentityModes returns the values of IdentityMode in their fixed order.
func IdentityModes() []IdentityMode {
	return []IdentityMode{IdentityResolved, IdentityExact}
}

// Valid reports whether i is one of these values.
func (i IdentityMode) Valid() bool { return slices.Contains(IdentityModes(), i) }
