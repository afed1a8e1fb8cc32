package loader

import (
	"context"
	"slices"
	"sync"

	"casus/internal/kg"
)

// chunkLoad loads one chunk.
type chunkLoad struct {
	*stream
	rows     []*inputRow
	records  []*record
	digester kg.Digester
	// last is set if no chunk follows, so an unresolved reference cannot be resolved later.
	last    bool
	context claimContext
	// recentTexts are the texts that the chunk's claims quoted last.
	recentTexts recentTexts
	// storedReleases are the releases that were stored before this chunk.
	storedReleases map[kg.ID]kg.Release
	// duplicates are further records of a node, and repeated claims, by the id they repeat.
	duplicates map[kg.ID][]*record
	// written are the ids that the store added or changed.
	written map[kg.ID]bool
	// mu guards the outcome of batches that are applied concurrently.
	mu sync.Mutex
	// rejectedByStore is set once the store has rejected a record of this chunk.
	rejectedByStore bool
}

// loadChunk loads the rows of a chunk.
func (s *stream) loadChunk(ctx context.Context, rows []*inputRow, records []*record, last bool) error {
	l := &chunkLoad{
		stream: s, rows: rows, records: records, last: last,
		duplicates: map[kg.ID][]*record{}, written: map[kg.ID]bool{},
	}
	if err := l.rejectFaulty(); err != nil {
		return err
	}
	steps := []func(context.Context) error{
		l.checkNodeConflicts, l.loadContext, l.makeClaims, l.copyStoredSpans,
		l.checkClaimConflicts, l.resolveReferences, l.mergeDuplicates, l.planReleases,
		l.apply,
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	s.nodes.markLoaded(records)
	return l.count(ctx)
}

// rejectFaulty rejects the rows in which a fault was found when they were read.
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

// reject rejects a record and every row that yields it.
func (l *chunkLoad) reject(rec *record, r Reject) error {
	rec.dropped = true
	l.recordRejected(rec)
	r.Locate(func(pointer, column *string) {
		*pointer = rec.pointer + *pointer
		if l.mapper != nil && *column == "" {
			*column = columnsOf(l.mapper, rec.place+*pointer)
		}
	})
	for _, row := range rec.rows {
		if row.state == pending {
			if err := l.rejectRow(row, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// rejectRow rejects a row, and drops the records that no other row yields.
func (l *chunkLoad) rejectRow(row *inputRow, r Reject) error {
	row.state = rejected
	if row.fault == nil && len(l.rejectedRows) < maxDeferredRows {
		l.rejectedRows = append(l.rejectedRows, row.number)
	}
	for _, rec := range row.records {
		if rec.hasNoRow() {
			rec.dropped = true
			l.recordRejected(rec)
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

// maxRejectedIDs bounds rejectedIDs, which only makes later rejects clearer.
const maxRejectedIDs = 100_000

// recordRejected adds the ids that a rejected record would have defined to rejectedIDs.
func (l *chunkLoad) recordRejected(rec *record) {
	if len(l.rejectedIDs) < maxRejectedIDs {
		for _, id := range rec.declaredIDs() {
			l.rejectedIDs[id] = rec.firstRow().rawText
		}
	}
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
