package check

import (
	"context"
	"fmt"

	"casus/internal/kg"
	"casus/internal/store"
)

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
		return r.checkSubjects(ctx, page)
	case kg.KindClaim:
		r.checkClaimList(page.Claims)
		return nil
	}
	r.checkRecords(page.Batch)
	return r.checkNodes(ctx, page.Batch)
}

func idsOf[T kg.Identified](records []T) []kg.ID {
	all := make([]kg.ID, len(records))
	for i, rec := range records {
		all[i] = rec.NodeID()
	}
	return all
}

// readDecisions reads the identity decisions, which voices depend on. They are checked later, like all records.
func (r *run) readDecisions(ctx context.Context) error {
	all, err := store.Decisions(ctx, r.store)
	if err != nil {
		return fmt.Errorf("read the identity decisions: %w", err)
	}
	r.identities, r.report.Contradictions = kg.NewIdentities(kg.Classes(all)), kg.IdentityConflicts(all)
	return nil
}
