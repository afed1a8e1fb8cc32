package store

import (
	"slices"

	"casus/internal/kg"
)

// Direction is the direction of an order.
type Direction string

// The values of Direction.
const (
	Asc  Direction = "ASC"
	Desc Direction = "DESC"
)

// Directions are the values of Direction in their fixed order.
var Directions = kg.NewVocabulary(Asc, Desc)

// BucketSplit is the property that the events of a bucket are grouped by.
type BucketSplit string

// The values of BucketSplit.
const (
	SplitByCategory  BucketSplit = "CATEGORY"
	SplitByModality  BucketSplit = "MODALITY"
	SplitByStatus    BucketSplit = "STATUS"
	SplitByActor     BucketSplit = "ACTOR"
	SplitByLocation  BucketSplit = "LOCATION"
	SplitByCountry   BucketSplit = "COUNTRY"
	SplitByAdmin1    BucketSplit = "ADMIN1"
	SplitByPublisher BucketSplit = "PUBLISHER"
	SplitByClaimant  BucketSplit = "CLAIMANT"
)

// BucketSplits are the values of BucketSplit in their fixed order.
var BucketSplits = kg.NewVocabulary(
	SplitByCategory, SplitByModality, SplitByStatus, SplitByActor, SplitByLocation, SplitByCountry, SplitByAdmin1,
	SplitByPublisher, SplitByClaimant,
)

// ByNode reports whether the values are ids of nodes.
func (b BucketSplit) ByNode() bool { return FacetField(b).ByNode() }

// ByClaims reports whether the values are actors of claims.
func (b BucketSplit) ByClaims() bool { return b == SplitByPublisher || b == SplitByClaimant }

// FacetField is the property that a facet counts events by.
type FacetField string

// The values of FacetField, among them all of BucketSplit. Actors and locations count in any role. Publishers,
// claimants, datasets and languages are those of live claims, through their documents and releases. YearKey returns the
// year.
const (
	FacetCategory  FacetField = "CATEGORY"
	FacetModality  FacetField = "MODALITY"
	FacetStatus    FacetField = "STATUS"
	FacetActor     FacetField = "ACTOR"
	FacetLocation  FacetField = "LOCATION"
	FacetCountry   FacetField = "COUNTRY"
	FacetAdmin1    FacetField = "ADMIN1"
	FacetPublisher FacetField = "PUBLISHER"
	FacetClaimant  FacetField = "CLAIMANT"
	FacetDataset   FacetField = "DATASET"
	FacetLanguage  FacetField = "LANGUAGE"
	FacetYear      FacetField = "YEAR"

	FacetDocumentCount  FacetField = "DOCUMENT_COUNT"
	FacetPublisherCount FacetField = "PUBLISHER_COUNT"
	FacetVoiceCount     FacetField = "VOICE_COUNT"
	FacetDatasetCount   FacetField = "DATASET_COUNT"
)

// SourceNumber returns the position in SourceNumbers of the number of sources that the field counts by, or -1.
func (f FacetField) SourceNumber() int {
	return slices.Index([]FacetField{FacetDocumentCount, FacetPublisherCount, FacetVoiceCount, FacetDatasetCount}, f)
}

// FacetFields are the values of FacetField in their fixed order.
var FacetFields = kg.NewVocabulary(
	FacetCategory, FacetModality, FacetStatus, FacetActor, FacetLocation, FacetCountry, FacetAdmin1, FacetPublisher,
	FacetClaimant, FacetDataset, FacetLanguage, FacetYear, FacetDocumentCount, FacetPublisherCount, FacetVoiceCount,
	FacetDatasetCount,
)

// ByNode reports whether the values are ids of nodes.
func (f FacetField) ByNode() bool {
	return slices.Contains([]FacetField{FacetActor, FacetLocation, FacetAdmin1, FacetPublisher, FacetClaimant}, f)
}

// Certainty defines when an imprecise time matches a range: POSSIBLY if its hull overlaps it, DEFINITELY if its hull
// lies inside it.
type Certainty string

// The values of Certainty.
const (
	Possibly   Certainty = "POSSIBLY"
	Definitely Certainty = "DEFINITELY"
)

// Certainties are the values of Certainty in their fixed order.
var Certainties = kg.NewVocabulary(Possibly, Definitely)

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

// NodeTypes are the values of NodeType in their fixed order.
var NodeTypes = kg.NewVocabulary(TypeActor, TypeLocation, TypeEvent, TypeDocument, TypeClaim)

// EventOrderField is the sort key of events.
type EventOrderField string

// The values of EventOrderField.
const (
	EventsByTime          EventOrderField = "TIME"
	EventsByFirstAsserted EventOrderField = "FIRST_ASSERTED"
	EventsByKilled        EventOrderField = "KILLED"
	EventsByDocuments     EventOrderField = "DOCUMENTS"
	EventsByPublishers    EventOrderField = "PUBLISHERS"
	EventsByVoices        EventOrderField = "VOICES"
	EventsByDatasets      EventOrderField = "DATASETS"
)

// EventOrderFields are the values of EventOrderField in their fixed order.
var EventOrderFields = kg.NewVocabulary(EventsByTime, EventsByFirstAsserted, EventsByKilled, EventsByDocuments,
	EventsByPublishers, EventsByVoices, EventsByDatasets)

// SourceNumber returns the position in SourceNumbers of the number of sources that the field orders by, or -1.
func (f EventOrderField) SourceNumber() int {
	return slices.Index([]EventOrderField{EventsByDocuments, EventsByPublishers, EventsByVoices, EventsByDatasets}, f)
}

// IsNumber reports whether the field orders by a count instead of a time.
func (f EventOrderField) IsNumber() bool { return f == EventsByKilled || f.SourceNumber() >= 0 }

// ActorOrderField is the sort key of actors.
type ActorOrderField string

// The values of ActorOrderField.
const (
	ActorsByName   ActorOrderField = "NAME"
	ActorsByEvents ActorOrderField = "EVENTS"
)

// ActorOrderFields are the values of ActorOrderField in their fixed order.
var ActorOrderFields = kg.NewVocabulary(ActorsByName, ActorsByEvents)

// LocationOrderField is the sort key of locations.
type LocationOrderField string

// The values of LocationOrderField.
const (
	LocationsByName   LocationOrderField = "NAME"
	LocationsByEvents LocationOrderField = "EVENTS"
)

// LocationOrderFields are the values of LocationOrderField in their fixed order.
var LocationOrderFields = kg.NewVocabulary(LocationsByName, LocationsByEvents)

// DocumentOrderField is the sort key of documents.
type DocumentOrderField string

// The values of DocumentOrderField.
const (
	DocumentsByPublished DocumentOrderField = "PUBLISHED"
	DocumentsByTitle     DocumentOrderField = "TITLE"
)

// DocumentOrderFields are the values of DocumentOrderField in their fixed order.
var DocumentOrderFields = kg.NewVocabulary(DocumentsByPublished, DocumentsByTitle)

// ClaimOrderField is the sort key of claims.
type ClaimOrderField string

// The values of ClaimOrderField.
const (
	ClaimsByAsserted ClaimOrderField = "ASSERTED"
)

// ClaimOrderFields are the values of ClaimOrderField in their fixed order.
var ClaimOrderFields = kg.NewVocabulary(ClaimsByAsserted)
