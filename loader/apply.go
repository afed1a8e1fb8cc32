package loader

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"casus/internal/kg"
	"casus/internal/store/codec"
	"casus/loader/fault"
)

// apply applies the remaining records in batches, dependencies first, and independent batches concurrently if the store
// accepts that.
func (l *chunkLoad) apply(ctx context.Context) error {
	groups := dependencyOrder(slices.DeleteFunc(l.liveRecords(), func(rec *record) bool { return rec.batch.Size() == 0 }))
	if l.writers < 2 || sizeOf(groups) < l.options.BatchSize/2 {
		return l.applyAll(ctx, mergeSmallLast(makeBatches(groups, l.options.BatchSize), l.options.BatchSize))
	}
	first, partitions := partition(groups)
	if err := l.applyAll(ctx, makeBatches(first, l.options.BatchSize)); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	for _, batches := range distribute(partitions, l.writers, l.options.BatchSize) {
		group.Go(func() error { return l.applyAll(ctx, batches) })
	}
	return group.Wait()
}

func (l *chunkLoad) applyAll(ctx context.Context, batches [][][]*record) error {
	for _, b := range batches {
		if err := ctx.Err(); err != nil { // another batch failed, or the load was stopped
			return kg.Errorf(kg.Timeout, "apply the batches: %w", err)
		}
		if err := l.applyBatch(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// makeBatches cuts groups into batches of about the given number of nodes and claims.
func makeBatches(groups [][]*record, target int) [][][]*record {
	var all [][][]*record
	var batch [][]*record
	size := 0
	for _, g := range groups {
		batch, size = append(batch, g), size+sizeOf([][]*record{g})
		if size >= target {
			all, batch, size = append(all, batch), nil, 0
		}
	}
	if len(batch) > 0 {
		all = append(all, batch)
	}
	return all
}

// mergeSmallLast appends a small last batch to the one before: a transaction of its own costs more than it saves.
func mergeSmallLast(batches [][][]*record, target int) [][][]*record {
	if last := len(batches) - 1; last > 0 && sizeOf(batches[last]) < target/2 {
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

// applyBatch applies groups in one transaction. If the store rejects it, applyBatch tries the halves, until the faulty
// group is alone and is rejected with the store's reason.
func (l *chunkLoad) applyBatch(ctx context.Context, groups [][]*record) error {
	b := kg.Batch{RecordedAt: l.options.Now, ReferencesChecked: !l.storeRejectedAny()}
	claims, documents := 0, 0
	for _, rec := range slices.Concat(groups...) {
		claims, documents = claims+len(rec.batch.Claims), documents+len(rec.batch.Documents)
	}
	b.Claims = make([]kg.Claim, 0, claims) // the longest list and the heaviest are allocated once
	b.Documents = make([]kg.Document, 0, documents)
	for _, rec := range slices.Concat(groups...) {
		b.Actors, b.Locations = append(b.Actors, rec.batch.Actors...), append(b.Locations, rec.batch.Locations...)
		b.Documents, b.Releases = append(b.Documents, rec.batch.Documents...), append(b.Releases, rec.batch.Releases...)
		b.Affiliations = append(b.Affiliations, rec.batch.Affiliations...)
		b.Identities = append(b.Identities, rec.batch.Identities...)
		b.Claims = append(b.Claims, rec.batch.Claims...)
		b.Removals, b.Moves = append(b.Removals, rec.batch.Removals...), append(b.Moves, rec.batch.Moves...)
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

// recordOutcome counts the applied nodes and claims, and rejects claims that are stored with a different content.
func (l *chunkLoad) recordOutcome(applied kg.ApplyResult, groups [][]*record) error {
	l.report.addApplied(applied)
	for _, id := range applied.Written {
		l.written[id] = true
	}
	if len(applied.Conflicts) == 0 {
		return nil
	}
	makers := map[kg.ID]*record{}
	for _, rec := range slices.Concat(groups...) {
		for i := range rec.batch.Claims {
			makers[rec.batch.Claims[i].ID] = rec
		}
	}
	for _, c := range applied.Conflicts {
		rec := makers[c.Given.ID]
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

// storedConflict returns the Reject of a claim that is stored with a different content.
func storedConflict(rec *record, c kg.ClaimConflict) (Reject, error) {
	stored, err := codec.Encode(c.Stored)
	if err != nil {
		return Reject{}, kg.Errorf(kg.Internal, "show the stored %s: %w", c.Stored.ID, err)
	}
	return Reject{
		Pointer: pointerTo(rec.jsonText(), string(c.Given.ID)), Found: string(c.Given.ID), Other: stored,
		Reason: "the claim is stored with a different content, which stays", Differs: fault.CompareClaims(c.Given, c.Stored),
	}, nil
}

// storeRejectedAny reports whether the store rejected a record of the chunk: others may refer to it.
func (l *chunkLoad) storeRejectedAny() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rejectedByStore
}

// rejectForStore rejects a record that the store rejected, and its duplicates.
func (l *chunkLoad) rejectForStore(rec *record, id kg.ID, r Reject) error {
	l.rejectedByStore = true
	if err := l.reject(rec, r); err != nil {
		return err
	}
	at := rec.firstRow()
	reason := fmt.Sprintf("it repeats a record that was rejected, at %s:%d: %s", at.file, at.line, r.Reason)
	for _, duplicate := range l.duplicates[id] {
		if err := l.reject(duplicate, Reject{Reason: reason, Other: r.Other}); err != nil {
			return err
		}
	}
	return nil
}
