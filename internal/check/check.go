// Package check verifies every invariant of a stored graph, from the form of ids to the states that follow from claims.
// It uses only the store contract, so that the same rules hold for every engine.
package check

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store"
)

// kinds returns the kinds in the order of the check: referenced kinds first, so that few references are unresolved at
// any time.
func kinds() []kg.NodeKind {
	return []kg.NodeKind{
		kg.KindRelease, kg.KindActor, kg.KindLocation, kg.KindDocument,
		kg.KindAffiliation, kg.KindEvent, kg.KindIdentity, kg.KindClaim, kg.KindReview, kg.KindCorrection,
	}
}

// Run checks a whole store. An error means that the check could not finish; breaks are in the report, which then covers
// the part that was checked. It holds a page of records, all identity decisions and a few bytes per stored record in
// memory. Writes to the store during a check may cause false breaks.
func Run(ctx context.Context, st Store, o Options) (Report, error) {
	if o.MaxBreaks == 0 {
		o.MaxBreaks = 1000
	}
	if o.PageSize == 0 {
		o.PageSize = 200
	}
	r := &run{
		store:       st,
		options:     o,
		report:      Report{Checked: map[kg.NodeKind]int{}, Breaks: []Break{}},
		references:  newReferences(),
		within:      cycleFinder{},
		reprints:    cycleFinder{},
		releases:    map[kg.ID]kg.Release{},
		edges:       map[store.EdgeType]int{},
		contents:    map[uint64]uint64{},
		evidence:    newEvidence(),
		withoutText: map[kg.ID]bool{},
	}
	if err := r.findDamage(ctx); err != nil {
		return r.report, fmt.Errorf("look for damage: %w", err)
	}
	for _, read := range []func(context.Context) error{
		r.readDecisions, r.readReviews, r.readFieldCorrections, r.checkOriginals,
	} {
		if err := r.tolerate(ctx, "", read(ctx)); err != nil {
			return r.report, err
		}
	}
	for _, kind := range kinds() {
		if err := r.scan(ctx, kind); err != nil {
			return r.report, fmt.Errorf("check %ss: %w", kind, err)
		}
	}
	r.references.eachUnresolved(func(by, to kg.ID) {
		r.addBreak(Reference, by, "refers to %s, which is not stored", to)
	})
	if err := checkValues(ctx, r, merge.Releases, slices.Collect(maps.Values(r.releases))); err != nil {
		return r.report, err
	}
	r.within.eachCycle(func(id kg.ID) { r.addBreak(Circle, id, "lies within itself") })
	r.reprints.eachCycle(func(id kg.ID) { r.addBreak(Circle, id, "reprints itself") })
	r.evidence.TextsNotKept = len(r.withoutText)
	if o.Evidence {
		r.report.Evidence = r.evidence
	}
	return r.report, r.tolerate(ctx, "", r.checkStats(ctx))
}

// scan checks all records of one kind, page by page.
func (r *run) scan(ctx context.Context, kind kg.NodeKind) error {
	last := kg.ID("")
	return r.pages(ctx, kind, func(page store.ScanPage) error {
		ids := page.IDs(kind)
		for _, id := range ids {
			if err := id.Check(kind); err != nil {
				r.addBreak(Record, id, "%v", err)
			}
			if id <= last {
				r.addBreak(Order, id, "is listed after %s", last)
			}
			last = max(last, id)
			r.references.addStored(id)
		}
		if err := r.checkPage(ctx, kind, page); err != nil {
			return err
		}
		r.report.Checked[kind] += len(ids)
		if r.options.Progress != nil {
			r.options.Progress(kind, r.report.Checked[kind])
		}
		return nil
	})
}

func (r *run) checkPage(ctx context.Context, kind kg.NodeKind, page store.ScanPage) error {
	switch kind {
	case kg.KindRelease, kg.KindIdentity:
		r.checkRecords(page.Batch)
		return nil
	case kg.KindEvent:
		return r.checkSubjects(ctx, page)
	case kg.KindAffiliation:
		r.checkRecords(page.Batch)
		return errors.Join(
			checkValues(ctx, r, merge.Affiliations, page.Affiliations), r.checkSubjects(ctx, page))
	case kg.KindClaim:
		r.checkClaimList(page.Claims)
		return nil
	case kg.KindReview, kg.KindCorrection:
		return r.checkDecisions(ctx, page.Batch)
	}
	r.checkRecords(page.Batch)
	return errors.Join(
		checkValues(ctx, r, merge.Actors, page.Actors), checkValues(ctx, r, merge.Locations, page.Locations),
		checkValues(ctx, r, merge.Documents, page.Documents), r.checkNodes(ctx, page.Batch))
}

// findDamage adds a break for each damage that the engine finds in its own data.
func (r *run) findDamage(ctx context.Context) error {
	return r.tolerate(ctx, "", r.store.FindDamage(ctx, func(d store.Damage) {
		r.addBreak(Storage, d.ID, "%s", d.Problem)
	}))
}
