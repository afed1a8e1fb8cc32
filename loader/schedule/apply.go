// Package schedule applies the entries of a chunk to a store: in batches, dependencies first, and independent ones
// concurrently.
package schedule

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/store"
	"casus/internal/store/codec"
	"casus/loader/entry"
	"casus/loader/report"
)

// Scheduler applies the entries of chunks.
type Scheduler struct {
	Store store.Writer
	// Writers is the number of batches that the store accepts concurrently.
	Writers int
	// BatchSize is the number of nodes and claims in one transaction.
	BatchSize int
	// Now is the time at which claims are recorded.
	Now edtf.Instant
	// NextPart returns the key under which the store keeps which claims a batch brings; see kg.Batch.Brought. It may be
	// called concurrently.
	NextPart func() string
	Report   *report.Report
	Rejects  *report.Rejects
	// Lenient leaves a claim that is stored with a different content out of its entry, if others are left.
	Lenient bool
}

// Apply applies the entries that are not dropped, and returns the ids that the store added or changed. It rejects
// entries that the store refuses. duplicates are the entries that repeat another, by the id that they repeat; they
// are rejected with it.
func (s Scheduler) Apply(
	ctx context.Context, entries []*entry.Entry, duplicates map[kg.ID][]*entry.Entry,
) (written map[kg.ID]bool, err error) {
	w := &writer{Scheduler: s, duplicates: duplicates, written: map[kg.ID]bool{}}
	groups := dependencyOrder(slices.DeleteFunc(entry.Live(entries), func(e *entry.Entry) bool {
		return e.Batch.Size() == 0
	}))
	if s.Writers < 2 || sizeOf(groups) < s.BatchSize/2 {
		return w.written, w.applyAll(ctx, mergeSmallLast(makeBatches(groups, s.BatchSize), s.BatchSize))
	}
	first, partitions := partition(groups)
	if err := w.applyAll(ctx, makeBatches(first, s.BatchSize)); err != nil {
		return nil, err
	}
	running, ctx := errgroup.WithContext(ctx)
	for _, batches := range distribute(partitions, s.Writers, s.BatchSize) {
		running.Go(func() error { return w.applyAll(ctx, batches) })
	}
	return w.written, running.Wait()
}

// writer applies the entries of one chunk.
type writer struct {
	Scheduler
	duplicates map[kg.ID][]*entry.Entry

	mu      sync.Mutex // guards the outcome of batches that are applied concurrently, also in entries and the report
	written map[kg.ID]bool
}

func (w *writer) applyAll(ctx context.Context, batches [][]group) error {
	for _, b := range batches {
		if err := ctx.Err(); err != nil { // another batch failed, or the load was stopped
			return kg.Errorf(kg.Timeout, "apply the batches: %w", err)
		}
		if err := w.applyBatch(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// applyBatch applies groups in one transaction. If the store rejects it, applyBatch tries the halves, until the faulty
// group is alone and is rejected with the store's reason.
func (w *writer) applyBatch(ctx context.Context, groups []group) error {
	b := join(groups)
	b.RecordedAt = w.Now
	if len(b.Claims) > 0 && w.NextPart != nil {
		b.Brought = w.NextPart()
	}
	applied, err := w.Store.Apply(ctx, b)
	switch {
	case err == nil:
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.recordOutcome(applied, groups)
	case kg.CodeOf(err) != kg.BadInput:
		return err
	case len(groups) > 1:
		half := len(groups) / 2
		if err := w.applyBatch(ctx, groups[:half]); err != nil {
			return err
		}
		return w.applyBatch(ctx, groups[half:])
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, e := range groups[0] {
		if err := w.reject(e, e.ID, record.Reject{Reason: err.Error()}); err != nil {
			return err
		}
	}
	return nil
}

// join returns the batches of groups as one.
func join(groups []group) kg.Batch {
	var b kg.Batch
	claims, documents := 0, 0
	for _, g := range groups {
		for _, e := range g {
			claims, documents = claims+len(e.Batch.Claims), documents+len(e.Batch.Documents)
		}
	}
	b.Claims = make([]kg.Claim, 0, claims) // the longest list and the heaviest are allocated once
	b.Documents = make([]kg.Document, 0, documents)
	for _, g := range groups {
		for _, e := range g {
			b.Actors, b.Locations = append(b.Actors, e.Batch.Actors...), append(b.Locations, e.Batch.Locations...)
			b.Documents, b.Releases = append(b.Documents, e.Batch.Documents...), append(b.Releases, e.Batch.Releases...)
			b.Affiliations = append(b.Affiliations, e.Batch.Affiliations...)
			b.Identities = append(b.Identities, e.Batch.Identities...)
			b.Reviews, b.Corrections = append(b.Reviews, e.Batch.Reviews...), append(b.Corrections, e.Batch.Corrections...)
			b.Claims = append(b.Claims, e.Batch.Claims...)
			b.Removals, b.Moves = append(b.Removals, e.Batch.Removals...), append(b.Moves, e.Batch.Moves...)
			b.Planned, b.Corrections = append(b.Planned, e.Batch.Planned...), append(b.Corrections, e.Corrections...)
		}
	}
	return b
}

// recordOutcome counts the applied nodes and claims, and rejects claims that are stored with a different content.
func (w *writer) recordOutcome(applied kg.ApplyResult, groups []group) error {
	w.Report.AddApplied(applied)
	for _, id := range applied.Written {
		w.written[id] = true
	}
	if len(applied.Conflicts) == 0 {
		return nil
	}
	makers := map[kg.ID]*entry.Entry{}
	for _, g := range groups {
		for _, e := range g {
			for i := range e.Batch.Claims {
				makers[e.Batch.Claims[i].ID] = e
			}
		}
	}
	if w.Lenient {
		var err error
		if applied.Conflicts, err = w.dropConflicts(applied.Conflicts, makers); err != nil {
			return err
		}
	}
	for _, c := range applied.Conflicts {
		e := makers[c.Given.ID]
		r, err := storedConflict(e, c)
		if err != nil {
			return err
		}
		if err := w.reject(e, c.Given.ID, r); err != nil {
			return err
		}
	}
	return nil
}

// storedConflict returns the Reject of a claim that is stored with a different content.
func storedConflict(e *entry.Entry, c kg.ClaimConflict) (record.Reject, error) {
	stored, err := codec.Encode(c.Stored)
	if err != nil {
		return record.Reject{}, kg.Errorf(kg.Internal, "show the stored %s: %w", c.Stored.ID, err)
	}
	return record.Reject{
		Pointer: record.PointerTo(e.Text(), string(c.Given.ID)), Found: string(c.Given.ID), Other: stored,
		Reason: "the claim is stored with a different content, which stays", Differs: record.CompareClaims(c.Given, c.Stored),
	}, nil
}

// reject rejects an entry that the store rejected, and its duplicates.
func (w *writer) reject(e *entry.Entry, id kg.ID, r record.Reject) error {
	if err := w.Rejects.Entry(e, r); err != nil {
		return err
	}
	return w.rejectDuplicates(e, id, r)
}

// rejectDuplicates rejects the entries that repeat a record or claim of an entry which the store rejected.
func (w *writer) rejectDuplicates(e *entry.Entry, id kg.ID, r record.Reject) error {
	at := e.FirstRow()
	fault := record.Reject{
		Reason: fmt.Sprintf("it repeats a record that was rejected, at %s:%d: %s", at.File, at.Line, r.Reason),
		Other:  r.Other,
	}
	for _, duplicate := range w.duplicates[id] {
		if w.Lenient && duplicate.DropClaimsByID(map[kg.ID]*record.Reject{id: &fault}) {
			continue
		}
		if err := w.Rejects.Entry(duplicate, fault); err != nil {
			return err
		}
	}
	return nil
}
