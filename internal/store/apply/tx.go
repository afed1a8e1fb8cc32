package apply

import (
	"context"

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
	Reviews(ctx context.Context, ids []kg.ID) ([]kg.Review, error)
	Corrections(ctx context.Context, ids []kg.ID) ([]kg.Correction, error)
	// Originals returns corrected and forgotten claims as they were loaded, with RecordedAt.
	Originals(ctx context.Context, ids []kg.ID) ([]kg.Claim, error)
	// Curated reports whether any corrections and any reviews are stored, so that a batch need not look for its own.
	Curated(ctx context.Context) (corrections, reviews bool, err error)
	// CorrectionsOf returns the corrections of claims and nodes, and ReviewsOf the reviews that name one of the claims,
	// documents or releases. An engine that applies them later returns none.
	CorrectionsOf(ctx context.Context, targets []kg.ID) ([]kg.Correction, error)
	ReviewsOf(ctx context.Context, targets []kg.ID) ([]kg.Review, error)
	// ClaimSubjects returns the subjects of stored claims, in any order.
	ClaimSubjects(ctx context.Context, ids []kg.ID) ([]ClaimSubject, error)

	// DatasetReleases returns the releases of the data sets.
	DatasetReleases(ctx context.Context, datasets []string) ([]kg.Release, error)
	// TiedTo returns the nodes for whose stored record, in either view, merge.Kind.Tied returns one of the sources.
	TiedTo(ctx context.Context, sources []kg.Source) ([]kg.ID, error)

	// AllIdentities returns every stored decision; there are few.
	AllIdentities(ctx context.Context) ([]kg.IdentityDecision, error)
	// KnownEvents returns the ids that are events, that is subjects of a stored claim or of an original.
	KnownEvents(ctx context.Context, ids []kg.ID) ([]kg.ID, error)
	// SyndicatedBy returns the documents that directly reprint one of the documents.
	SyndicatedBy(ctx context.Context, documents []kg.ID) ([]kg.ID, error)
	// LinksAbove returns the links of the locations or documents, and of all above them. LinksBelow returns the links of
	// all below them. Both may leave out links that the transaction itself has written.
	LinksAbove(ctx context.Context, kind kg.NodeKind, ids []kg.ID) (Links, error)
	LinksBelow(ctx context.Context, kind kg.NodeKind, ids []kg.ID) (Links, error)
	// FewerThan reports whether fewer than n locations or documents are stored; the transaction's own need not be counted.
	// It returns false if that is not known.
	FewerThan(ctx context.Context, kind kg.NodeKind, n int) (bool, error)
	// LocationsIn returns the locations whose records name one of the parents.
	LocationsIn(ctx context.Context, parents []kg.ID) ([]kg.ID, error)
	// SubjectsReferringTo returns the subjects that have an edge, in the EXACT view, to one of the actors, locations or
	// events, or a participant that represents one.
	SubjectsReferringTo(ctx context.Context, nodes []kg.ID) ([]kg.ID, error)
	// SubjectsOf returns the subjects of claims that have one of the documents among their SourceDocuments, of claims of
	// one of the releases, and of claims with one of the actors as claimant or, through a source document, as publisher.
	SubjectsOf(ctx context.Context, documents, actors, releases []kg.ID) ([]kg.ID, error)
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
	PutReviews(ctx context.Context, records []kg.Review) error
	PutCorrections(ctx context.Context, records []kg.Correction) error
	// DeleteOriginals deletes originals, and PutOriginals stores or replaces them afterwards. Their subjects are locked.
	PutOriginals(ctx context.Context, claims []kg.Claim) error
	DeleteOriginals(ctx context.Context, claims []ClaimSubject) error
	// DeleteDecisions deletes identity decisions, reviews and corrections, before others are put.
	DeleteDecisions(ctx context.Context, ids []kg.ID) error

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
	// MoveClaims writes the release and RecordedAt of stored claims; everything derived stays. It returns CONFLICT unless
	// each is stored as its release From stated it, or is moved already. Their subjects are locked.
	MoveClaims(ctx context.Context, moves []Move) error
	// PutSpans writes the records of stored claims in which only the results of span checks, or the extractions, have
	// changed. Their subjects are locked.
	PutSpans(ctx context.Context, claims []kg.Claim) error
	// PutDerivedStates replaces everything derived about each subject: its states, its edges and its claims' lifetimes.
	PutDerivedStates(ctx context.Context, states []DerivedState) error

	// PutCheckpoint writes a checkpoint, or deletes it if the value is empty.
	PutCheckpoint(ctx context.Context, c kg.Checkpoint) error
	// PutChangeSet appends an entry to the change log under the next revision, and deletes entries beyond
	// store.ChangeLogLength. It is the last write of a transaction, because the next writer of the log waits for its end.
	PutChangeSet(ctx context.Context, c store.ChangeSet) error
}

// ClaimSubject is a claim and the node that it is about.
type ClaimSubject struct{ Claim, Subject kg.ID }

// Move is a claim with its new release, and the stored one.
type Move struct {
	kg.Claim
	From kg.ID
}

// Before returns the claim as it is stored.
func (m Move) Before() kg.Claim {
	c := m.Claim
	c.Release = m.From
	return c
}

// MoveConflict returns the error for a claim that is not stored as expected.
func MoveConflict() error {
	return kg.Errorf(kg.Conflict, "another program changed claims of this data set meanwhile: run the load again")
}

// SubjectsOfClaims returns the subjects of claims, for an engine that has the claims at hand.
func SubjectsOfClaims(claims []kg.Claim) []ClaimSubject {
	all := make([]ClaimSubject, len(claims))
	for i := range claims {
		all[i] = ClaimSubject{claims[i].ID, claims[i].Subject}
	}
	return all
}
