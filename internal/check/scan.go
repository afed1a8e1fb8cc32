package check

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/merge"
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

// findDamage adds a break for each damage that the engine finds in its own data.
func (r *run) findDamage(ctx context.Context) error {
	return r.tolerate(ctx, "", r.store.FindDamage(ctx, func(d store.Damage) {
		r.addBreak(Storage, d.ID, "%s", d.Problem)
	}))
}

// tolerate adds a break for an error of reading a record, or of the store as a whole, so that damage does not end the
// check. It returns the error if the store cannot be reached, or the context ended.
func (r *run) tolerate(ctx context.Context, id kg.ID, err error) error {
	if err == nil {
		return nil
	}
	if code := kg.CodeOf(err); code == kg.Timeout || code == kg.Unavailable || ctx.Err() != nil {
		return err
	}
	r.addBreak(Storage, id, "cannot be read: %v", err)
	return nil
}

// readNodes reads nodes by id in the exact view. Where nodes cannot be read together, each is read by itself. A node
// that cannot be read is nil and named in unread.
func (r *run) readNodes(ctx context.Context, ids []kg.ID) (nodes []kg.Node, unread map[kg.ID]bool, err error) {
	return readEach(ctx, r, ids, func(ids []kg.ID) ([]kg.Node, error) { return r.store.Nodes(ctx, exactView, ids) })
}

// readEach reads values of ids: all together or, if that fails, in halves.
func readEach[T any](
	ctx context.Context, r *run, ids []kg.ID, read func([]kg.ID) ([]T, error),
) (values []T, unread map[kg.ID]bool, err error) {
	unread = map[kg.ID]bool{}
	var next func(ids []kg.ID) error
	next = func(ids []kg.ID) error {
		found, err := read(ids)
		switch {
		case err == nil:
			values = append(values, found...)
			return nil
		case len(ids) == 1:
			if err := r.tolerate(ctx, ids[0], err); err != nil {
				return err
			}
			var none T
			values, unread[ids[0]] = append(values, none), true
			return nil
		case kg.CodeOf(err) == kg.Timeout || kg.CodeOf(err) == kg.Unavailable:
			return err
		}
		if err := next(ids[:len(ids)/2]); err != nil {
			return err
		}
		return next(ids[len(ids)/2:])
	}
	if len(ids) == 0 {
		return nil, unread, nil
	}
	return values, unread, next(ids)
}

// pages scans the records of one kind, page by page. Records of a page that cannot be read are read one by one, and a
// record that cannot be read is a break; if its id is unknown, it is the last of its kind.
func (r *run) pages(ctx context.Context, kind kg.NodeKind, each func(store.ScanPage) error) error {
	after, limit, single := kg.ID(""), r.options.PageSize, 0
	for {
		page, err := r.store.Scan(ctx, kind, after, limit)
		if err != nil && limit > 1 && ctx.Err() == nil && kg.CodeOf(err) != kg.Unavailable {
			limit, single = 1, r.options.PageSize
			continue
		}
		if err != nil {
			var at store.RecordError
			known := errors.As(err, &at) && at.ID > after
			if known {
				err = at.Err
			}
			if err := r.tolerate(ctx, at.ID, err); err != nil {
				return err
			}
			if !known {
				r.addBreak(Storage, "", "no %s after %q can be read", kind, after)
				return nil
			}
			after = at.ID
			r.references.addStored(at.ID)
			continue
		}
		ids := page.IDs(kind)
		if len(ids) == 0 {
			return nil
		}
		if err := each(page); err != nil {
			return err
		}
		last := slices.Max(ids)
		if last <= after {
			r.addBreak(Order, last, "is returned again after %s", after)
			return nil
		}
		after = last
		if single--; single == 0 {
			limit = r.options.PageSize
		}
	}
}
