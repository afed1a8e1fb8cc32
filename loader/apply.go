package loader

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"casus/internal/kg"
)

// apply applies what is left, what is referred to first, in batches; several at a time where the store likes that.
func (l *load) apply(ctx context.Context) error {
	groups := ordered(slices.DeleteFunc(l.live(), func(it *item) bool { return it.batch.Size() == 0 }))
	if l.writers < 2 || sizeOf(groups) < l.options.BatchSize/2 {
		return l.applyAll(ctx, withoutRest(batched(groups, l.options.BatchSize), l.options.BatchSize))
	}
	first, lanes := apart(groups)
	if err := l.applyAll(ctx, batched(first, l.options.BatchSize)); err != nil {
		return err
	}
	at, ctx := errgroup.WithContext(ctx)
	for _, batches := range share(lanes, l.writers, l.options.BatchSize) {
		at.Go(func() error { return l.applyAll(ctx, batches) })
	}
	return at.Wait()
}

func (l *load) applyAll(ctx context.Context, batches [][][]*item) error {
	for _, b := range batches {
		if err := ctx.Err(); err != nil { // another group's batch failed, or the load was ended: send no more
			return kg.Errorf(kg.Timeout, "apply the batches: %w", err)
		}
		if err := l.applyBatch(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// batched cuts groups into batches of about a size.
func batched(groups [][]*item, wanted int) [][][]*item {
	var all [][][]*item
	var batch [][]*item
	size := 0
	for _, g := range groups {
		batch, size = append(batch, g), size+sizeOf([][]*item{g})
		if size >= wanted {
			all, batch, size = append(all, batch), nil, 0
		}
	}
	if len(batch) > 0 {
		all = append(all, batch)
	}
	return all
}

// withoutRest puts a small rest to the batch before it: a transaction of its own costs more than it saves.
func withoutRest(batches [][][]*item, wanted int) [][][]*item {
	if last := len(batches) - 1; last > 0 && sizeOf(batches[last]) < wanted/2 {
		batches[last-1] = append(batches[last-1], batches[last]...)
		batches = batches[:last]
	}
	return batches
}

func sizeOf(groups [][]*item) int {
	n := 0
	for _, g := range groups {
		for _, it := range g {
			n += it.batch.Size()
		}
	}
	return n
}

// applyBatch applies groups in one transaction. If something in them cannot be applied it tries halves, until what is at
// fault stands alone and is rejected with the store's reason.
func (l *load) applyBatch(ctx context.Context, groups [][]*item) error {
	b := kg.Batch{RecordedAt: l.options.Now, ReferencesChecked: !l.refusedAny()}
	claims, documents := 0, 0
	for _, it := range slices.Concat(groups...) {
		claims, documents = claims+len(it.batch.Claims), documents+len(it.batch.Documents)
	}
	b.Claims, b.Documents = make([]kg.Claim, 0, claims), make([]kg.Document, 0, documents) // the longest of the lists, and the heaviest
	for _, it := range slices.Concat(groups...) {
		b.Actors, b.Locations = append(b.Actors, it.batch.Actors...), append(b.Locations, it.batch.Locations...)
		b.Documents, b.Releases = append(b.Documents, it.batch.Documents...), append(b.Releases, it.batch.Releases...)
		b.Affiliations, b.Identities = append(b.Affiliations, it.batch.Affiliations...), append(b.Identities, it.batch.Identities...)
		b.Claims = append(b.Claims, it.batch.Claims...)
	}
	applied, err := l.store.Apply(ctx, b)
	switch {
	case err == nil:
		l.settling.Lock()
		defer l.settling.Unlock()
		return l.settle(applied, groups)
	case kg.CodeOf(err) != kg.BadInput:
		return err
	case len(groups) > 1:
		half := len(groups) / 2
		if err := l.applyBatch(ctx, groups[:half]); err != nil {
			return err
		}
		return l.applyBatch(ctx, groups[half:])
	}
	l.settling.Lock()
	defer l.settling.Unlock()
	for _, it := range groups[0] {
		if err := l.rejectLate(it, it.id, Reject{Reason: err.Error()}); err != nil {
			return err
		}
	}
	return nil
}

// settle counts what was applied, and rejects claims that are stored with another content.
func (l *load) settle(applied kg.ApplyResult, groups [][]*item) error {
	l.report.applied(applied)
	for _, id := range applied.Written {
		l.fresh[id] = true
	}
	if len(applied.Conflicts) == 0 {
		return nil
	}
	of := map[kg.ID]*item{}
	for _, it := range slices.Concat(groups...) {
		for i := range it.batch.Claims {
			of[it.batch.Claims[i].ID] = it
		}
	}
	for _, c := range applied.Conflicts {
		it := of[c.Given.ID]
		r, err := contradicts(it, c)
		if err != nil {
			return err
		}
		if err := l.rejectLate(it, c.Given.ID, r); err != nil {
			return err
		}
	}
	return nil
}

// contradicts tells of a claim that is stored with another content.
func contradicts(it *item, c kg.ClaimConflict) (Reject, error) {
	stored, err := json.Marshal(c.Stored)
	if err != nil {
		return Reject{}, kg.Errorf(kg.Internal, "show the stored %s: %w", c.Stored.ID, err)
	}
	return Reject{
		Pointer: pointerTo(it.text(), string(c.Given.ID)), Found: string(c.Given.ID), Other: string(stored),
		Reason: "the claim is stored with another content, which stands",
	}, nil
}

// refusedAny says whether the store refused a record of the stretch: others may refer to it.
func (l *load) refusedAny() bool {
	l.settling.Lock()
	defer l.settling.Unlock()
	return l.refused
}

// rejectLate rejects a record that the store refused, and what repeats it.
func (l *load) rejectLate(it *item, id kg.ID, r Reject) error {
	l.refused = true
	if err := l.reject(it, r); err != nil {
		return err
	}
	for _, echo := range l.echoes[id] {
		at := it.first()
		if err := l.reject(echo, Reject{Reason: fmt.Sprintf("it repeats a record that was rejected, at %s:%d: %s", at.file, at.line, r.Reason), Other: r.Other}); err != nil {
			return err
		}
	}
	return nil
}
