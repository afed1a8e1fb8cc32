package store

import (
	"casus/internal/kg"
	"context"
)

// Store keeps the graph and answers queries over it. Every method is safe for concurrent use, obeys its context down to
// the engine's own query, and returns errors that carry a code: BAD_INPUT for a query no store could answer,
// UNAVAILABLE when the engine cannot be reached, TIMEOUT when the context ended, else INTERNAL.
//
// All stores answer alike, to the order of every list; the suite in internal/store/storetest holds them to it.
type Store interface {
	Writer
	Reader
	Maintainer
}

// Writer changes the graph.
type Writer interface {
	// Apply writes a batch in one transaction. It is idempotent: applying a batch again changes nothing. Nodes merge by
	// the rules of MergeActor and its kin. A claim whose id is stored with other content is left out and reported in
	// Applied.Rejected, but for its spans' check (see MergeClaim); everything else is applied. Histories (see Derive) of every subject the batch touches, by its
	// claims or by what their voices depend on, are recomputed in the same transaction, under write locks taken in id
	// order before the claims are read; deadlocks are retried. A reference to nothing stored or in the batch, or a
	// record that breaks a rule of Batch.Check, fails the whole batch with BAD_INPUT.
	Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error)
	// Checkpoint reads the value last written under a key; "" where there is none.
	Checkpoint(ctx context.Context, key string) (string, error)
}

// Reader answers queries. Slices returned for a list of ids are parallel to it. A view that is RESOLVED, which is the
// default, is answered as if in every record each actor, location and event that decisions make one with others were its
// class, by its smallest id, and everything were derived anew; an id of any of them, given anywhere, means the class. A view
// that is EXACT is answered as if nobody had decided anything. An EventFilter's Identity goes before the view's.
type Reader interface {
	// Nodes finds nodes of any kind by id; nil stands for an unknown id, an event or affiliation not there in the view,
	// or a claim not yet known in it.
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
	// Events, Actors, Locations, Documents and Claims list nodes: one page, or one for each parent of the query's scope.
	// An event is listed when a state of it holds at the view's moment, a claim when it is known by then; withdrawn
	// claims are listed with what withdrew them. A parent that is not stored has an empty page.
	Events(ctx context.Context, q EventQuery) ([]Page[kg.Event], error)
	Actors(ctx context.Context, q ActorQuery) ([]Page[kg.Actor], error)
	Locations(ctx context.Context, q LocationQuery) ([]Page[kg.Location], error)
	Documents(ctx context.Context, q DocumentQuery) ([]Page[kg.Document], error)
	Claims(ctx context.Context, q ClaimQuery) ([]Page[kg.Claim], error)
	// Search finds nodes by words in their names, titles, summaries, quotes and notes. See text.Query for the rule.
	Search(ctx context.Context, q SearchQuery) (Page[Hit], error)
	// EventEdges gives the wanted edges of events in a view, each list in the order of SortEdges.
	EventEdges(ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID) ([]kg.EventEdges, error)
	// States gives every version of each event that began by the view's moment, oldest first, as StatesKnown cuts them;
	// none for an event that is not there in the view.
	States(ctx context.Context, v kg.View, events []kg.ID) ([][]kg.EventState, error)
	// SameAs tells of actors, locations and events what each is one with in the view, and what was decided about it.
	SameAs(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.IdentityStatus, error)
	// Affiliations gives each actor's affiliations that a live claim supports in the view.
	Affiliations(ctx context.Context, q AffiliationQuery) ([][]kg.Affiliation, error)
	// CoParticipants gives, for each actor, a page of those who took part in the same events.
	CoParticipants(ctx context.Context, q CoParticipantQuery) ([]Page[CoParticipant], error)
	// Changes lists what changed about events between two moments of knowledge, in the order of CompareChanges. It concerns
	// the events that match the filter as of the later moment. See ChangesAt for what is a change.
	Changes(ctx context.Context, q ChangeQuery) (Page[Change], error)
	// Buckets counts events by calendar bucket, as a Bucketer does.
	Buckets(ctx context.Context, q BucketQuery) ([]Bucket, error)
	// Extent tells what events span in time and space.
	Extent(ctx context.Context, q ExtentQuery) (Extent, error)
	// Facets divides events by each of the query's fields, as a FacetCounter does.
	Facets(ctx context.Context, q FacetQuery) ([]Facet, error)
	// Clusters gathers events on a map, as the function Clusters does.
	Clusters(ctx context.Context, q ClusterQuery) ([]Cluster, error)
	LinkReader
	AggregateReader
	ChangeLog
}

// Maintainer looks after a store.
type Maintainer interface {
	Scanner
	// Stats counts what is stored.
	Stats(ctx context.Context) (Stats, error)
	// Properties describe how the store is used best.
	Properties() Properties
	// DropDeferredIndexes is called before a load. If the store is empty, it drops the indexes that a first load does without.
	DropDeferredIndexes(ctx context.Context) error
	// BuildDeferredIndexes builds the indexes that are missing. It calls progress before each with how many are built and how
	// many there are in all.
	BuildDeferredIndexes(ctx context.Context, progress func(built, all int)) error
	// Ready returns nil if the store can answer now, else the reason why not.
	Ready(ctx context.Context) error
	// Close ends the store. Queries under way fail.
	Close() error
}

// ScanPage is one stretch of everything stored.
type ScanPage struct {
	kg.Batch
	// Subjects are events or affiliations with all their claims and all that is stored as following from them.
	Subjects []SubjectRecord
}

// SubjectRecord is a subject as stored.
type SubjectRecord struct {
	// History follows from the subject's own claims, as if no nodes were one.
	History kg.History
	// Resolved follows from the claims about all that are one with the subject, read as RESOLVED does. It is nil where
	// nothing else follows and where another one stands for the class.
	Resolved *kg.History
	// Claims are the subject's own, in claim order.
	Claims []kg.Claim
}

// Stats counts what is stored: nodes by kind, edges that hold with everything known by type, and all state versions; each
// node by itself, whatever it is one with.
type Stats struct {
	Engine        string
	SchemaVersion int
	Nodes         map[kg.NodeKind]int
	Edges         map[EdgeType]int
	States        int
}

// EdgeType is the type of an edge, the same in every store.
type EdgeType string

// The types of edges.
const (
	EdgeParticipatedIn EdgeType = "PARTICIPATED_IN"
	EdgeOccurredAt     EdgeType = "OCCURRED_AT"
	EdgeWithin         EdgeType = "WITHIN"
	EdgePartOf         EdgeType = "PART_OF"
	EdgeRespondsTo     EdgeType = "RESPONDS_TO"
	EdgeAnnounces      EdgeType = "ANNOUNCES"
	EdgeAffiliatedWith EdgeType = "AFFILIATED_WITH"
)

// EdgeTypes lists them in a fixed order.
func EdgeTypes() []EdgeType {
	return []EdgeType{EdgeParticipatedIn, EdgeOccurredAt, EdgeWithin, EdgePartOf, EdgeRespondsTo, EdgeAnnounces, EdgeAffiliatedWith}
}
