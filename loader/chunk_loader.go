package loader

import (
	"context"

	"casus/internal/kg"
	"casus/loader/entry"
	"casus/loader/prepare"
	"casus/loader/report"
	"casus/loader/resolve"
	"casus/loader/schedule"
)

// chunkLoader loads the rows of chunks, one chunk after another.
type chunkLoader struct {
	store Store
	// mapped is set if a mapping makes the records.
	mapped bool
	// keepTexts leaves the documents' texts in the records. Otherwise they are moved to texts.
	keepTexts bool
	// lenient is Options.Lenient.
	lenient   bool
	texts     *resolve.Texts
	nodes     *prepare.NodeCache
	claims    *resolve.ClaimMaker
	scheduler schedule.Scheduler
	counter   *rowCounter
	// withdrawals are the claims that mean to withdraw others.
	withdrawals *withdrawals
	releases    *releaseUpdate // nil if no other release is stored
	changes     *changedDocuments
	runs        *replacedRuns // nil if none are replaced
	report      *report.Report
	rejects     *report.Rejects
}

// load loads the rows of a chunk, and returns the rows that wait for records of later rows. last is set if no chunk
// follows, so an unresolved reference cannot be resolved later.
func (l *chunkLoader) load(
	ctx context.Context, rows []*entry.Row, entries []*entry.Entry, last bool,
) (deferred []*entry.Row, err error) {
	if err := l.rejectFaulty(rows); err != nil {
		return nil, err
	}
	if !l.mapped {
		if err := resolve.CheckDecisions(entries, l.rejects); err != nil {
			return nil, err
		}
	}
	sources, err := resolve.FindSources(ctx, l.store, entries, l.texts, l.keepTexts, l.rejects)
	if err != nil {
		return nil, err
	}
	if err := l.claims.Make(entries, sources, last, l.rejects); err != nil {
		return nil, err
	}
	l.changes.addDocuments(entries, sources)
	stored, err := resolve.StoredClaims(ctx, l.store, entries, func(c kg.Claim) bool {
		return len(c.Spans) > 0 || l.changes.compares(c, sources)
	})
	if err != nil {
		return nil, err
	}
	if err := l.changes.readOriginals(ctx, entries, sources, stored); err != nil {
		return nil, err
	}
	resolve.CopySpans(entries, stored)
	if err := resolve.CheckClaims(entries, l.lenient, l.rejects); err != nil {
		return nil, err
	}
	if err := l.changes.check(ctx, entries, sources, stored, last); err != nil {
		return nil, err
	}
	references := resolve.ReferenceChecker{
		Store: l.store, HasLoaded: l.nodes.HasLoaded, Sources: sources, Rejects: l.rejects, Last: last, Lenient: l.lenient,
	}
	if err := references.Check(ctx, entries); err != nil {
		return nil, err
	}
	duplicates := resolve.Merge(entries, l.report)
	withdrawing := withdrawingIn(entries)
	if err := l.releases.plan(ctx, entries); err != nil {
		return nil, err
	}
	written, err := l.scheduler.Apply(ctx, entries, duplicates)
	if err != nil {
		return nil, err
	}
	l.nodes.MarkLoaded(entries)
	l.withdrawals.add(withdrawing)
	if err := l.runs.add(entries); err != nil {
		return nil, err
	}
	if err := l.rejects.Claims(rows); err != nil {
		return nil, err
	}
	return l.counter.count(ctx, rows, entries, written)
}

// rejectFaulty rejects the rows in which a fault was found when they were read.
func (l *chunkLoader) rejectFaulty(rows []*entry.Row) error {
	for _, row := range rows {
		if row.Fault != nil {
			if err := l.rejects.Row(row, *row.Fault); err != nil {
				return err
			}
		}
	}
	return nil
}
