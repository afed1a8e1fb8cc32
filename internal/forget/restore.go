package forget

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store/ledger"
)

// RestoreLoad takes back the undoing of a load: every answer is as before. Interrupted, it can be started again. It
// returns CONFLICT if the load is not undone, or if its claims are erased.
func RestoreLoad(ctx context.Context, st Store, l ledger.Load, o Order) (Result, error) {
	switch {
	case l.Purged != nil:
		return Result{}, kg.Errorf(kg.Conflict, "the claims of %s are erased for good", l.ID)
	case l.Undone == nil:
		return Result{}, kg.Errorf(kg.Conflict, "%s is not undone", l.ID)
	}
	o.Target = l.ID
	found, err := restore(ctx, st, o)
	if err != nil || o.DryRun {
		return found, err
	}
	l.Undone = nil
	if err := put(ctx, st, l); err != nil {
		return found, err
	}
	return found, keepFromOthers(ctx, st, l.ID)
}

// keepFromOthers restores the claims of a load that is not undone any more, of which the undoing of other loads forgot
// some: it had kept them if this load had not been undone.
func keepFromOthers(ctx context.Context, st Store, load string) error {
	all, err := ledger.All(ctx, st)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.ID == load || other.Undone == nil || other.Purged != nil {
			continue
		}
		for ids, err := range ledger.Claims(ctx, st, load) {
			if err != nil {
				return err
			}
			var b kg.Batch
			for _, id := range ids {
				b.Removals = append(b.Removals, correctionID(other.ID, id))
			}
			if _, err := st.Apply(ctx, b); err != nil {
				return err
			}
		}
	}
	return nil
}

// RestoreTarget takes back what Target did. It returns NOT_FOUND if the target is not forgotten.
func RestoreTarget(ctx context.Context, st Store, o Order) (Result, error) {
	found, err := restore(ctx, st, o)
	if err == nil && found.Claims == 0 {
		err = kg.Errorf(kg.NotFound, "%s is not forgotten", o.Target)
	}
	return found, err
}

// restore removes the corrections by which an order forgot claims.
func restore(ctx context.Context, st Store, o Order) (Result, error) {
	found := Result{Subjects: map[kg.ID]bool{}}
	for claims, err := range forgottenBy(ctx, st, o.Target) {
		if err != nil {
			return found, err
		}
		if len(claims) == 0 {
			continue
		}
		var b kg.Batch
		for _, id := range claims {
			b.Removals = append(b.Removals, correctionID(o.Target, id))
		}
		subjects, err := storedSubjects(ctx, st, claims)
		if err != nil {
			return found, err
		}
		for _, id := range subjects {
			found.Subjects[id] = true
		}
		found.Claims += len(claims)
		if o.DryRun {
			found.preview.Removals = append(found.preview.Removals, b.Removals...)
		} else if _, err := st.Apply(ctx, b); err != nil {
			return found, err
		}
		if o.Progress != nil {
			o.Progress(found.Claims)
		}
	}
	return found, found.readEffects(ctx, st, o)
}
