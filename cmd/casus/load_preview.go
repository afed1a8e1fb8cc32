package main

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/dryrun"
)

// previewer is the part of a store that a dry run needs.
type previewer interface {
	dryrun.Base
	Preview(ctx context.Context, b kg.Batch) (store.Effects, error)
}

// newDryRun returns a dry run on a base, or on an empty one if it is nil.
func newDryRun(ctx context.Context, base previewer) (*dryrun.Store, error) {
	if base == nil {
		return dryrun.New(ctx, nil)
	}
	return dryrun.New(ctx, base)
}

// maxPreviewed is the number of records of which a dry run shows how events change.
const maxPreviewed = 20_000

// recordingStore is a dry run that records what would be written, up to a bound.
type recordingStore struct {
	*dryrun.Store
	written kg.Batch
	tooMany bool
}

// Apply records a batch. A dry run has one writer.
func (s *recordingStore) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	w := &s.written
	if s.tooMany = s.tooMany || w.Size()+b.Size() > maxPreviewed; s.tooMany {
		*w = kg.Batch{}
		return s.Store.Apply(ctx, b)
	}
	w.Actors, w.Locations = append(w.Actors, b.Actors...), append(w.Locations, b.Locations...)
	w.Documents, w.Releases = append(w.Documents, b.Documents...), append(w.Releases, b.Releases...)
	w.Affiliations, w.Claims = append(w.Affiliations, b.Affiliations...), append(w.Claims, b.Claims...)
	w.Identities, w.Reviews = append(w.Identities, b.Identities...), append(w.Reviews, b.Reviews...)
	w.Corrections, w.Removals = append(w.Corrections, b.Corrections...), append(w.Removals, b.Removals...)
	w.Moves, w.Planned = append(w.Moves, b.Moves...), append(w.Planned, b.Planned...)
	w.RecordedAt = b.RecordedAt
	return s.Store.Apply(ctx, b)
}

// effects returns how the load would change events and nodes of the base; nil if there are too many records to show it.
func (s *recordingStore) effects(ctx context.Context, base previewer) (*store.Effects, error) {
	if s.tooMany {
		return nil, nil
	}
	found, err := base.Preview(ctx, s.written)
	return &found, err
}
