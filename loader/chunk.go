package loader

import (
	"context"
	"slices"
	"sync"

	"casus/internal/kg"
)

// chunkLoad is one stretch that is being loaded.
type chunkLoad struct {
	*stream
	rows     []*inputRow
	records  []*record
	digester kg.Digester
	// last says that nothing comes after it: what is missing stays missing.
	last    bool
	context claimContext
	// storedReleases are the releases that the store had before.
	storedReleases map[kg.ID]kg.Release
	// duplicates are further records of a node, or claims made again, by what they repeat.
	duplicates map[kg.ID][]*record
	// written is what the store added or changed.
	written map[kg.ID]bool
	// mu guards what batches that are applied at the same time tell.
	mu sync.Mutex
	// rejectedByStore says that the store took something not.
	rejectedByStore bool
}

// loadChunk loads a stretch.
func (s *stream) loadChunk(ctx context.Context, units []*inputRow, items []*record, last bool) error {
	l := &chunkLoad{stream: s, rows: units, records: items, last: last, duplicates: map[kg.ID][]*record{}, written: map[kg.ID]bool{}}
	if err := l.rejectFaulty(); err != nil {
		return err
	}
	steps := []func(context.Context) error{l.checkNodeConflicts, l.loadContext, l.makeClaims, l.compareClaims, l.copyStoredSpans, l.checkClaimConflicts, l.resolveReferences, l.mergeDuplicates, l.apply}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	s.nodes.markLoaded(items)
	return l.count(ctx)
}

func (l *chunkLoad) rejectFaulty() error {
	for _, row := range l.rows {
		if row.fault != nil {
			if err := l.rejectRow(row, *row.fault); err != nil {
				return err
			}
		}
	}
	return nil
}

// reject rejects an item, and with it every unit that gives it.
func (l *chunkLoad) reject(rec *record, r Reject) error {
	rec.dropped = true
	l.rememberRejected(rec)
	r.Pointer = rec.pointer + r.Pointer
	if l.mapper != nil && r.Column == "" {
		r.Column = columnsOf(l.mapper, rec.place+r.Pointer)
	}
	for _, row := range rec.rows {
		if row.state == pending {
			if err := l.rejectRow(row, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// rejectRow rejects a unit. What it alone gives is given by none then.
func (l *chunkLoad) rejectRow(row *inputRow, r Reject) error {
	row.state = rejected
	for _, rec := range row.records {
		if rec.hasNoRow() {
			rec.dropped = true
			l.rememberRejected(rec)
		}
	}
	for _, part := range append(slices.Clone(row.earlier), row.rawText) {
		r.File, r.Line, r.Raw = part.file, part.line, part.text
		if err := l.report.reject(r, l.options); err != nil {
			return err
		}
	}
	return nil
}

// maxRejectedIDs bounds what is remembered of rejected records, which only makes later rejects clearer.
const maxRejectedIDs = 100_000

func (l *chunkLoad) rememberRejected(rec *record) {
	if len(l.rejectedIDs) < maxRejectedIDs {
		for _, id := range rec.declaredIDs() {
			l.rejectedIDs[id] = rec.firstRow().rawText
		}
	}
}

// count says of each unit that was loaded whether anything of it was new, and puts aside those that have to wait.
func (l *chunkLoad) count(context.Context) error {
	applied := map[*inputRow]bool{}
	for _, rec := range l.records {
		for _, id := range rec.newIDs {
			if !rec.dropped && l.written[id] {
				applied[rec.firstRow()] = true
			}
		}
	}
	for _, row := range l.rows {
		switch {
		case row.state == deferred:
			if err := l.deferred.add(row); err != nil {
				return err
			}
		case row.state == pending && applied[row]:
			l.report.Read += row.partCount()
			l.report.Applied += row.partCount()
		case row.state == pending:
			l.report.Read += row.partCount()
			l.report.Unchanged += row.partCount()
		}
		if row.state == pending {
			l.report.addNotCarried(row.notCarried)
		}
	}
	return nil
}

func (l *chunkLoad) liveRecords() []*record {
	all := make([]*record, 0, len(l.records))
	for _, rec := range l.records {
		if !rec.dropped {
			all = append(all, rec)
		}
	}
	return all
}
