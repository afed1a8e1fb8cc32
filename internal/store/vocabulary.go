package store

import "slices"

// Direction is the direction of an order.
type Direction string

// The values of Direction.
const (
	Asc  Direction = "ASC"
	Desc Direction = "DESC"
)

// Directions lists the values of Direction in their fixed order.
func Directions() []Direction {
	return []Direction{Asc, Desc}
}

// Valid reports whether d is one of Directions.
func (d Direction) Valid() bool { return slices.Contains(Directions(), d) }

// BucketSplit is the property that the events of a bucket are grouped by.
type BucketSplit string

// The values of BucketSplit.
const (
	SplitByCategory  BucketSplit = "CATEGORY"
	SplitByModality  BucketSplit = "MODALITY"
	SplitByStatus    BucketSplit = "STATUS"
	SplitByCountry   BucketSplit = "COUNTRY"
	SplitByAdmin1    BucketSplit = "ADMIN1"
	SplitByPublisher BucketSplit = "PUBLISHER"
	SplitByClaimant  BucketSplit = "CLAIMANT"
)

// BucketSplits lists the values of BucketSplit in their fixed order.
func BucketSplits() []BucketSplit {
	return []BucketSplit{
		SplitByCategory, SplitByModality, SplitByStatus, SplitByCountry, SplitByAdmin1, SplitByPublisher, SplitByClaimant,
	}
}

// Valid reports whether b is one of BucketSplits.
func (b BucketSplit) Valid() bool { return slices.Contains(BucketSplits(), b) }

// ByNode reports whether the values are ids of nodes.
func (b BucketSplit) ByNode() bool {
	return b == SplitByAdmin1 || b == SplitByPublisher || b == SplitByClaimant
}

// FacetField is the property that a facet counts events by.
type FacetField string

// The values of FacetField. Actors count in any role. Publishers, claimants, datasets and languages are those of live
// claims, through their documents and releases. YearKey returns the year.
const (
	FacetCategory  FacetField = "CATEGORY"
	FacetModality  FacetField = "MODALITY"
	FacetStatus    FacetField = "STATUS"
	FacetActor     FacetField = "ACTOR"
	FacetCountry   FacetField = "COUNTRY"
	FacetAdmin1    FacetField = "ADMIN1"
	FacetPublisher FacetField = "PUBLISHER"
	FacetClaimant  FacetField = "CLAIMANT"
	FacetDataset   FacetField = "DATASET"
	FacetLanguage  FacetField = "LANGUAGE"
	FacetYear      FacetField = "YEAR"
)

// FacetFields lists the values of FacetField in their fixed order.
func FacetFields() []FacetField {
	return []FacetField{
		FacetCategory, FacetModality, FacetStatus, FacetActor, FacetCountry, FacetAdmin1, FacetPublisher, FacetClaimant,
		FacetDataset, FacetLanguage, FacetYear,
	}
}

// Valid reports whether f is one of FacetFields.
func (f FacetField) Valid() bool { return slices.Contains(FacetFields(), f) }

// ByNode reports whether the values are ids of nodes.
func (f FacetField) ByNode() bool {
	return f == FacetActor || f == FacetAdmin1 || f == FacetPublisher || f == FacetClaimant
}

// Certainty is how an imprecise time matches a range: POSSIBLY if its hull overlaps it, DEFINITELY if its hull lies
// inside it.
type Certainty string

// The values of Certainty.
const (
	Possibly   Certainty = "POSSIBLY"
	Definitely Certainty = "DEFINITELY"
)

// Certainties lists the values of Certainty in their fixed order.
func Certainties() []Certainty {
	return []Certainty{Possibly, Definitely}
}

// Valid reports whether c is one of Certainties.
func (c Certainty) Valid() bool { return slices.Contains(Certainties(), c) }

// NodeType is a type of node that a search can be limited to.
type NodeType string

// The values of NodeType.
const (
	TypeActor    NodeType = "ACTOR"
	TypeLocation NodeType = "LOCATION"
	TypeEvent    NodeType = "EVENT"
	TypeDocument NodeType = "DOCUMENT"
	TypeClaim    NodeType = "CLAIM"
)

// NodeTypes lists the values of NodeType in their fixed order.
func NodeTypes() []NodeType {
	return []NodeType{TypeActor, TypeLocation, TypeEvent, TypeDocument, TypeClaim}
}

// Valid reports whether n is one of NodeTypes.
func (n NodeType) Valid() bool { return slices.Contains(NodeTypes(), n) }

// EventOrderField is the sort key of events.
type EventOrderField string

// The values of EventOrderField.
const (
	EventsByTime          EventOrderField = "TIME"
	EventsByFirstAsserted EventOrderField = "FIRST_ASSERTED"
	EventsByKilled        EventOrderField = "KILLED"
)

// EventOrderFields lists the values of EventOrderField in their fixed order.
func EventOrderFields() []EventOrderField {
	return []EventOrderField{EventsByTime, EventsByFirstAsserted, EventsByKilled}
}

// Valid reports whether e is one of EventOrderFields.
func (e EventOrderField) Valid() bool { return slices.Contains(EventOrderFields(), e) }

// ActorOrderField is the sort key of actors.
type ActorOrderField string

// The values of ActorOrderField.
const (
	ActorsByName   ActorOrderField = "NAME"
	ActorsByEvents ActorOrderField = "EVENTS"
)

// ActorOrderFields lists the values of ActorOrderField in their fixed order.
func ActorOrderFields() []ActorOrderField {
	return []ActorOrderField{ActorsByName, ActorsByEvents}
}

// Valid reports whether a is one of ActorOrderFields.
func (a ActorOrderField) Valid() bool { return slices.Contains(ActorOrderFields(), a) }

// LocationOrderField is the sort key of locations.
type LocationOrderField string

// The values of LocationOrderField.
const (
	LocationsByName   LocationOrderField = "NAME"
	LocationsByEvents LocationOrderField = "EVENTS"
)

// LocationOrderFields lists the values of LocationOrderField in their fixed order.
func LocationOrderFields() []LocationOrderField {
	return []LocationOrderField{LocationsByName, LocationsByEvents}
}

// Valid reports whether l is one of LocationOrderFields.
func (l LocationOrderField) Valid() bool { return slices.Contains(LocationOrderFields(), l) }

// DocumentOrderField is the sort key of documents.
type DocumentOrderField string

// The values of DocumentOrderField.
const (
	DocumentsByPublished DocumentOrderField = "PUBLISHED"
	DocumentsByTitle     DocumentOrderField = "TITLE"
)

// DocumentOrderFields lists the values of DocumentOrderField in their fixed order.
func DocumentOrderFields() []DocumentOrderField {
	return []DocumentOrderField{DocumentsByPublished, DocumentsByTitle}
}

// Valid reports whether d is one of DocumentOrderFields.
func (d DocumentOrderField) Valid() bool { return slices.Contains(DocumentOrderFields(), d) }

// ClaimOrderField is the sort key of claims.
type ClaimOrderField string

// The values of ClaimOrderField.
const (
	ClaimsByAsserted ClaimOrderField = "ASSERTED"
)

// ClaimOrderFields lists the values of ClaimOrderField in their fixed order.
func ClaimOrderFields() []ClaimOrderField {
	return []ClaimOrderField{ClaimsByAsserted}
}

// Valid reports whether c is one of ClaimOrderFields.
func (c ClaimOrderField) Valid() bool { return slices.Contains(ClaimOrderFields(), c) }
