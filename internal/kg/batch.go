package kg

import "casus/internal/edtf"

// Batch is what one Apply writes, all of it or nothing. Records may refer to one another in any order, and to what is
// stored. Events are not among them: an event is there because a claim is about it.
type Batch struct {
	Actors       []Actor
	Locations    []Location
	Documents    []Document
	Releases     []Release
	Affiliations []Affiliation
	Claims       []Claim
	Identities   []IdentityDecision
	// RecordedAt is given to claims that are stored now.
	RecordedAt edtf.Instant
	// ReferencesChecked says that whoever made the batch has seen that all it refers to is in it or stored, so that a store need
	// not look again.
	ReferencesChecked bool
	// Checkpoint, if there is one, is written in the same transaction.
	Checkpoint *Checkpoint
}

// Checkpoint is how far a load has come, under a key of the load's own.
type Checkpoint struct{ Key, Value string }

// Size counts the batch's records.
func (b Batch) Size() int {
	return len(b.Actors) + len(b.Locations) + len(b.Documents) + len(b.Releases) + len(b.Affiliations) + len(b.Claims) + len(b.Identities)
}

// ApplyResult says what became of a batch: every record of it is added, changed, unchanged or rejected.
type ApplyResult struct {
	Added, Changed, Unchanged map[NodeKind]int
	// Written are the ids of the nodes and claims that were added or changed, in any order.
	Written []ID
	// Conflicts are claims whose id is stored with another content; the stored one stands.
	Conflicts []ClaimConflict
	// FieldConflicts are values of nodes that were not taken because another one stands.
	FieldConflicts []FieldConflict
}

// ClaimConflict is one claim id with two contents.
type ClaimConflict struct{ Stored, Given Claim }

// FieldConflict is one field of a node for which two records give different values. Which of the two is kept does not
// depend on the order of loading; see MergeActor.
type FieldConflict struct {
	ID            ID
	Field         string
	Kept, Dropped string
}

// Identified is any record with an id.
type Identified interface{ NodeID() ID }
