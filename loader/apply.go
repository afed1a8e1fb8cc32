package loader

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"casus/internal/kg"
)

// checkpoint is how far a load has come, as it is stored with each batch. It is written before the store has counted
// that batch, so the batch's own nodes and claims stand apart.
type checkpoint struct {
	Batches int                 `json:"batches"`
	Report  Report              `json:"report"`
	Last    map[kg.NodeKind]int `json:"last"`
	// Late are rejects by the store, which another start would not find again.
	Late []Reject `json:"late,omitempty"`
}

// apply applies groups in batches, after those that an interrupted load of the same input had applied.
func (l *load) apply(ctx context.Context, groups [][]*item) error {
	batches := l.batches(groups)
	from, late, err := l.resume(ctx)
	if err != nil {
		return err
	}
	var total, done int64
	for i, b := range batches {
		if total += int64(sizeOf(b)); i < from {
			done += int64(sizeOf(b))
		}
	}
	for i := from; i < len(batches); i++ {
		l.options.Progress(Progress{"loading", done, total})
		at := kg.Checkpoint{Key: l.key}
		if i+1 < len(batches) {
			if at.Value, err = l.checkpoint(i+1, batches[i], late); err != nil {
				return err
			}
		}
		found, err := l.applyBatch(ctx, batches[i], &at)
		if late = append(late, found...); err != nil {
			return err
		}
		done += int64(sizeOf(batches[i]))
	}
	l.options.Progress(Progress{"loading", total, total})
	return nil
}

// resume reads how far an earlier load of the same input came, and counts what it did.
func (l *load) resume(ctx context.Context) (batches int, late []Reject, err error) {
	value, err := l.store.Checkpoint(ctx, l.key)
	if err != nil || value == "" {
		return 0, nil, err
	}
	var c checkpoint
	if err := json.Unmarshal([]byte(value), &c); err != nil {
		return 0, nil, kg.Errorf(kg.Internal, "the checkpoint of an interrupted load cannot be read: %w", err)
	}
	r := &l.report
	r.Resumed = true
	for kind, n := range c.Report.Added {
		r.Added[kind] += n
	}
	for kind, n := range c.Report.Changed {
		r.Changed[kind] += n
	}
	for kind, n := range c.Report.Same {
		r.Same[kind] += n
	}
	for kind, n := range c.Last {
		r.Added[kind] += n
		c.Report.Applied += n
	}
	r.Applied, r.Unchanged = r.Applied+c.Report.Applied, r.Unchanged+c.Report.Unchanged
	r.Read += c.Report.Applied + c.Report.Unchanged
	r.disagreed(c.Report.Disagreements)
	for _, reject := range c.Late {
		if err := r.reject(reject, l.options); err != nil {
			return 0, nil, err
		}
	}
	return c.Batches, c.Late, nil
}

// checkpoint tells how far the load has come once a batch is applied.
func (l *load) checkpoint(batches int, batch [][]*item, late []Reject) (string, error) {
	r := l.report
	r.FirstRejects = nil // they are found again, but for the late ones
	b, err := json.Marshal(checkpoint{batches, r, kindsOf(batch), late})
	if err != nil {
		return "", kg.Errorf(kg.Internal, "write a checkpoint: %w", err)
	}
	return string(b), nil
}

// batches cuts groups into batches of about the wanted size.
func (l *load) batches(groups [][]*item) [][][]*item {
	var all [][][]*item
	var batch [][]*item
	for _, g := range groups {
		if batch = append(batch, g); sizeOf(batch) >= l.options.BatchSize {
			all, batch = append(all, batch), nil
		}
	}
	if len(batch) > 0 {
		all = append(all, batch)
	}
	return all
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

func kindsOf(groups [][]*item) map[kg.NodeKind]int {
	kinds := map[kg.NodeKind]int{}
	for _, it := range slices.Concat(groups...) {
		if it.hasNode() {
			kinds[it.id.Kind()]++
		}
		if n := len(it.batch.Claims); n > 0 {
			kinds[kg.KindClaim] += n
		}
	}
	return kinds
}

// applyBatch applies groups in one transaction. If something in them cannot be applied it tries halves, until what is at
// fault stands alone and is rejected with the store's reason. It gives the rejects that only the store could find.
func (l *load) applyBatch(ctx context.Context, groups [][]*item, at *kg.Checkpoint) ([]Reject, error) {
	b := kg.Batch{RecordedAt: l.options.Now, Checkpoint: at}
	of := map[kg.ID]*item{}
	for _, it := range slices.Concat(groups...) {
		b.Actors, b.Locations = append(b.Actors, it.batch.Actors...), append(b.Locations, it.batch.Locations...)
		b.Documents, b.Releases = append(b.Documents, it.batch.Documents...), append(b.Releases, it.batch.Releases...)
		b.Affiliations, b.Identities = append(b.Affiliations, it.batch.Affiliations...), append(b.Identities, it.batch.Identities...)
		b.Claims = append(b.Claims, it.batch.Claims...)
		for _, c := range it.batch.Claims {
			of[c.ID] = it
		}
	}
	applied, err := l.store.Apply(ctx, b)
	switch {
	case err == nil:
		l.report.applied(applied, b.Size())
		return l.contradictions(applied.Rejected, of)
	case kg.CodeOf(err) != kg.BadInput:
		return nil, err
	case len(groups) > 1:
		half := len(groups) / 2
		first, err := l.applyBatch(ctx, groups[:half], nil)
		if err != nil {
			return first, err
		}
		second, err := l.applyBatch(ctx, groups[half:], at)
		return append(first, second...), err
	}
	var late []Reject
	for _, it := range groups[0] {
		r := Reject{Reason: err.Error()}.at(it.raw)
		late = append(late, r)
		if err := l.report.reject(r, l.options); err != nil {
			return late, err
		}
	}
	if at == nil {
		return late, nil
	}
	_, err = l.store.Apply(ctx, kg.Batch{Checkpoint: at})
	return late, err
}

// contradictions rejects claims that are stored with another content.
func (l *load) contradictions(found []kg.Contradiction, of map[kg.ID]*item) ([]Reject, error) {
	var late []Reject
	var errs []error
	for _, c := range found {
		stored, err := json.Marshal(c.Stored)
		errs = append(errs, err)
		r := Reject{Reason: string(c.Given.ID) + " is stored with another content, which stands", Other: string(stored)}.at(of[c.Given.ID].raw)
		late = append(late, r)
		errs = append(errs, l.report.reject(r, l.options))
	}
	return late, errors.Join(errs...)
}
