package resolve

import (
	"fmt"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/entry"
	"casus/loader/report"
)

// CheckNodes rejects entries that state a different value of a node's field than an earlier one of the chunk. They may
// complement one another. It runs before entries are merged, so that each is judged by its own content. It is not for
// rows: if a data set describes an actor differently in two rows, both events are loaded and the report lists the
// difference.
func CheckNodes(entries []*entry.Entry, rejects *report.Rejects) error {
	nodes := map[kg.ID]*firstNode{}
	for _, e := range entry.Live(entries) {
		if !e.HasNode() {
			continue
		}
		own := withoutLists(e.Batch)
		first, seen := nodes[e.ID]
		if !seen {
			nodes[e.ID] = &firstNode{e, own}
			continue
		}
		merged := cloneNodes(first.merged)
		if _, found := mergeNode(&merged, &own); len(found) > 0 {
			if err := rejects.Entry(e, *nodeConflict(first.by, e, found)); err != nil {
				return err
			}
			continue
		}
		first.merged = merged
	}
	return nil
}

// firstNode is the first entry of a node, and the node merged from all so far.
type firstNode struct {
	by     *entry.Entry
	merged kg.Batch
}

// nodeConflict returns the Reject of a record that contradicts an earlier record of its node.
func nodeConflict(first, e *entry.Entry, found []kg.FieldConflict) *record.Reject {
	at := first.FirstRow()
	switch e.Type {
	case "identity", "review", "correction":
		return &record.Reject{
			Reason: fmt.Sprintf("%s has two contents: the record at %s:%d has a different one", e.ID, at.File, at.Line),
			Other:  string(first.Text()), Differs: record.CompareJSON(e.Text(), first.Text()),
		}
	}
	var all []*record.Reject
	for _, d := range found {
		all = append(all, &record.Reject{
			Pointer: "/" + d.Field, Other: string(first.Text()),
			Reason: fmt.Sprintf("%s has two contents: its %s is both %q and %q; see %s:%d",
				e.ID, d.Field, d.Kept, d.Dropped, at.File, at.Line),
		})
	}
	return record.JoinRejects(all...)
}

// CheckClaims rejects entries that have a claim with the id of an earlier one and a different content.
func CheckClaims(entries []*entry.Entry, rejects *report.Rejects) error {
	claims := make(map[kg.ID]firstClaim, len(entries))
	for _, e := range entry.Live(entries) {
		if fault := claimConflict(e, claims); fault != nil {
			if err := rejects.Entry(e, *fault); err != nil {
				return err
			}
			continue
		}
		for i := range e.Batch.Claims {
			c := &e.Batch.Claims[i]
			if _, seen := claims[c.ID]; !seen {
				claims[c.ID] = firstClaim{e, c}
			}
		}
	}
	return nil
}

// firstClaim is a claim and the first record that makes it.
type firstClaim struct {
	by    *entry.Entry
	claim *kg.Claim
}

// claimConflict returns a Reject if an earlier record, or the record itself, makes one of the record's claims with a
// different content.
func claimConflict(e *entry.Entry, claims map[kg.ID]firstClaim) *record.Reject {
	var own map[kg.ID]*kg.Claim // the record's first claim with each id
	for i := range e.Batch.Claims {
		c := &e.Batch.Claims[i]
		first, seen := claims[c.ID]
		if earlier := own[c.ID]; !seen && earlier != nil {
			first, seen = firstClaim{e, earlier}, true
		}
		if !seen {
			if own == nil && len(e.Batch.Claims) > 1 {
				own = make(map[kg.ID]*kg.Claim, len(e.Batch.Claims))
			}
			if own != nil {
				own[c.ID] = c
			}
			continue
		}
		if _, same := kg.MergeClaim(*first.claim, *c); !same {
			at := first.by.FirstRow()
			return &record.Reject{
				Pointer: record.PointerTo(e.Text(), string(c.ID)), Found: string(c.ID), Other: string(first.by.Text()),
				Reason:  fmt.Sprintf("the claim has two contents: the record at %s:%d has a different one", at.File, at.Line),
				Differs: record.CompareClaims(*c, *first.claim),
			}
		}
	}
	return nil
}
