package loader

import (
	"context"
	"errors"
	"slices"

	"golang.org/x/sync/errgroup"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/loader/entry"
	"casus/loader/input"
	"casus/loader/prepare"
	"casus/loader/read"
	"casus/loader/report"
	"casus/loader/resolve"
	"casus/loader/schedule"
	"casus/loader/tally"
)

// maxQuoteSuggestions is the number of rejects for which the nearest words of a text are suggested: each is a search of
// the text.
const maxQuoteSuggestions = 50

// run loads inputs through a mapper, or in the extraction format if that is nil.
func run(ctx context.Context, st Store, m Mapper, inputs []input.Input, opt Options) (_ Report, err error) {
	opt = opt.withDefaults()
	if len(opt.ReplacesRuns) > 0 && opt.By == "" {
		return report.New(), kg.Errorf(kg.BadInput, "state who decides to replace runs")
	}
	st = retryingStore{st, opt.RetryTimeout, opt.Progress}
	rep := report.New()
	l := &load{
		store: st, mapper: m, options: opt, rows: read.NewRows(inputs, m), report: &rep,
		checkpoints: &checkpoints{st, checkpointKey(inputs, m, opt), []edtf.Instant{opt.Now}},
		nodes:       prepare.NewNodeCache(), deferred: newDeferredRows(), texts: resolve.NewTexts(),
	}
	defer func() { err = errors.Join(err, l.texts.Close(), l.deferred.close(), l.rows.Close()) }()
	err = l.run(ctx)
	return rep, err
}

// load is one load in progress.
type load struct {
	store       Store
	mapper      Mapper // nil for the extraction format
	options     Options
	rows        *read.Rows
	report      *report.Report
	checkpoints *checkpoints
	nodes       *prepare.NodeCache
	texts       *resolve.Texts
	deferred    *deferredRows
	entry       *ledgerEntry
	// content is the hash of the rows that were read.
	content string
}

// run goes through the stages of the load.
func (l *load) run(ctx context.Context) (err error) {
	warnings, err := l.rows.Check(ctx)
	if err != nil {
		return err
	}
	if err := l.rows.Survey(ctx, func(read int64) {
		done, size := l.rows.Progress()
		l.options.Progress(Progress{"reading, to find rows that belong together", read, done, size})
	}); err != nil {
		return err
	}
	from, err := l.checkpoints.resume(ctx, l.rows)
	if err != nil {
		return err
	}
	l.report.Add(from.Report)
	if l.report.Resumed = from.Rows > 0; !l.report.Resumed {
		l.report.AddWarnings(warnings)
	}
	releases, err := releaseBegin{
		store: l.store, mapper: l.mapper, options: l.options, rows: l.rows, nodes: l.nodes, report: l.report,
	}.begin(ctx, from)
	if err != nil {
		return err
	}
	if from.Rows == 0 && len(from.Runs) == 0 {
		old, err := hasDocuments(ctx, l.store)
		if err != nil {
			return err
		}
		from.First = !old
	}
	if l.entry, err = l.newLedgerEntry(ctx, from); err != nil {
		return err
	}
	from.Report, from.Compared, from.Load = *l.report, releases.compares(), l.entry.id()
	entry, err := l.entry.checkpoint()
	if err != nil {
		return err
	}
	if err := l.checkpoints.save(ctx, from, entry...); err != nil { // so that a later run knows of this one
		return err
	}
	if releases != nil {
		releases.nextPart = l.entry.nextPart
	}
	chunks := l.chunkLoader(releases, from)
	defer func() { err = errors.Join(err, chunks.changes.close()) }()
	if err := chunks.changes.begin(ctx); err != nil {
		return err
	}
	if err := l.nameBrought(ctx, chunks.changes, from); err != nil {
		return err
	}
	if len(from.Runs) > 0 {
		if err := chunks.runs.resume(ctx, l.entry); err != nil {
			return err
		}
	}
	l.content = from.Hash
	if err := l.loadChunks(ctx, chunks, from); err != nil {
		return err
	}
	if err := chunks.changes.finish(ctx); err != nil {
		return err
	}
	rounds := deferredRounds{chunks, l.preparer(), l.options.ChunkSize}
	if err := rounds.load(ctx, l.deferred); err != nil {
		return err
	}
	if err := releases.finish(ctx); err != nil {
		return err
	}
	if err := chunks.runs.finish(ctx); err != nil {
		return err
	}
	if err := releases.end(ctx); err != nil {
		return err
	}
	if l.options.BeforeDone != nil {
		if err := l.options.BeforeDone(ctx); err != nil {
			return err
		}
	}
	if err := chunks.withdrawals.note(ctx, l.store, l.report); err != nil {
		return err
	}
	ended, err := l.entry.finish(ctx, *l.report, l.content)
	if err != nil {
		return err
	}
	return l.checkpoints.clear(ctx, ended)
}

// newLedgerEntry returns the load's entry in the ledger: the one of the interrupted load that is resumed, or a new one.
func (l *load) newLedgerEntry(ctx context.Context, from checkpoint) (*ledgerEntry, error) {
	opt := l.options
	opt.Format = formatOf(l.mapper, opt)
	return newLedgerEntry(ctx, l.store, from.Load, l.checkpoints.key, l.rows.Names(), opt)
}

// nameBrought names the claims that earlier runs of the load brought: the input has them, although a resumed load skips
// their rows.
func (l *load) nameBrought(ctx context.Context, changes *changedDocuments, from checkpoint) error {
	if changes.off || len(from.Runs) == 0 {
		return nil
	}
	return l.entry.eachBrought(ctx, func(id kg.ID) error { return changes.input.name(id, nil) })
}

// chunkLoader returns the loader of the chunks after a checkpoint.
func (l *load) chunkLoader(releases *releaseUpdate, from checkpoint) *chunkLoader {
	var columns func(place string) string
	if l.mapper != nil {
		columns = func(place string) string { return read.ColumnsOf(l.mapper, place) }
	}
	rejects := report.NewRejects(l.report, l.options.Rejects, l.options.MaxRejects, columns)
	rejects.ResumeRows(from.Rejected)
	claims := &resolve.ClaimMaker{
		Published: l.options.Published, Restore: l.options.Restore, Texts: l.texts, Suggestions: maxQuoteSuggestions,
		Lenient: l.options.Lenient,
	}
	if releases != nil {
		claims.Release, claims.Dataset = releases.id, l.options.Release.Dataset
	}
	changes := newChangedDocuments(l.store, l.report, rejects, l.options)
	changes.off = from.First
	changes.runs = newReplacedRuns(l.store, l.report, l.options)
	earlierRuns := map[edtf.Instant]bool{}
	for _, run := range from.Runs {
		earlierRuns[run] = run != l.options.Now
	}
	return &chunkLoader{
		store: l.store, mapped: l.mapper != nil, keepTexts: l.options.KeepText || l.options.Restore, texts: l.texts,
		lenient: l.options.Lenient, nodes: l.nodes, claims: claims, releases: releases, changes: changes,
		runs: changes.runs, report: l.report, rejects: rejects,
		scheduler: schedule.Scheduler{
			Store: l.store, Writers: l.store.Properties().ConcurrentWrites, BatchSize: l.options.BatchSize,
			Now: l.options.Now, Report: l.report, Rejects: rejects, NextPart: l.entry.nextPart,
			Lenient: l.options.Lenient,
		},
		withdrawals: newWithdrawals(from.Withdrawing, from.WithdrawingMore),
		counter:     &rowCounter{store: l.store, report: l.report, tally: tally.NewIndex(), earlierRuns: earlierRuns},
	}
}

func (l *load) preparer() *prepare.Preparer {
	return prepare.New(l.mapper, l.options.source(), l.nodes, l.options.Lenient)
}

// loadChunks reads and loads the rows after a checkpoint: one goroutine reads and checks a chunk while another loads
// the previous one.
func (l *load) loadChunks(ctx context.Context, chunks *chunkLoader, from checkpoint) error {
	group, ctx := errgroup.WithContext(ctx)
	read := make(chan chunk)
	skip := func(row *entry.Row) error { return l.skip(row, from, chunks.counter) }
	reader := chunkReader{l.rows, l.preparer(), l.options.ChunkSize, skip}
	group.Go(func() error {
		defer close(read)
		return reader.read(ctx, from.Rows, read)
	})
	group.Go(func() error {
		for c := range read {
			if err := l.loadChunk(ctx, chunks, c); err != nil {
				return err
			}
			if c.loaded != nil {
				close(c.loaded)
			}
		}
		return nil
	})
	return group.Wait()
}

// skip handles a row before the checkpoint at which the load is resumed. Later rows may repeat it, and quote its
// documents' texts.
func (l *load) skip(row *entry.Row, from checkpoint, counter *rowCounter) error {
	if slices.Contains(from.Deferred, row.Number) {
		return l.deferred.add(row)
	}
	if row.Fault == nil && !slices.Contains(from.Rejected, row.Number) {
		counter.skip(row)
	}
	for _, e := range row.Entries {
		for _, d := range e.Batch.Documents {
			if d.Text != "" {
				if err := l.texts.Put(d.ID, d.Text); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// loadChunk loads a chunk and stores how far the load has come.
func (l *load) loadChunk(ctx context.Context, chunks *chunkLoader, c chunk) error {
	deferred, err := chunks.load(ctx, c.rows, c.entries, c.last && l.deferred.count == 0)
	if err != nil {
		return err
	}
	for _, row := range deferred {
		if err := l.deferred.add(row); err != nil {
			return err
		}
	}
	l.report.AddWarnings(c.warnings)
	l.content = c.end.Hash
	if l.deferred.count <= maxDeferredRows { // more are too many to be listed
		at := c.end
		at.Load = l.entry.id()
		at.Report, at.Compared, at.First = *l.report, chunks.releases.compares(), chunks.changes.off
		at.Deferred, at.Rejected = l.deferred.numbers, chunks.rejects.Rows()
		at.Withdrawing, at.WithdrawingMore = chunks.withdrawals.ids(), chunks.withdrawals.more
		if err := l.checkpoints.save(ctx, at); err != nil {
			return err
		}
	}
	l.options.Progress(Progress{"loading", int64(c.end.Rows), c.bytes, c.size})
	return nil
}
