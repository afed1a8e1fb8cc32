package loader

import (
	"context"
	"fmt"
	"reflect"

	"casus/internal/kg"
	"casus/loader/fault"
)

// checkNodeConflicts rejects records that state a different value of a node's field than an earlier record. Records may
// complement one another. It runs before records are merged, so that each is judged by its own content. Rows may
// differ: if a data set describes an actor differently in two rows, both events are loaded and the report lists the
// difference.
func (l *chunkLoad) checkNodeConflicts(context.Context) error {
	if l.mapper != nil {
		return nil
	}
	nodes := map[kg.ID]*record{} // the earlier records, merged
	for _, rec := range l.liveRecords() {
		if !rec.hasNode() {
			continue
		}
		first, seen := nodes[rec.id]
		if !seen {
			nodes[rec.id] = rec.withoutLists()
			continue
		}
		before := first.clone()
		if _, found := first.mergeFrom(rec.withoutLists()); len(found) > 0 {
			nodes[rec.id] = before
			if err := l.reject(rec, *nodeConflict(before, rec, found)); err != nil {
				return err
			}
		}
	}
	return nil
}

// nodeConflict returns the Reject of a record that contradicts an earlier record of its node.
func nodeConflict(first, rec *record, found []kg.FieldConflict) *Reject {
	at := first.firstRow()
	if rec.typ == "identity" {
		return &Reject{
			Reason: fmt.Sprintf("%s has two contents: the record at %s:%d has a different one", rec.id, at.file, at.line),
			Other:  string(first.jsonText()), Differs: fault.CompareRecords(rec.jsonText(), first.jsonText()),
		}
	}
	var all []*Reject
	for _, d := range found {
		all = append(all, &Reject{
			Pointer: "/" + d.Field, Other: string(first.jsonText()),
			Reason: fmt.Sprintf("%s has two contents: its %s is both %q and %q; see %s:%d",
				rec.id, d.Field, d.Kept, d.Dropped, at.file, at.line),
		})
	}
	return fault.Join(all...)
}

// checkClaimConflicts rejects records that have a claim with the id of an earlier one and a different content.
func (l *chunkLoad) checkClaimConflicts(context.Context) error {
	claims := make(map[kg.ID]firstClaim, len(l.records))
	for _, rec := range l.liveRecords() {
		if fault := claimConflict(rec, claims); fault != nil {
			if err := l.reject(rec, *fault); err != nil {
				return err
			}
			continue
		}
		for i := range rec.batch.Claims {
			c := &rec.batch.Claims[i]
			if _, seen := claims[c.ID]; !seen {
				claims[c.ID] = firstClaim{rec, c}
			}
		}
	}
	return nil
}

// firstClaim is a claim and the first record that makes it.
type firstClaim struct {
	by    *record
	claim *kg.Claim
}

// claimConflict returns a Reject if an earlier record, or the record itself, makes one of the record's claims with a
// different content.
func claimConflict(rec *record, claims map[kg.ID]firstClaim) *Reject {
	var own map[kg.ID]*kg.Claim // the record's first claim with each id
	for i := range rec.batch.Claims {
		c := &rec.batch.Claims[i]
		first, seen := claims[c.ID]
		if earlier := own[c.ID]; !seen && earlier != nil {
			first, seen = firstClaim{rec, earlier}, true
		}
		if !seen {
			if own == nil && len(rec.batch.Claims) > 1 {
				own = make(map[kg.ID]*kg.Claim, len(rec.batch.Claims))
			}
			if own != nil {
				own[c.ID] = c
			}
			continue
		}
		if _, same := kg.MergeClaim(*first.claim, *c); !same {
			at := first.by.firstRow()
			return &Reject{
				Pointer: pointerTo(rec.jsonText(), string(c.ID)), Found: string(c.ID), Other: string(first.by.jsonText()),
				Reason:  fmt.Sprintf("the claim has two contents: the record at %s:%d has a different one", at.file, at.line),
				Differs: fault.CompareClaims(*c, *first.claim),
			}
		}
	}
	return nil
}

// clone returns a copy of the record with nodes of its own and without claims.
func (rec *record) clone() *record {
	c := *rec
	c.ownsNodes, c.batch.Claims = false, nil
	c.cloneNodes()
	return &c
}

// withoutLists returns a clone without the lists, which never conflict and may be long.
func (rec *record) withoutLists() *record {
	c := rec.clone()
	for i := range c.batch.Actors {
		c.batch.Actors[i].Names, c.batch.Actors[i].Identifiers, c.batch.Actors[i].Sectors = nil, nil, nil
	}
	for i := range c.batch.Locations {
		c.batch.Locations[i].Names, c.batch.Locations[i].Identifiers, c.batch.Locations[i].Parents = nil, nil, nil
	}
	for i := range c.batch.Documents {
		c.batch.Documents[i].Titles = nil
	}
	return c
}

// mergeFrom merges another record of the same node into this one. It reports whether the other adds nothing, and
// returns the fields in which the two differ.
func (rec *record) mergeFrom(other *record) (same bool, found []kg.FieldConflict) {
	mine, theirs := &rec.batch, &other.batch
	switch {
	case len(theirs.Actors) > 0:
		return mergeFirst(mine.Actors, theirs.Actors, kg.MergeActor)
	case len(theirs.Locations) > 0:
		return mergeFirst(mine.Locations, theirs.Locations, kg.MergeLocation)
	case len(theirs.Documents) > 0:
		return mergeFirst(mine.Documents, theirs.Documents, kg.MergeDocument)
	case len(theirs.Releases) > 0:
		return mergeFirst(mine.Releases, theirs.Releases, kg.MergeRelease)
	case len(theirs.Affiliations) > 0:
		return mergeFirst(mine.Affiliations, theirs.Affiliations, kg.MergeAffiliation)
	}
	return mergeFirst(mine.Identities, theirs.Identities, mergeDecision)
}

// mergeDecision merges like a store does, but reports any difference: one load should state a decision only once.
func mergeDecision(a, b kg.IdentityDecision) (kg.IdentityDecision, []kg.FieldConflict) {
	merged, _ := kg.MergeDecision(a, b)
	if reflect.DeepEqual(a, b) {
		return merged, nil
	}
	return merged, []kg.FieldConflict{{ID: a.ID, Field: "content"}}
}

// equalRecords reports whether two records are equal. A longer list of names is different without a comparison of all.
func equalRecords[T kg.Identified](a, b T) bool {
	if lengthOf(a) != lengthOf(b) {
		return false
	}
	return reflect.DeepEqual(a, b)
}

func lengthOf(record any) int {
	switch r := record.(type) {
	case kg.Actor:
		return len(r.Names)
	case kg.Location:
		return len(r.Names)
	case kg.Document:
		return len(r.Titles)
	}
	return 0
}

func mergeFirst[T kg.Identified](
	mine, theirs []T, merge func(a, b T) (T, []kg.FieldConflict),
) (same bool, found []kg.FieldConflict) {
	merged, found := merge(mine[0], theirs[0])
	same = equalRecords(merged, mine[0])
	mine[0] = merged
	return same, found
}
