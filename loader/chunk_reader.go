package loader

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"

	"casus/internal/kg"
	"casus/loader/input"
)

// chunk is a number of rows that are loaded together.
type chunk struct {
	rows       []*inputRow
	records    []*record
	checkpoint checkpoint
	warnings   []input.Warning
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

// maxParallelBytes is the size of a chunk during whose load no other chunk is read.
const maxParallelBytes = 32 << 20

// size returns about how many bytes a row needs in memory.
func (r rawRow) size() int {
	n := len(r.text) + 32*len(r.values)
	for _, part := range r.earlier {
		n += len(part.text)
	}
	return n
}

// rowReader returns the rows of one input one after another, and then io.EOF.
type rowReader interface {
	next() (rawRow, error)
	Close() error
}

// rawRow is a row whose records are not made yet.
type rawRow struct {
	rawText
	earlier     []rawText // its earlier parts, if rows were joined
	number      int
	fault       *Reject
	values      map[string]any // of a table's row, else nil
	makeRecords func() ([]rawRecord, *Reject)
}

// readChunks reads all inputs, checks every row by itself and sends the rows in chunks.
func (s *stream) readChunks(ctx context.Context, inputs []Input, from checkpoint, send chan<- chunk) error {
	p := preparer{stream: s, shared: map[nodeKey]*record{}}
	sum := sha256.New()
	var c chunk
	size := 0
	flush := func() error {
		if size > maxParallelBytes { // nothing else is read until its large row is loaded
			c.loaded = make(chan struct{})
		}
		size = 0
		c.checkpoint.Hash = hex.EncodeToString(sum.Sum(nil))
		c.bytes, c.size = inputProgress(inputs)
		c.records = p.records
		stopped := func() error { return kg.Errorf(kg.Timeout, "the load was stopped: %w", ctx.Err()) }
		select {
		case send <- c:
		case <-ctx.Done():
			return stopped()
		}
		if c.loaded != nil {
			select {
			case <-c.loaded:
			case <-ctx.Done():
				return stopped()
			}
		}
		c = chunk{checkpoint: checkpoint{Rows: c.checkpoint.Rows}}
		p.records, p.shared = nil, map[nodeKey]*record{}
		return nil
	}
	err := s.eachRow(inputs, sum, func(raw rawRow) error {
		c.checkpoint.Rows++
		raw.number = c.checkpoint.Rows
		if slices.Contains(from.Deferred, raw.number) {
			return p.deferRow(raw)
		}
		if raw.number <= from.Rows {
			return p.skipRow(raw, slices.Contains(from.Rejected, raw.number))
		}
		c.warnings = raw.addWarnings(c.warnings)
		size += raw.size()
		c.rows = append(c.rows, p.prepareRow(raw))
		if len(c.rows) >= s.options.ChunkSize || size >= maxChunkBytes {
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

// eachRow calls yield with each row of all inputs, and writes the text of the rows to sum.
func (s *stream) eachRow(inputs []Input, sum hash.Hash, yield func(rawRow) error) error {
	j := s.newJoinPass()
	for _, in := range inputs {
		if err := s.eachInputRow(in, j, sum, yield); err != nil {
			return errors.Join(err, j.finish(false))
		}
	}
	return j.finish(true)
}

func (s *stream) eachInputRow(in Input, j *joinPass, sum hash.Hash, yield func(rawRow) error) (err error) {
	r, err := s.openInput(in)
	if err != nil {
		return err
	}
	defer func() {
		if e := r.Close(); e != nil && err == nil {
			err = kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, e)
		}
	}()
	var read []byte
	for {
		raw, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		read = append(append(strconv.AppendInt(read[:0], int64(len(raw.text)), 10), ':'), raw.text...)
		_, _ = sum.Write(read) // a hash never fails
		raw, complete, err := j.join(raw)
		if err == nil && complete {
			err = yield(raw)
		}
		if err != nil {
			return err
		}
	}
}

func (s *stream) openInput(in Input) (rowReader, error) {
	if s.mapper != nil {
		return openRows(in, s.mapper)
	}
	return openRecords(in)
}

// prefixHash returns the hash of the first rows, or "" if there are fewer.
func (s *stream) prefixHash(ctx context.Context, inputs []Input, rows int) (string, error) {
	sum := sha256.New()
	n := 0
	err := s.eachRow(inputs, sum, func(rawRow) error {
		if n++; n == rows {
			return errStop
		}
		return ctx.Err()
	})
	if errors.Is(err, errStop) {
		return hex.EncodeToString(sum.Sum(nil)), nil
	}
	return "", err
}

// errStop ends eachRow early.
var errStop = errors.New("enough rows were read")

func inputProgress(inputs []Input) (done, size int64) {
	for _, in := range inputs {
		if in.Size == 0 {
			return 0, 0
		}
		done, size = done+in.Position(), size+in.Size
	}
	return done, size
}

// addWarnings adds the warnings about a row that can be read.
func (r rawRow) addWarnings(list []input.Warning) []input.Warning {
	if r.fault == nil && (strings.Contains(r.text, "\uFFFD") || hasEscapedReplacement(r.text)) {
		list = input.AddWarning(list, input.Warning{Reason: input.ReplacementReason, Count: 1, File: r.file,
			Line: r.line})
	}
	return list
}

// hasEscapedReplacement reports whether JSON has the replacement character as an escape.
func hasEscapedReplacement(text string) bool {
	return strings.HasPrefix(text, "{") && (strings.Contains(text, `\ufffd`) || strings.Contains(text, `\uFFFD`))
}
