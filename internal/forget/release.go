package forget

import (
	"context"
	"iter"
	"slices"

	"casus/internal/kg"
	"casus/internal/store/ledger"
)

// releaseLoads are the loads of the ledger, seen from one release.
type releaseLoads struct {
	release kg.ID
	// own are the loads of the release, others the standing loads of anything else.
	own, others []ledger.Load
}

// loadsOf returns the loads of a release and the others.
func loadsOf(ctx context.Context, st Store, release kg.ID) (releaseLoads, error) {
	r := releaseLoads{release: release}
	all, err := ledger.All(ctx, st)
	for _, l := range all {
		switch {
		case l.Release() == release:
			r.own = append(r.own, l)
		case l.Stands():
			r.others = append(r.others, l)
		}
	}
	return r, err
}

// mark notes in the ledger that the loads of the release are forgotten with it, and erased.
func (r releaseLoads) mark(ctx context.Context, st Store, o Order) error {
	act := &ledger.Act{By: o.By, At: ledger.Moment(o.At), Why: o.Why}
	for i := range r.own {
		r.own[i].Forgotten = act
		if o.Purge {
			r.own[i].Purged = act
		}
		if err := put(ctx, st, r.own[i]); err != nil {
			return err
		}
	}
	return nil
}

// unmark notes that they are not forgotten any more.
func (r releaseLoads) unmark(ctx context.Context, st Store) error {
	for i := range r.own {
		r.own[i].Forgotten, r.own[i].Purged = nil, nil
		if err := put(ctx, st, r.own[i]); err != nil {
			return err
		}
	}
	return nil
}

// forgotten reports whether a load of the release is forgotten with it.
func (r releaseLoads) forgotten() bool {
	return slices.ContainsFunc(r.own, func(l ledger.Load) bool { return l.Forgotten != nil })
}

// claims iterates over the claims that the loads of the release brought. A release states also rows whose claims belong
// to an older release.
func (r releaseLoads) claims(ctx context.Context, st Store) iter.Seq2[[]kg.ID, error] {
	return func(yield func([]kg.ID, error) bool) {
		for _, l := range r.own {
			for ids, err := range ledger.Claims(ctx, st, l.ID) {
				if !yield(ids, err) || err != nil {
					return
				}
			}
		}
	}
}

// kept returns the claims that stay when the release is forgotten: claims that a load of another release brought, and
// claims that any other load brought, unless they name the release as their own.
func (r releaseLoads) kept(ctx context.Context, st Store) (*ledger.Set, error) {
	own, kept := ledger.NewSet(), ledger.NewSet()
	for ids, err := range claimsOf(ctx, st, r.release) {
		if err != nil {
			return nil, err
		}
		own.Add(ids)
	}
	for _, l := range r.others {
		for ids, err := range ledger.Claims(ctx, st, l.ID) {
			if err != nil {
				return nil, err
			}
			if l.Release() == "" {
				ids = slices.DeleteFunc(ids, own.Has)
			}
			kept.Add(ids)
		}
	}
	return kept, nil
}

// restoreRelease takes back what Target did to a release.
func restoreRelease(ctx context.Context, st Store, o Order) (Result, error) {
	loads, err := loadsOf(ctx, st, kg.ID(o.Target))
	if err != nil {
		return Result{}, err
	}
	forgotten := loads.forgotten()
	found, err := restore(ctx, st, o)
	switch {
	case err != nil:
		return found, err
	case found.Claims == 0 && !forgotten:
		return found, kg.Errorf(kg.NotFound, "%s is not forgotten", o.Target)
	case o.DryRun:
		return found, nil
	}
	if err := loads.unmark(ctx, st); err != nil {
		return found, err
	}
	for _, l := range loads.own {
		if err := keepFromOthers(ctx, st, l); err != nil {
			return found, err
		}
	}
	return found, nil
}

// withoutRelease returns the claims that are not of a release.
func withoutRelease(ctx context.Context, st Store, ids []kg.ID, release kg.ID) (others []kg.ID, err error) {
	for chunk := range slices.Chunk(ids, batchSize) {
		stored, err := storedClaims(ctx, st, chunk)
		if err != nil {
			return nil, err
		}
		for _, id := range chunk {
			if stored[id].Release != release {
				others = append(others, id)
			}
		}
	}
	return others, nil
}
