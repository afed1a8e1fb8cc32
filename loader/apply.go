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
func (l *chunkLoad) apply(ctx context.Context) error {
	groups := dependencyOrder(slices.DeleteFunc(l.liveRecords(), func(rec *record) bool { return rec.batch.Size() == 0 }))
	if l.writers < 2 || sizeOf(groups) < l.options.BatchSize/2 {
		return l.applyAll(ctx, mergeSmallLast(makeBatches(groups, l.options.BatchSize), l.options.BatchSize))
	}
	first, partitions := partition(groups)
	if err := l.applyAll(ctx, makeBatches(first, l.options.BatchSize)); err != nil {
		return err
	}
	at, ctx := errgroup.WithContext(ctx)
	for _, batches := range distribute(partitions, l.writers, l.options.BatchSize) {
		at.Go(func() error { return l.applyAll(ctx, batches) })
	}
	return at.Wait()
}

func (l *chunkLoad) applyAll(ctx context.Context, batches [][][]*record) error {
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

// makeBatches cuts groups into batches of about a size.
func makeBatches(groups [][]*record, wanted int) [][][]*record {
	var all [][][]*record
	var batch [][]*record
	size := 0
	for _, g := range groups {
		batch, size = append(batch, g), size+sizeOf([][]*record{g})
		if size >= wanted {
			all, batch, size = append(all, batch), nil, 0
		}
	}
	if len(batch) > 0 {
		all = append(all, batch)
	}
	return all
}

// mergeSmallLast puts a small rest to the batch before it: a transaction of its own costs more than it saves.
func mergeSmallLast(batches [][][]*record, wanted int) [][][]*record {
	if last := len(batches) - 1; last > 0 && sizeOf(batches[last]) < wanted/2 {
		batches[last-1] = append(batches[last-1], batches[last]...)
		batches = batches[:last]
	}
	return batches
}

func sizeOf(groups [][]*record) int {
	n := 0
	for _, g := range groups {
		for _, rec := range g {
			n += rec.batch.Size()
		}
	}
	return n
}

// applyBatch applies groups in one transaction. If something in them cannot be applied it tries halves, until what is at
// fault stands alone and is rejected with the store's reason.
func (l *chunkLoad) applyBatch(ctx context.Context, groups [][]*record) error {
	b := kg.Batch{RecordedAt: l.options.Now, ReferencesChecked: !l.storeRejectedAny()}
	claims, documents := 0, 0
	for _, rec := range slices.Concat(groups...) {
		claims, documents = claims+len(rec.batch.Claims), documents+len(rec.batch.Documents)
	}
	b.Claims, b.Documents = make([]kg.Claim, 0, claims), make([]kg.Document, 0, documents) // the longest of the lists, and the heaviest
	for _, rec := range slices.Concat(groups...) {
		b.Actors, b.Locations = append(b.Actors, rec.batch.Actors...), append(b.Locations, rec.batch.Locations...)
		b.Documents, b.Releases = append(b.Documents, rec.batch.Documents...), append(b.Releases, rec.batch.Releases...)
		b.Affiliations, b.Identities = append(b.Affiliations, rec.batch.Affiliations...), append(b.Identities, rec.batch.Identities...)
		b.Claims = append(b.Claims, rec.batch.Claims...)
	}
	applied, err := l.store.Apply(ctx, b)
	switch {
	case err == nil:
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.recordOutcome(applied, groups)
	case kg.CodeOf(err) != kg.BadInput:
		return err
	case len(groups) > 1:
		half := len(groups) / 2
		if err := l.applyBatch(ctx, groups[:half]); err != nil {
			return err
		}
		return l.applyBatch(ctx, groups[half:])
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, rec := range groups[0] {
		if err := l.rejectForStore(rec, rec.id, Reject{Reason: err.Error()}); err != nil {
			return err
		}
	}
	return nil
}

// recordOutcome counts what was applied, and rejects claims that are stored with another content.
func (l *chunkLoad) recordOutcome(applied kg.ApplyResult, groups [][]*record) error {
	l.report.addApplied(applied)
	for _, id := range applied.Written {
		l.written[id] = true
	}
	if len(applied.Conflicts) == 0 {
		return nil
	}
	of := map[kg.ID]*record{}
	for _, rec := range slices.Concat(groups...) {
		for i := range rec.batch.Claims {
			of[rec.batch.Claims[i].ID] = rec
		}
	}
	for _, c := range applied.Conflicts {
		rec := of[c.Given.ID]
		r, err := storedConflict(rec, c)
		if err != nil {
			return err
		}
		if err := l.rejectForStore(rec, c.Given.ID, r); err != nil {
			return err
		}
	}
	return nil
}

// storedConflict tells of a claim that is stored with another content.
func storedConflict(rec *record, c kg.ClaimConflict) (Reject, error) {
	stored, err := json.Marshal(c.Stored)
	if err != nil {
		return Reject{}, kg.Errorf(kg.Internal, "show the stored %s: %w", c.Stored.ID, err)
	}
	return Reject{
		Pointer: pointerTo(rec.jsonText(), string(c.Given.ID)), Found: string(c.Given.ID), Other: string(stored),
		Reason: "the claim is stored with another content, which stands",
	}, nil
}

// storeRejectedAny says whether the store refused a record of the stretch: others may refer to it.
func (l *chunkLoad) storeRejectedAny() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rejectedByStore
}

// rejectForStore rejects a record that the store refused, and what repeats it.
func (l *chunkLoad) rejectForStore(rec *record, id kg.ID, r Reject) error {
	l.rejectedByStore = true
	if err := l.reject(rec, r); err != nil {
		return err
	}
	for _, echo := range l.duplicates[id] {
		at := rec.firstRow()
		if err := l.reject(echo, Reject{Reason: fmt.Sprintf("it repeats a record that was rejected, at %s:%d: %s", at.file, at.line, r.Reason), Other: r.Other}); err != nil {
			return err
		}
	}
	return nil
}
