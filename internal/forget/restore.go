package forget

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store/ledger"
)

// RestoreLoad takes back the undoing of a load: every answer is as before. Erased claims are missing until they are
// loaded again. If it is interrupted, it can be started again. It returns CONFLICT if the load is not undone.
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
	return found, keepFromOthers(ctx, st, l)
}

// keepFromOthers restores claims of a load that were forgotten when another load was undone or another release was
// forgotten. The load stands again; if it had stood then, these claims would have been kept.
func keepFromOthers(ctx context.Context, st Store, l ledger.Load) error {
	if !l.Stands() {
		return nil
	}
	all, err := ledger.All(ctx, st)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.ID == l.ID || other.Stands() || other.Purged != nil {
			continue
		}
		for ids, err := range ledger.Claims(ctx, st, l.ID) {
			if err != nil {
				return err
			}
			var b kg.Batch
			if other.Undone != nil {
				b.Removals = correctionsOf(other.ID, ids)
			}
			if other.Forgotten != nil && other.Release() != l.Release() {
				if l.Release() == "" {
					ids, err = withoutRelease(ctx, st, ids, other.Release())
				}
				b.Removals = append(b.Removals, correctionsOf(string(other.Release()), ids)...)
			}
			if err == nil {
				_, err = st.Apply(ctx, b)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// correctionsOf returns the ids of the corrections by which an order for the target forgets claims.
func correctionsOf(target string, claims []kg.ID) []kg.ID {
	ids := make([]kg.ID, len(claims))
	for i, id := range claims {
		ids[i] = correctionID(target, id)
	}
	return ids
}

// RestoreTarget restores the claims that Target forgot. It returns NOT_FOUND if the target is not forgotten.
func RestoreTarget(ctx context.Context, st Store, o Order) (Result, error) {
	if kg.ID(o.Target).Kind() == kg.KindRelease {
		return restoreRelease(ctx, st, o)
	}
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
		b.Removals = append(b.Removals, correctionsOf(o.Target, claims)...)
		erased, err := erasedBy(ctx, st, o.Target, claims)
		if err != nil {
			return found, err
		}
		found.Erased += erased
		stored, err := storedClaims(ctx, st, claims)
		if err != nil {
			return found, err
		}
		for _, c := range stored {
			found.Subjects[c.Subject] = true
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
