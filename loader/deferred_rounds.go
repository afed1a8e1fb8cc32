package loader

import (
	"context"
	"errors"
	"math"

	"casus/loader/entry"
	"casus/loader/prepare"
)

// deferredRounds loads the rows that were deferred.
type deferredRounds struct {
	chunks    *chunkLoader
	preparer  *prepare.Preparer
	chunkSize int // of the load's input
}

const (
	// deferredChunks is the number of chunks that make the first chunk of deferred rows, which often refer to one another.
	deferredChunks = 10
	// maxDeferredBytes bounds a chunk of deferred rows.
	maxDeferredBytes = 32 << 20
)

// load loads the rows in rounds, while a round loads any. The rest refers to ids in circles or to ids that do not
// exist: it is loaded as one chunk, and unresolved references are rejected.
//
// Each round that defers half of its rows again is followed by one with larger chunks: otherwise a chain of rows that
// refer to one another in an unlucky order would take as many rounds as it has rows.
func (r deferredRounds) load(ctx context.Context, waiting *deferredRows) error {
	size := deferredChunks * r.chunkSize
	for waiting.count > 0 {
		again, err := r.round(ctx, waiting, size, maxDeferredBytes)
		if err == nil && again.count == waiting.count {
			rest := again
			again, err = r.round(ctx, rest, rest.count, math.MaxInt)
		}
		if err != nil {
			return errors.Join(err, again.close())
		}
		if again.count > waiting.count/2 {
			size *= 2
		}
		waiting = again
	}
	return nil
}

// round loads rows in chunks of a number of rows and of bytes, and removes their file. A chunk that has all rows is the
// last one. It returns the rows that are deferred again.
func (r deferredRounds) round(
	ctx context.Context, from *deferredRows, rowsPerChunk, bytesPerChunk int,
) (again *deferredRows, err error) {
	again = newDeferredRows()
	defer func() { err = errors.Join(err, from.close()) }()
	var rows []*entry.Row
	bytes := 0
	flush := func() error {
		deferred, err := r.chunks.load(ctx, rows, r.preparer.Take(), len(rows) == from.count)
		rows, bytes = nil, 0
		for _, row := range deferred {
			err = errors.Join(err, again.add(row))
		}
		return err
	}
	for source, err := range from.rows() {
		if err != nil {
			return again, err
		}
		bytes += source.Size()
		if rows = append(rows, r.preparer.Row(source)); len(rows) >= rowsPerChunk || bytes >= bytesPerChunk {
			if err := flush(); err != nil {
				return again, err
			}
		}
		if err := ctx.Err(); err != nil {
			return again, err
		}
	}
	if len(rows) > 0 {
		return again, flush()
	}
	return again, nil
}
