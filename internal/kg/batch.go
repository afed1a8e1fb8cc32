package kg

import (
	"fmt"

	"casus/internal/edtf"
)

// Batch is a set of records that a store writes in one transaction, all or nothing. Records may refer to each other in
// any order, and to stored records. It has no events, since an event exists because a claim is about it.
type Batch struct {
	Actors       []Actor
	Locations    []Location
	Documents    []Document
	Releases     []Release
	Affiliations []Affiliation
	Claims       []Claim
	Identities   []IdentityDecision
	Reviews      []Review
	Corrections  []Correction
	// Removals are ids of stored claims, identity decisions, reviews and corrections to remove, before the batch's records
	// are written. A record that is in both is replaced. Everything is then as if the removed ones had never been stored.
	// Claims are removed only by a release of a data set that changes how an older or newer one reads. The corrections and
	// reviews of a removed claim stay, and count again when the claim is stored again. Unknown ids are ignored.
	Removals []ID
	// Moves are claims of Claims that are stored with another release of their data set, and are otherwise the same.
	Moves []Move
	// RecordedAt is set on the claims that are stored for the first time.
	RecordedAt edtf.Instant
	// Checkpoint is written in the same transaction if it is not nil.
	Checkpoint *Checkpoint
	// Brought, if set, is the key of the checkpoint that gets the ids of the claims that the batch brings, in the same
	// transaction; see package ledger. Planned are claims of Claims that no record of the input states.
	Brought string
	Planned []ID
	// Ledger are further checkpoints to write in the same transaction.
	Ledger []Checkpoint
}

// Move is the move of a stored claim from a release of its data set to another one.
type Move struct{ Claim, From ID }

// Checkpoint is the progress of a load, or another entry about loads, under a key. An empty value deletes it.
type Checkpoint struct{ Key, Value string }

// Size returns the number of records.
func (b Batch) Size() int {
	return len(b.Actors) + len(b.Locations) + len(b.Documents) + len(b.Releases) + len(b.Affiliations) +
		len(b.Claims) + len(b.Identities) + len(b.Reviews) + len(b.Corrections) + len(b.Removals)
}

// ApplyResult is the outcome of a batch. Each record was added, changed or unchanged, or is in Conflicts. A replaced
// record was changed. Of events only the added ones are counted: events that had no claim before.
type ApplyResult struct {
	Added, Changed, Unchanged map[NodeKind]int
	// Removed counts the records that were removed and not replaced.
	Removed int
	// Forgotten are the claims of the batch that a correction keeps out of the graph, and Corrected the ones whose content
	// a correction replaces. Both are stored as they were given, and counted as the others are.
	Forgotten, Corrected []ID
	// Written are the ids of the nodes and claims that were added or changed, in any order.
	Written []ID
	// Conflicts are claims whose id is already stored with different content. The stored claim is unchanged.
	Conflicts []ClaimConflict
	// FieldConflicts are values of the added and changed nodes that became undecided with the batch.
	FieldConflicts []FieldConflict
}

// ClaimConflict is a stored claim and a given one with the same id and different content.
type ClaimConflict struct{ Stored, Given Claim }

// FieldConflict is two values of a field of a node between which no rule decides, or two contents of one identity
// decision. Kept is the one that sorts first, so it does not depend on the order of loading.
type FieldConflict struct {
	ID      ID     `json:"id"`
	Field   string `json:"field"`
	Kept    string `json:"kept"`
	Dropped string `json:"dropped"`
}

// String returns the conflict as a sentence.
func (c FieldConflict) String() string {
	return fmt.Sprintf("%s: %s is undecided between %q, which sorts first, and %q", c.ID, c.Field, c.Kept, c.Dropped)
}

// Identified is a record with an id.
type Identified interface{ NodeID() ID }
