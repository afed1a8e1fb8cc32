package apply

import (
	"maps"
	"slices"

	"casus/internal/kg"
)

// run is the state of one Run.
type run struct {
	Tx
	batch   kg.Batch
	applied kg.ApplyResult

	deciding           bool           // no other transaction writes; see lockClasses
	decisionRemovals   []kg.ID        // identity decisions, reviews and corrections to remove, sorted
	replaceable        []kg.ID        // those of decisionRemovals that were stored
	newClaims          []kg.Claim     // claims that are not stored yet, as the graph is to have them
	loaded             []kg.Claim     // claims that are not stored yet, as they were loaded
	removals           []ClaimSubject // stored claims to remove
	removed            map[kg.ID]bool // their ids, and those of removed originals
	rewritten          []ClaimSubject // stored claims that a correction changes, or that are forgotten
	newOriginals       []kg.Claim     // claims to store as they were loaded
	oldOriginals       []ClaimSubject // originals to delete
	curation           curation
	correctable        correctable
	moves              []Move         // stored claims to move to another release
	originalMoves      []Move         // stored originals to move to another release
	recoded            map[kg.ID]bool // releases of moves, if these are of releases with different codings
	spanUpdates        []kg.Claim     // stored claims whose spans or extractions have changed
	voiceDocuments     map[kg.ID]bool // documents whose publisher, syndication or language changed
	changedLocations   []kg.ID        // stored locations whose change affects the events there
	datasetRenamed     bool           // a stored release has another dataset name
	changedReleases    []kg.ID        // stored releases with another dataset name or coding
	classChanges       map[kg.ID]bool // nodes whose identity class is new or changed
	parentChanges      []kg.Location  // locations whose parents are new or changed
	syndicationChanges []kg.Document  // documents whose syndication is new or changed
	movedLocations     []kg.ID        // those of parentChanges that were stored before
	movedDocuments     []kg.ID        // those of syndicationChanges that were stored before
	affected           []kg.ID        // subjects to recompute, sorted
	// documents and releases are the merged ones of the batch, and redated the nodes that are tied to a source with
	// another date.
	documents mergeResult[kg.Document]
	releases  mergeResult[kg.Release]
	redated   []kg.ID
	// correctedReferences are those of the nodes whose corrections the batch changes.
	correctedReferences references
	// oldIdentities and identities are the identity classes before and after the batch.
	oldIdentities, identities kg.Identities
}

// curation holds the identity decisions, reviews and corrections that a batch changes.
type curation struct {
	// corrections and reviews are set if any are stored or in the batch.
	corrections, reviews bool
	// identitiesRemoved is set if the batch removes identity decisions.
	identitiesRemoved bool
	// reviewed are the claims, documents and releases of which the batch changes a review.
	reviewed map[kg.ID]bool
	// changed are the claims, and fields the fields of nodes, of which the batch changes a correction.
	changed map[kg.ID]bool
	fields  []kg.Corrected
	// erasing are the claims of which the batch removes or changes a correction that erases them.
	erasing map[kg.ID]bool
}

func (c *curation) noteReview(v kg.Review) {
	for _, id := range v.Targets() {
		c.reviewed[id] = true
	}
}

func (c *curation) noteCorrection(v kg.Correction) {
	if v.Claim != "" {
		c.changed[v.Claim] = true
	} else {
		c.fields = append(c.fields, v.Target())
	}
}

func (c *curation) noteOldCorrection(v kg.Correction) {
	c.noteCorrection(v)
	if v.Erases && v.Claim != "" {
		c.erasing[v.Claim] = true
	}
}

// correctable holds the claims of the store and the batch that have, had or get a correction.
type correctable struct {
	// latest are the corrections that count, by claim, and originals the stored originals.
	latest    map[kg.ID]kg.Correction
	originals map[kg.ID]kg.Claim
	// erased are the claims that any correction erases.
	erased map[kg.ID]bool
	// stored are the claims as the graph has them, and loaded the claims as they are loaded after the batch.
	stored map[kg.ID]kg.Claim
	loaded map[kg.ID]*kg.Claim
}

// concerns reports whether a claim has or had a correction.
func (c *correctable) concerns(id kg.ID) bool {
	_, corrected := c.latest[id]
	_, was := c.originals[id]
	return corrected || was
}

func sorted(set map[kg.ID]bool) []kg.ID { return slices.Sorted(maps.Keys(set)) }

// distinct returns the distinct ids, sorted.
func distinct(ids []kg.ID) []kg.ID { return idsOf(ids, func(id kg.ID) kg.ID { return id }) }
