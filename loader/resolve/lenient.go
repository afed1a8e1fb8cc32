package resolve

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/entry"
)

// addOwnReferrers adds an entry to the referrers of the ids that it defines itself: one of its claims may refer to
// another one that is left out.
func (r *resolver) addOwnReferrers(e *entry.Entry) {
	own := map[kg.ID]bool{}
	for i := range e.Batch.Claims {
		own[e.Batch.Claims[i].ID] = true
	}
	added := map[kg.ID]bool{}
	for i := range e.Batch.Claims {
		for _, id := range e.Batch.Claims[i].AppendReferences(nil) {
			if own[id] && !added[id] {
				added[id] = true
				r.referrers[id] = append(r.referrers[id], e)
			}
		}
	}
}

// hasFollowing reports whether later input may define one of the missing ids that an entry refers to.
func (r *resolver) hasFollowing(e *entry.Entry, missing []kg.ID) bool {
	for id := range e.References {
		if _, gone := slices.BinarySearch(missing, id); gone && r.mayFollow(id) {
			return true
		}
	}
	return false
}

// dropClaims leaves the claims of an entry that refer to missing ids out of it, and returns the ids that no entry
// defines any more. It returns false and changes nothing if the record refers to one beside its claims, or if no claim
// would be left.
func (r *resolver) dropClaims(e *entry.Entry, missing []kg.ID) (lost []kg.ID, done bool) {
	if len(e.Batch.Claims) != len(e.Drafts) {
		return nil, false
	}
	faults, byClaims := make([]*record.Reject, len(e.Drafts)), map[kg.ID]bool{}
	var dropped []kg.ID
	for i := range e.Batch.Claims {
		c := &e.Batch.Claims[i]
		for _, id := range c.AppendReferences(nil) {
			if _, gone := slices.BinarySearch(missing, id); gone && id != c.ID {
				byClaims[id] = true
				faults[i] = record.JoinRejects(faults[i], r.unknownReference(e.Drafts[i].Pointer(), id))
				r.dropped++
			}
		}
		if faults[i] != nil {
			dropped = append(dropped, c.ID)
		}
	}
	for id := range e.References {
		if _, gone := slices.BinarySearch(missing, id); gone && !byClaims[id] {
			return nil, false
		}
	}
	if dropped == nil { // they were left out for another missing id
		return nil, true
	}
	if record.NamesBesideClaims(e.Text(), byClaims) || !e.DropClaims(faults) {
		return nil, false
	}
	for _, id := range dropped {
		if r.definitions[id]--; r.definitions[id] == 0 {
			lost = append(lost, id)
		}
	}
	return lost, true
}
