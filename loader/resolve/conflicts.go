package resolve

import (
	"fmt"
	"reflect"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/entry"
	"casus/loader/report"
)

// CheckDecisions rejects identity decisions, reviews and corrections with the id of an earlier one of the chunk and
// another content: one load should state a decision only once.
func CheckDecisions(entries []*entry.Entry, rejects *report.Rejects) error {
	decisions := map[kg.ID]*entry.Entry{}
	for _, e := range entry.Live(entries) {
		if len(e.Batch.Identities)+len(e.Batch.Reviews)+len(e.Batch.Corrections) == 0 {
			continue
		}
		first, seen := decisions[e.ID]
		if !seen {
			decisions[e.ID] = e
			continue
		}
		if a, b := first.Batch, e.Batch; reflect.DeepEqual(a.Identities, b.Identities) &&
			reflect.DeepEqual(a.Reviews, b.Reviews) && reflect.DeepEqual(a.Corrections, b.Corrections) {
			continue
		}
		at := first.FirstRow()
		if err := rejects.Entry(e, record.Reject{
			Reason: fmt.Sprintf("%s has two contents: the record at %s:%d has a different one", e.ID, at.File, at.Line),
			Other:  string(first.Text()), Differs: record.CompareJSON(e.Text(), first.Text()),
		}); err != nil {
			return err
		}
	}
	return nil
}

// CheckClaims rejects entries that have a claim with the id of an earlier one and a different content. If lenient is
// set, it leaves these claims out of their entries, if others are left.
func CheckClaims(entries []*entry.Entry, lenient bool, rejects *report.Rejects) error {
	claims := make(map[kg.ID]firstClaim, len(entries))
	for _, e := range entry.Live(entries) {
		faults := claimConflicts(e, claims, lenient)
		if faults != nil && (!lenient || !e.DropClaims(faults)) {
			if err := rejects.Entry(e, *record.JoinRejects(faults...)); err != nil {
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

// claimConflicts returns a Reject for each of the record's claims that an earlier record, or the record itself, makes
// with a different content, or only for the first unless all is set. The list is parallel to the claims, and nil if
// there is no conflict.
func claimConflicts(e *entry.Entry, claims map[kg.ID]firstClaim, all bool) (faults []*record.Reject) {
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
		if _, same := kg.MergeClaim(*first.claim, *c); same {
			continue
		}
		if faults == nil {
			faults = make([]*record.Reject, len(e.Batch.Claims))
		}
		at := first.by.FirstRow()
		faults[i] = &record.Reject{
			Pointer: record.PointerTo(e.Text(), string(c.ID)), Found: string(c.ID), Other: string(first.by.Text()),
			Reason:  fmt.Sprintf("the claim has two contents: the record at %s:%d has a different one", at.File, at.Line),
			Differs: record.CompareClaims(*c, *first.claim),
		}
		if !all {
			return faults
		}
	}
	return faults
}
