package check

import (
	"context"
	"fmt"

	"casus/internal/kg"
	"casus/internal/store"
)

// scan checks all records of one kind, page by page.
func (r *run) scan(ctx context.Context, kind kg.NodeKind) error {
	for after := kg.ID(""); ; {
		page, err := r.store.Scan(ctx, kind, after, r.options.PageSize)
		if err != nil {
			return err
		}
		ids := idsOf(kind, page)
		if len(ids) == 0 {
			return nil
		}
		last := after
		for _, id := range ids {
			if err := id.Check(kind); err != nil {
				r.broken(Record, id, "%v", err)
			}
			if id <= last {
				r.broken(Order, id, "is listed after %s", last)
			}
			last = max(last, id)
			r.names.known(id)
		}
		if last == after {
			return fmt.Errorf("the store lists the same records again after %s", after)
		}
		after = last
		if err := r.checkPage(ctx, kind, page); err != nil {
			return err
		}
		r.report.Checked[kind] += len(ids)
		if r.options.Progress != nil {
			r.options.Progress(kind, r.report.Checked[kind])
		}
	}
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
		r.checkListed(page.Claims)
		return nil
	}
	r.checkRecords(page.Batch)
	return r.checkNodes(ctx, page.Batch)
}

// idsOf lists the ids of what a page holds of a kind.
func idsOf(kind kg.NodeKind, page store.ScanPage) []kg.ID {
	switch kind {
	case kg.KindActor:
		return ids(page.Actors)
	case kg.KindLocation:
		return ids(page.Locations)
	case kg.KindDocument:
		return ids(page.Documents)
	case kg.KindRelease:
		return ids(page.Releases)
	case kg.KindIdentity:
		return ids(page.Identities)
	case kg.KindAffiliation:
		return ids(page.Affiliations)
	case kg.KindClaim:
		return ids(page.Claims)
	}
	var events []kg.ID
	for _, s := range page.Subjects {
		events = append(events, s.History.Subject)
	}
	return events
}

func ids[T kg.Identified](records []T) []kg.ID {
	all := make([]kg.ID, len(records))
	for i, rec := range records {
		all[i] = rec.NodeID()
	}
	return all
}

// readDecisions reads what voices depend on: the identity decisions, which are few. They are checked in their turn.
func (r *run) readDecisions(ctx context.Context) error {
	var all []kg.IdentityDecision
	for after := kg.ID(""); ; {
		page, err := r.store.Scan(ctx, kg.KindIdentity, after, r.options.PageSize)
		if err != nil {
			return fmt.Errorf("read the identity decisions: %w", err)
		}
		n := len(page.Identities)
		if n == 0 || page.Identities[n-1].ID <= after {
			r.one, r.report.Contradictions = kg.NewIdentities(kg.Classes(all)), kg.IdentityConflicts(all)
			return nil
		}
		all, after = append(all, page.Identities...), page.Identities[n-1].ID
	}
}
