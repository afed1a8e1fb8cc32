package forget

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store/ledger"
)

// RestoreLoad takes back the undoing of a load: every answer is as before. Erased claims stay away until they are
// loaded again. Interrupted, it can be started again. It returns CONFLICT if the load is not undone.
func RestoreLoad(ctx context.Context, st Store, l ledger.Load, o Order) (Result, error) {
	if l.Undone == nil {
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
		b := kg.Batch{Removals: []kg.ID{correctionID(o.Target, kg.ID(o.Target))}} // of a document's text, if it is erased
		for _, id := range claims {
			b.Removals = append(b.Removals, correctionID(o.Target, id))
		}
		erased, err := erasedBy(ctx, st, o.Target, claims)
		if err != nil {
			return found, err
		}
		found.Erased += erased
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

// erasedBy counts the claims that an order has erased.
func erasedBy(ctx context.Context, st Store, target string, claims []kg.ID) (n int, err error) {
	curations, err := st.Curations(ctx, claims)
	for i, v := range curations {
		for _, c := range v.Corrections {
			if c.ID == correctionID(target, claims[i]) && c.Erases {
				n++
			}
		}
	}
	return n, err
}
