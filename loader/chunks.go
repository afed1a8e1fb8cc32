package loader

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"casus/internal/kg"
	"casus/loader/entry"
	"casus/loader/input"
	"casus/loader/prepare"
	"casus/loader/read"
)

// chunk is a number of rows that are loaded together.
type chunk struct {
	rows     []*entry.Row
	entries  []*entry.Entry
	end      checkpoint // after the chunk
	warnings []input.Warning
	// last is set if no chunk follows.
	last bool
	// bytes is how much of the input was read, of size bytes in all. Both are 0 if the size is unknown.
	bytes, size int64
	// loaded, if not nil, is closed when the chunk is loaded.
	loaded chan struct{}
}

// maxChunkBytes is the number of bytes after which a chunk has no more rows. Two chunks are in memory, one that is read
// and one that is loaded, and what they become takes many times their bytes: with larger chunks, collecting garbage
// takes a quarter of a load's processor time.
const maxChunkBytes = 2 << 20

// maxParallelBytes is the size in bytes above which a chunk is loaded before the next one is read.
const maxParallelBytes = 32 << 20

// chunkReader reads the rows of a load, checks each by itself and sends them in chunks.
type chunkReader struct {
	rows      *read.Rows
	preparer  *prepare.Preparer
	chunkSize int
	// skip is called with each row before the checkpoint that the reader starts at.
	skip func(*entry.Row) error
}

// read sends the chunks after a checkpoint.
func (r chunkReader) read(ctx context.Context, from int, send chan<- chunk) error {
	sum := sha256.New()
	var c chunk
	size := 0
	flush := func() error {
		c.end.Hash = hex.EncodeToString(sum.Sum(nil))
		c.bytes, c.size = r.rows.Progress()
		c.entries = r.preparer.Take()
		err := c.send(ctx, size > maxParallelBytes, send)
		c, size = chunk{end: checkpoint{Rows: c.end.Rows}}, 0
		return err
	}
	err := r.rows.Each(sum, func(row entry.Source) error {
		c.end.Rows++
		row.Number = c.end.Rows
		if row.Number <= from {
			skipped := r.preparer.Row(row)
			r.preparer.Take()
			return r.skip(skipped)
		}
		c.warnings = read.AddWarnings(c.warnings, row)
		size += row.Size()
		c.rows = append(c.rows, r.preparer.Row(row))
		if len(c.rows) >= r.chunkSize || size >= maxChunkBytes {
			return flush()
		}
		return ctx.Err()
	})
	if err == nil && len(c.rows) > 0 {
		c.last = true
		err = flush()
	}
	return err
}

// send sends the chunk. If it is large, it returns once the chunk is loaded.
func (c chunk) send(ctx context.Context, large bool, send chan<- chunk) error {
	stopped := func() error { return kg.Errorf(kg.Timeout, "the load was stopped: %w", ctx.Err()) }
	if large {
		c.loaded = make(chan struct{})
	}
	select {
	case send <- c:
	case <-ctx.Done():
		return stopped()
	}
	if large {
		select {
		case <-c.loaded:
		case <-ctx.Done():
			return stopped()
		}
	}
	return nil
}
