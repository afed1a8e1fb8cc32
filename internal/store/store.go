// Package store is the contract that every engine implements: queries, filters, orders, pages, cursors, the change log,
// and the properties of an engine. Package open returns a Store for a URL.
package store

import (
	"context"
	"reflect"

	"casus/internal/kg"
	"casus/internal/kg/stance"
)

// Store holds the graph and answers queries over it. Every method is safe for concurrent use, passes its context to the
// engine's own query, and returns errors with a code: BAD_INPUT for an invalid query, UNAVAILABLE when the engine
// cannot be reached, TIMEOUT when the context ended, else INTERNAL.
//
// All stores return the same results, including the order of every list; internal/store/storetest checks this.
type Store interface {
	Writer
	Reader
	Maintainer
}

// Writer changes the graph.
type Writer interface {
	// Apply writes a batch in one transaction. It is idempotent: applying a batch again changes nothing. Nodes are merged
	// as by package kg/merge. A claim whose id is stored with other content, apart from its spans' check (see
	// kg.MergeClaim), is left out and reported in ApplyResult.Conflicts; everything else is applied.
	// Histories (see kg.Derive) of every subject that the batch affects, by claims or by records that their voices depend
	// on, are recomputed in the same transaction, under write locks acquired in id order before the claims are read.
	// Deadlocks are retried. A reference to a node that is neither stored nor in the batch, or a record that Batch.Check
	// rejects, fails the whole batch with BAD_INPUT.
	//
	// A claim of the batch is compared with the stored one as it was loaded. In the graph it has the content of its latest
	// correction, and a forgotten claim is not in the graph; ApplyResult.Corrected and Forgotten name both. References to
	// a forgotten claim, and to an event whose claims are all forgotten, are valid: the graph lacks them as it lacks what
	// is not known yet. Adding or removing a correction, a review or an identity decision recomputes what depends on it.
	Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error)
	// Checkpoint returns the value last written under a key, or "" if there is none.
	Checkpoint(ctx context.Context, key string) (string, error)
	// Checkpoints returns at most limit (1..MaxScan) of the values that were last written under keys with a prefix and
	// after a key, without empty ones, in the order of their keys by bytes. Keys are ASCII.
	Checkpoints(ctx context.Context, prefix, after string, limit int) ([]kg.Checkpoint, error)
}

// Reader answers queries. Slices returned for a list of ids are parallel to it.
//
// In a RESOLVED view, the default, results are as if every record named the class of each actor, location and event, by
// its smallest id, and everything were derived from that. An id of any member of a class stands for the class. In an
// EXACT view results are as if there were no identity decisions. An EventFilter's Identity overrides the view's.
type Reader interface {
	// Nodes returns nodes of any kind by id. An element is nil for an unknown id, for an event or affiliation that does
	// not exist in the view, and for a claim that is not yet known in it.
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
	// Events, Actors, Locations, Documents and Claims list nodes: one page, or one for each parent of the query's scope.
	// They list an event if it has a state at the view's moment, and a claim if it is known by then. Withdrawn claims are
	// included and name the claims that withdrew them. A parent that is not stored has an empty page.
	Events(ctx context.Context, q EventQuery) ([]Page[kg.Event], error)
	Actors(ctx context.Context, q ActorQuery) ([]Page[kg.Actor], error)
	Locations(ctx context.Context, q LocationQuery) ([]Page[kg.Location], error)
	Documents(ctx context.Context, q DocumentQuery) ([]Page[kg.Document], error)
	Claims(ctx context.Context, q ClaimQuery) ([]Page[kg.Claim], error)
	// Search finds nodes by words in their names, titles, summaries, quotes and notes. See text.Query for the rule.
	// It does not find events that are RETRACTED at the view's moment.
	Search(ctx context.Context, q SearchQuery) (Page[Hit], error)
	// EventEdges returns the wanted edges of events in a view, each list in the order of SortEdges.
	EventEdges(ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID) ([]kg.EventEdges, error)
	// States returns the versions of each event that began by the view's moment, oldest first, as StatesKnown cuts them.
	// It returns none for an event that does not exist in the view.
	States(ctx context.Context, v kg.View, events []kg.ID) ([][]kg.EventState, error)
	// ClaimCounts counts the claims about each event that Claims lists: withdrawn ones, and the others by stance.
	ClaimCounts(ctx context.Context, v kg.View, events []kg.ID) ([]stance.Counts, error)
	// SameAs returns the identity class of each actor, location and event in the view, and the decisions about it.
	SameAs(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.IdentityStatus, error)
	// Curations returns the corrections and reviews of claims, also of claims that are forgotten. They are the same in
	// every view. An unknown id has none.
	Curations(ctx context.Context, claims []kg.ID) ([]kg.Curation, error)
	// Affiliations returns each actor's affiliations that a live claim supports in the view.
	Affiliations(ctx context.Context, q AffiliationQuery) ([][]kg.Affiliation, error)
	// CoParticipants returns, for each actor, a page of the actors that took part in the same events.
	CoParticipants(ctx context.Context, q CoParticipantQuery) ([]Page[CoParticipant], error)
	// Changes lists the changes between two moments of knowledge, in the order of CompareChanges, of the events that match
	// the filter as of the later moment. ChangesAt defines a change.
	Changes(ctx context.Context, q ChangeQuery) (Page[Change], error)
	// Buckets counts events by calendar bucket, as a bucket.Counter does.
	Buckets(ctx context.Context, q BucketQuery) ([]Bucket, error)
	// Knowledge counts what became known about events by calendar bucket, as bucket.Knowledge does.
	Knowledge(ctx context.Context, q KnowledgeQuery) ([]KnowledgeBucket, error)
	// Extent returns the extent of events in time and space.
	Extent(ctx context.Context, q ExtentQuery) (Extent, error)
	// Facets counts events by each of the query's fields, as a FacetCounter does.
	Facets(ctx context.Context, q FacetQuery) ([]Facet, error)
	// Clusters groups events on a map, as the function Clusters does.
	Clusters(ctx context.Context, q ClusterQuery) ([]Cluster, error)
	LinkReader
	AggregateReader
	ChangeLog
}

// Maintainer manages a store.
type Maintainer interface {
	Scanner
	// ClaimsAbout returns all claims that were loaded about at most MaxScan subjects, in any order: of corrected and
	// forgotten ones the originals. A subject that is not stored has none.
	ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error)
	// Preview returns the events and the fields of nodes that Apply would change, and writes nothing. Its errors are those
	// of Apply.
	Preview(ctx context.Context, b kg.Batch) (Effects, error)
	// Stats counts the stored nodes, edges and states.
	Stats(ctx context.Context) (Stats, error)
	// Properties describes how to use the store efficiently.
	Properties() Properties
	// DropDeferredIndexes is called before a load. If the store is empty, it drops the indexes that a first load does not
	// need.
	DropDeferredIndexes(ctx context.Context) error
	// DropQueryIndexes drops indexes that only queries use, before a load rewrites much of the graph. BuildDeferredIndexes
	// builds them again.
	DropQueryIndexes(ctx context.Context) error
	// BuildDeferredIndexes builds the missing indexes. It calls progress before each one.
	BuildDeferredIndexes(ctx context.Context, progress func(built, all int)) error
	// FindDamage calls found for each damage that the engine finds in its own data and indexes, in any order. It does not
	// check what records say; package check does. Damage is no error: an error means that the search could not finish.
	FindDamage(ctx context.Context, found func(Damage)) error
	// Compact makes the store's files smaller, so that deleted content does not remain in them, as far as the engine can.
	// No other program may use the store meanwhile. It takes as long as copying the store.
	Compact(ctx context.Context) error
	// Ready returns nil if the store can answer queries, else an error.
	Ready(ctx context.Context) error
	// Close closes the store. Running queries fail.
	Close() error
}

// Effects are the changes that a batch makes to events and fields of nodes, in the RESOLVED view with all claims known.
type Effects struct {
	// Events are sorted by id. Events that another member of their class stands for after the batch are left out.
	Events []Effect
	// Fields are sorted by (node, field). Nodes that another member of their class stands for, before or after the batch,
	// are left out. Ids in the values are as stated, not replaced by their classes.
	Fields []kg.FieldChange
}

// Effect is the change that a batch makes to an event. Before and After are nil if the event does not exist then.
type Effect struct {
	Event         kg.ID
	Before, After *kg.EventState
}

// Differs reports whether the status, modality, time, toll or disagreements differ.
func (e Effect) Differs() bool {
	if e.Before == nil || e.After == nil {
		return e.Before != e.After
	}
	a, b := e.Before, e.After
	return a.Status != b.Status || a.Modality != b.Modality || a.Time.EDTF != b.Time.EDTF ||
		a.Disagreements != b.Disagreements || !reflect.DeepEqual(a.Toll, b.Toll)
}

// Titles returns the titles of the event after the batch or, if it would have none, before.
func (e Effect) Titles() []kg.Name {
	if e.After != nil && (len(e.After.Titles) > 0 || e.Before == nil) {
		return e.After.Titles
	}
	return e.Before.Titles
}

// ScanPage is a page of stored records.
type ScanPage struct {
	kg.Batch
	// Originals are corrected and forgotten claims as they were loaded.
	Originals []kg.Claim
	// Subjects are events or affiliations with all their claims and everything derived from them.
	Subjects []SubjectRecord
}

// SubjectRecord is a stored subject.
type SubjectRecord struct {
	// History is derived from the subject's own claims, in the EXACT view.
	History kg.History
	// Resolved is derived from the claims about all members of the subject's class, in the RESOLVED view. It is nil if it
	// equals History, or if another member stands for the class.
	Resolved *kg.History
	// Claims are the claims about the subject, in claim order.
	Claims []kg.Claim
}

// Stats counts nodes by kind, edges by type with all claims known, and state versions. Merged nodes count separately.
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

// EdgeTypes are the values of EdgeType in a fixed order.
var EdgeTypes = kg.NewVocabulary(
	EdgeParticipatedIn, EdgeOccurredAt, EdgeWithin, EdgePartOf, EdgeRespondsTo, EdgeAnnounces, EdgeAffiliatedWith,
)
