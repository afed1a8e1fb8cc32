package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/store"
	"casus/internal/store/dryrun"
	"casus/loader"
)

// retryTimeout is how long an unavailable store is retried.
const retryTimeout = 10 * time.Second

// load loads lines by the ordinary loader, in one transaction.
func (d *Desk) load(ctx context.Context, into loader.Store, lines []byte, s Submission, name string) (
	report loader.Report, rejects []record.Reject, err error,
) {
	var rejected bytes.Buffer
	o := loader.Options{
		ChunkSize: 1 << 20, BatchSize: 1 << 20, // one chunk and one batch
		KeepText: s.KeepText, Now: d.instant(), RetryTimeout: retryTimeout, Rejects: &rejected,
		Unlisted: s.Review == nil, // as single decisions of the command line are
	}
	if s.Replace {
		o.Replace = s.By
	}
	report, err = loader.Load(ctx, into, []loader.Input{{
		Name: name, Size: int64(len(lines)),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(lines)), nil },
	}}, o)
	for line := range strings.Lines(rejected.String()) {
		var r record.Reject
		if e := json.Unmarshal([]byte(line), &r); e != nil {
			return report, nil, errors.Join(err, kg.Errorf(kg.Internal, "read a reject: %w", e))
		}
		rejects = append(rejects, r)
	}
	return report, rejects, err
}

// trial is what a load would do.
type trial struct {
	report  loader.Report
	rejects []record.Reject
	// batch has everything that the load would write.
	batch   kg.Batch
	effects store.Effects
	// undecided are the values that the load would make undecided, and forgotten its claims that stay forgotten.
	undecided []kg.FieldConflict
	forgotten map[kg.ID]bool
}

// try loads lines into an overlay of the store, and then applies all that this would write in a transaction that the
// store rolls back.
func (d *Desk) try(ctx context.Context, lines []byte, s Submission, name string) (t trial, err error) {
	dry, err := dryrun.New(ctx, d.store)
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, dry.Close()) }()
	into := &collector{Store: dry, trial: &t}
	t.forgotten = map[kg.ID]bool{}
	if t.report, t.rejects, err = d.load(ctx, into, lines, s, name); err != nil {
		return t, err
	}
	t.batch.RecordedAt = d.instant()
	if t.batch.Size() == 0 {
		return t, nil
	}
	t.effects, err = d.store.Preview(ctx, t.batch)
	return t, err
}

// collector is a dry run that collects what it accepts.
type collector struct {
	*dryrun.Store
	trial *trial
}

// Apply collects a batch, without what concerns the load itself.
func (c *collector) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	applied, err := c.Store.Apply(ctx, b)
	if err != nil {
		return applied, err
	}
	all := &c.trial.batch
	all.Actors, all.Locations = append(all.Actors, b.Actors...), append(all.Locations, b.Locations...)
	all.Documents, all.Releases = append(all.Documents, b.Documents...), append(all.Releases, b.Releases...)
	all.Affiliations, all.Claims = append(all.Affiliations, b.Affiliations...), append(all.Claims, b.Claims...)
	all.Identities, all.Reviews = append(all.Identities, b.Identities...), append(all.Reviews, b.Reviews...)
	all.Corrections, all.Removals = append(all.Corrections, b.Corrections...), append(all.Removals, b.Removals...)
	all.Moves = append(all.Moves, b.Moves...)
	c.trial.undecided = append(c.trial.undecided, applied.FieldConflicts...)
	for _, id := range applied.Forgotten {
		c.trial.forgotten[id] = true
	}
	return applied, nil
}
