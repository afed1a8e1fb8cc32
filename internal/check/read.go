package check

import (
	"context"
	"errors"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

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

func idsOf[T kg.Identified](records []T) []kg.ID {
	all := make([]kg.ID, len(records))
	for i, rec := range records {
		all[i] = rec.NodeID()
	}
	return all
}
