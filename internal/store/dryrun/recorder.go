package dryrun

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// Previewer is a Base that shows how a batch would change events and nodes.
type Previewer interface {
	Base
	Preview(ctx context.Context, b kg.Batch) (store.Effects, error)
}

// MaxPreviewed is the number of records of which a Recorder shows how they would change the base.
const MaxPreviewed = 20_000

// Recorder is a dry run that records what would be written, up to MaxPreviewed records.
type Recorder struct {
	*Store
	base    Previewer
	written kg.Batch
	tooMany bool
}

// NewRecorder returns a Recorder on a base, which is empty if it is nil.
func NewRecorder(ctx context.Context, base Previewer) (*Recorder, error) {
	var b Base
	if base != nil {
		b = base
	}
	s, err := New(ctx, b)
	return &Recorder{Store: s, base: base}, err
}

// Apply does the same as Store.Apply, and records the batch.
func (r *Recorder) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	r.record(b)
	return r.Store.Apply(ctx, b)
}

func (r *Recorder) record(b kg.Batch) {
	r.mu.Lock()
	defer r.mu.Unlock()
	w := &r.written
	if r.tooMany = r.tooMany || w.Size()+b.Size() > MaxPreviewed; r.tooMany {
		*w = kg.Batch{}
		return
	}
	w.Actors, w.Locations = append(w.Actors, b.Actors...), append(w.Locations, b.Locations...)
	w.Documents, w.Releases = append(w.Documents, b.Documents...), append(w.Releases, b.Releases...)
	w.Affiliations, w.Claims = append(w.Affiliations, b.Affiliations...), append(w.Claims, b.Claims...)
	w.Identities, w.Reviews = append(w.Identities, b.Identities...), append(w.Reviews, b.Reviews...)
	w.Corrections, w.Removals = append(w.Corrections, b.Corrections...), append(w.Removals, b.Removals...)
	w.Moves, w.Planned = append(w.Moves, b.Moves...), append(w.Planned, b.Planned...)
	w.RecordedAt = b.RecordedAt
}

// Effects returns how all batches together would change events and nodes of the base; nil if there is no base, or too
// many records.
func (r *Recorder) Effects(ctx context.Context) (*store.Effects, error) {
	if r.base == nil || r.tooMany {
		return nil, nil
	}
	found, err := r.base.Preview(ctx, r.written)
	return &found, err
}
