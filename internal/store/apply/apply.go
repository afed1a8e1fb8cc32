// Package apply implements the write of a batch for every engine: which records are merged, rejected, recomputed and
// locked, and in which order. An engine provides the primitive reads and writes of one transaction; Run decides
// everything else, so that all engines end with the same graph.
package apply

import (
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// Tx is one write transaction of an engine. Reads see the transaction's own writes and leave out ids that are not
// stored. Lists of ids are distinct and sorted.
type Tx interface {
	// Exclusive reports whether the engine runs one write transaction at a time, so that reads stay valid without locks.
	Exclusive() bool

	Actors(ctx context.Context, ids []kg.ID) ([]kg.Actor, error)
	Locations(ctx context.Context, ids []kg.ID) ([]kg.Location, error)
	Documents(ctx context.Context, ids []kg.ID) ([]kg.Document, error)
	Releases(ctx context.Context, ids []kg.ID) ([]kg.Release, error)
	Affiliations(ctx context.Context, ids []kg.ID) ([]kg.Affiliation, error)
	Identities(ctx context.Context, ids []kg.ID) ([]kg.IdentityDecision, error)
	Claims(ctx context.Context, ids []kg.ID) ([]kg.Claim, error)
	// ClaimSubjects returns the subjects of stored claims, in any order.
	ClaimSubjects(ctx context.Context, ids []kg.ID) ([]ClaimSubject, error)

	// AllIdentities returns every stored decision; there are few.
	AllIdentities(ctx context.Context) ([]kg.IdentityDecision, error)
	// KnownEvents returns the ids that are events, that is subjects of a stored claim.
	KnownEvents(ctx context.Context, ids []kg.ID) ([]kg.ID, error)
	// SyndicatedBy returns the documents that directly reprint one of the documents.
	SyndicatedBy(ctx context.Context, documents []kg.ID) ([]kg.ID, error)
	// LinksAbove returns the links of the locations or documents, and of all above them. LinksBelow returns the links of
	// all below them. Both may leave out links that the transaction itself has written.
	LinksAbove(ctx context.Context, kind kg.NodeKind, ids []kg.ID) (Links, error)
	LinksBelow(ctx context.Context, kind kg.NodeKind, ids []kg.ID) (Links, error)
	// LocationsIn returns the locations whose records name one of the parents.
	LocationsIn(ctx context.Context, parents []kg.ID) ([]kg.ID, error)
	// SubjectsReferringTo returns the subjects that have an edge, in the EXACT view, to one of the actors, locations or
	// events, or a participant that represents one.
	SubjectsReferringTo(ctx context.Context, nodes []kg.ID) ([]kg.ID, error)
	// SubjectsOf returns the subjects of claims that rest on one of the documents, and of claims with one of the actors as
	// claimant or, through a document, as publisher.
	SubjectsOf(ctx context.Context, documents, actors []kg.ID) ([]kg.ID, error)
	// ClaimsAbout returns all claims about the subjects, with RecordedAt, in any order.
	ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error)

	// The Put methods insert or replace whole records, their search entries and the edges that are not derived (WITHIN,
	// PUBLISHED_BY, SYNDICATES, HOLDER ...). PutDerivedStates writes an affiliation's support.
	PutActors(ctx context.Context, records []Views[kg.Actor]) error
	PutLocations(ctx context.Context, records []Views[kg.Location]) error
	PutDocuments(ctx context.Context, records []kg.Document) error
	PutReleases(ctx context.Context, records []kg.Release) error
	PutAffiliations(ctx context.Context, records []kg.Affiliation) error
	PutIdentities(ctx context.Context, records []kg.IdentityDecision) error

	// LockClasses returns the stored identity classes and locks them until the transaction ends, so that no other
	// transaction changes them. If deciding is set, no other transaction writes until then.
	LockClasses(ctx context.Context, deciding bool) (kg.Identities, error)
	// PutClasses stores the class of each node, or deletes it if the class is "". The nodes are already stored, except
	// that an event is stored with its first claim, which may follow later in the transaction.
	PutClasses(ctx context.Context, class map[kg.ID]kg.ID) error

	// Lock write-locks nodes of any kind, including events, in the given order until the transaction ends. It also locks
	// ids that are not stored yet (an engine may write a placeholder, which no read of this interface returns), so that
	// results of reads after Lock stay valid.
	Lock(ctx context.Context, ids []kg.ID) error
	// InsertClaims stores new claims and their links (ABOUT, IN, ACCORDING_TO, CITES).
	InsertClaims(ctx context.Context, claims []kg.Claim) error
	// DeleteClaims deletes stored claims with their links and search entries, before InsertClaims, which may store claims
	// with the same ids. Their subjects are locked.
	DeleteClaims(ctx context.Context, claims []ClaimSubject) error
	// PutSpans writes the records of stored claims in which only the results of span checks have changed.
	PutSpans(ctx context.Context, claims []kg.Claim) error
	// PutDerivedStates replaces everything derived about each subject: its states, its edges and its claims' lifetimes.
	PutDerivedStates(ctx context.Context, states []DerivedState) error

	PutCheckpoint(ctx context.Context, c kg.Checkpoint) error
	// PutChangeSet appends an entry to the change log under the next revision, and deletes entries beyond
	// store.ChangeLogLength. It is the last write of a transaction, because the next writer of the log waits for its end.
	PutChangeSet(ctx context.Context, c store.ChangeSet) error
}

// Run applies a batch within a transaction that the engine commits when err is nil and rolls back when it is not.
func Run(ctx context.Context, tx Tx, b kg.Batch) (kg.ApplyResult, error) {
	r := run{Tx: tx, batch: b, applied: kg.ApplyResult{
		Added: map[kg.NodeKind]int{}, Changed: map[kg.NodeKind]int{}, Unchanged: map[kg.NodeKind]int{},
	}}
	if err := b.Check(); err != nil {
		return kg.ApplyResult{}, err
	}
	for _, step := range []func(context.Context) error{
		r.lockClasses, r.putIdentities, r.putNodes, r.splitClaims, r.checkReferences, r.checkChains, r.findAffected,
		r.derive, r.putSpans, r.checkpoint, r.logRevision,
	} {
		if err := step(ctx); err != nil {
			return kg.ApplyResult{}, err
		}
	}
	return r.applied, nil
}

// run is the state of one Run.
type run struct {
	Tx
	batch   kg.Batch
	applied kg.ApplyResult

	newClaims          []kg.Claim     // claims that are not stored yet
	removals           []ClaimSubject // stored claims to remove
	spanUpdates        []kg.Claim     // stored claims whose spans may have been checked since
	voiceDocuments     map[kg.ID]bool // documents whose publisher, syndication or language changed
	changedLocations   []kg.ID        // stored locations whose change affects the events there
	datasetRenamed     bool           // a stored release has another dataset name
	classChanges       map[kg.ID]bool // nodes whose identity class is new or changed
	parentChanges      []kg.Location  // locations whose parents are new or changed
	syndicationChanges []kg.Document  // documents whose syndication is new or changed
	movedLocations     []kg.ID        // those of parentChanges that were stored before
	movedDocuments     []kg.ID        // those of syndicationChanges that were stored before
	affected           []kg.ID        // subjects to recompute, sorted
	// oldIdentities and identities are the identity classes before and after the batch.
	oldIdentities, identities kg.Identities
}

// findAffected collects the subjects of new claims and of claims whose voices may have changed.
func (r *run) findAffected(ctx context.Context) error {
	affected := map[kg.ID]bool{}
	for i := range r.newClaims {
		affected[r.newClaims[i].Subject] = true
	}
	for _, c := range r.removals {
		affected[c.Subject] = true
	}
	reprints := sorted(r.voiceDocuments)
	for len(reprints) > 0 {
		more, err := r.SyndicatedBy(ctx, reprints)
		if err != nil {
			return err
		}
		reprints = nil
		for _, id := range more {
			if !r.voiceDocuments[id] {
				r.voiceDocuments[id] = true
				reprints = append(reprints, id)
			}
		}
		slices.Sort(reprints)
	}
	if len(r.voiceDocuments) > 0 || len(r.classChanges) > 0 {
		if err := r.Lock(ctx, sorted(r.voiceDocuments)); err != nil {
			return err
		}
		subjects, err := r.SubjectsOf(ctx, sorted(r.voiceDocuments), r.changedClassIDs(kg.KindActor))
		if err != nil {
			return err
		}
		for _, id := range subjects {
			affected[id] = true
		}
	}
	if err := r.addReferringSubjects(ctx, affected); err != nil {
		return err
	}
	r.addClassMembers(affected)
	r.affected = sorted(affected)
	return nil
}

// derive replaces the claims of the batch and everything derived about the affected subjects.
func (r *run) derive(ctx context.Context) error {
	if len(r.affected) == 0 {
		return r.putClasses(ctx)
	}
	if !r.Exclusive() {
		if err := r.Lock(ctx, slices.Concat(r.documentsOfNewClaims(), r.affected)); err != nil {
			return err
		}
	}
	if err := writeAny(ctx, r.removals, r.DeleteClaims); err != nil {
		return err
	}
	if len(r.newClaims) > 0 {
		if err := r.InsertClaims(ctx, r.newClaims); err != nil {
			return err
		}
	}
	if err := r.putClasses(ctx); err != nil {
		return err
	}
	all, err := r.ClaimsAbout(ctx, r.affected)
	if err != nil || len(all) == 0 && len(r.removals) == 0 { // the bulk writer, which derives later, returns no claims
		return err
	}
	if err := r.checkRemovals(all); err != nil {
		return err
	}
	slices.SortFunc(all, kg.CompareClaims)
	book, err := r.voiceBook(ctx, all)
	if err != nil {
		return err
	}
	return r.PutDerivedStates(ctx, deriveStates(r.affected, all, book, r.identities))
}

func (r *run) checkpoint(ctx context.Context) error {
	if r.batch.Checkpoint == nil {
		return nil
	}
	return r.PutCheckpoint(ctx, *r.batch.Checkpoint)
}

func sorted(set map[kg.ID]bool) []kg.ID { return slices.Sorted(maps.Keys(set)) }
