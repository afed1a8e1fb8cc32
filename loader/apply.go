package loader

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"casus/internal/kg"
)

// apply applies groups in batches, after those that an interrupted load of the same input had applied.
func (l *load) apply(ctx context.Context, groups [][]*item) error {
	batches := l.batches(groups)
	plans := plans(batches)
	from, err := l.resume(ctx, batches, plans)
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
		if err := l.applyBatch(ctx, batches[i], l.marker(i+1, plans)); err != nil {
			return err
		}
		done += int64(sizeOf(batches[i]))
	}
	l.options.Progress(Progress{"loading", total, total})
	return nil
}

// batches cuts groups into batches of about the wanted size.
func (l *load) batches(groups [][]*item) [][][]*item {
	var all [][][]*item
	var batch [][]*item
	size := 0
	for _, g := range groups {
		batch, size = append(batch, g), size+sizeOf([][]*item{g})
		if size >= l.options.BatchSize {
			all, batch, size = append(all, batch), nil, 0
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

// applyBatch applies groups in one transaction. If something in them cannot be applied it tries halves, until what is at
// fault stands alone and is rejected with the store's reason. The last transaction writes the checkpoint, if mark is given.
func (l *load) applyBatch(ctx context.Context, groups [][]*item, mark marker) error {
	b := kg.Batch{RecordedAt: l.options.Now}
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
	var err error
	if mark != nil {
		if b.Checkpoint, err = mark(groups); err != nil {
			return err
		}
	}
	applied, err := l.store.Apply(ctx, b)
	switch {
	case err == nil:
		l.report.applied(applied, b.Size())
		return l.settle(groups, applied.Rejected, of)
	case kg.CodeOf(err) != kg.BadInput:
		return err
	case len(groups) > 1:
		half := len(groups) / 2
		if err := l.applyBatch(ctx, groups[:half], nil); err != nil {
			return err
		}
		return l.applyBatch(ctx, groups[half:], mark)
	case len(groups) == 0: // a checkpoint alone
		return err
	}
	for _, it := range groups[0] {
		if err := l.rejectLate(it, Reject{Reason: err.Error()}); err != nil {
			return err
		}
	}
	if mark == nil {
		return nil
	}
	return l.applyBatch(ctx, nil, mark)
}

// settle counts the echoes of what was applied, and rejects claims that are stored with another content.
func (l *load) settle(groups [][]*item, found []kg.Contradiction, of map[kg.ID]*item) error {
	refused := map[kg.ID]Reject{}
	for _, c := range found {
		r, err := contradicts(of[c.Given.ID], c)
		if err != nil {
			return err
		}
		refused[c.Given.ID] = r
		if err := l.tooLate(r.at(of[c.Given.ID].raw)); err != nil {
			return err
		}
	}
	for _, it := range slices.Concat(groups...) {
		for _, e := range it.echoes {
			r, no := refused[e.id]
			if !no {
				l.report.echo(e)
			} else if err := l.tooLate(r.at(e.raw)); err != nil {
				return err
			}
		}
	}
	return nil
}

// contradicts tells of a claim that is stored with another content.
func contradicts(it *item, c kg.Contradiction) (Reject, error) {
	stored, err := json.Marshal(c.Stored)
	if err != nil {
		return Reject{}, kg.Errorf(kg.Internal, "show the stored %s: %w", c.Stored.ID, err)
	}
	return Reject{
		Pointer: pointerTo(it.json, string(c.Given.ID)), Found: string(c.Given.ID), Other: string(stored),
		Reason: "the claim is stored with another content, which stands",
	}, nil
}

// rejectLate rejects a record that the store refused, and what repeats it.
func (l *load) rejectLate(it *item, r Reject) error {
	if err := l.tooLate(r.at(it.raw)); err != nil {
		return err
	}
	for _, e := range it.echoes {
		also := Reject{Reason: fmt.Sprintf("it repeats a record that was rejected, at %s:%d", it.file, it.line)}
		if err := l.tooLate(also.at(e.raw)); err != nil {
			return err
		}
	}
	return nil
}

func (l *load) tooLate(r Reject) error {
	l.late = append(l.late, r)
	return l.report.reject(r, l.options)
}
