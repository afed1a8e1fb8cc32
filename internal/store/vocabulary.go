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

// Valid says whether d is one of them.
func (d Direction) Valid() bool { return slices.Contains(Directions(), d) }

// BucketSplit is what the groups of a bucket are.
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
	return []BucketSplit{SplitByCategory, SplitByModality, SplitByStatus, SplitByCountry, SplitByAdmin1, SplitByPublisher, SplitByClaimant}
}

// Valid says whether b is one of them.
func (b BucketSplit) Valid() bool { return slices.Contains(BucketSplits(), b) }

// ByNode says whether the values are ids of nodes.
func (b BucketSplit) ByNode() bool {
	return b == SplitByAdmin1 || b == SplitByPublisher || b == SplitByClaimant
}

// FacetField is what the events of a filter are divided by.
type FacetField string

// The values of FacetField. An actor counts in whatever role it takes part; a publisher, a claimant, a dataset and a
// language is that of a live claim, by its document or release; a year is that of YearKey.
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
	return []FacetField{FacetCategory, FacetModality, FacetStatus, FacetActor, FacetCountry, FacetAdmin1, FacetPublisher, FacetClaimant, FacetDataset, FacetLanguage, FacetYear}
}

// Valid says whether f is one of them.
func (f FacetField) Valid() bool { return slices.Contains(FacetFields(), f) }

// ByNode says whether the values are ids of nodes.
func (f FacetField) ByNode() bool {
	return f == FacetActor || f == FacetAdmin1 || f == FacetPublisher || f == FacetClaimant
}

// Certainty is how an imprecise time meets a range: POSSIBLY, its hull overlaps; DEFINITELY, its hull lies inside.
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

// Valid says whether c is one of them.
func (c Certainty) Valid() bool { return slices.Contains(Certainties(), c) }

// NodeType is a type of node that search can be limited to.
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

// Valid says whether n is one of them.
func (n NodeType) Valid() bool { return slices.Contains(NodeTypes(), n) }

// EventOrderField is what events are ordered by.
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

// Valid says whether e is one of them.
func (e EventOrderField) Valid() bool { return slices.Contains(EventOrderFields(), e) }

// ActorOrderField is what actors are ordered by.
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

// Valid says whether a is one of them.
func (a ActorOrderField) Valid() bool { return slices.Contains(ActorOrderFields(), a) }

// LocationOrderField is what locations are ordered by.
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

// Valid says whether l is one of them.
func (l LocationOrderField) Valid() bool { return slices.Contains(LocationOrderFields(), l) }

// DocumentOrderField is what documents are ordered by.
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

// Valid says whether d is one of them.
func (d DocumentOrderField) Valid() bool { return slices.Contains(DocumentOrderFields(), d) }

// ClaimOrderField is what claims are ordered by.
type ClaimOrderField string

// The values of ClaimOrderField.
const (
	ClaimsByAsserted ClaimOrderField = "ASSERTED"
)

// ClaimOrderFields lists the values of ClaimOrderField in their fixed order.
func ClaimOrderFields() []ClaimOrderField {
	return []ClaimOrderField{ClaimsByAsserted}
}

// Valid says whether c is one of them.
func (c ClaimOrderField) Valid() bool { return slices.Contains(ClaimOrderFields(), c) }
