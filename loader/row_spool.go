package loader

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"

	"casus/internal/kg"
)

// rowSpool holds deferred rows in a temporary file until the records that they refer to are loaded.
type rowSpool struct {
	file    *os.File
	out     *bufio.Writer
	count   int
	numbers []int // of the rows, at most maxDeferredRows+1
}

// maxDeferredRows is the number of deferred rows that a checkpoint lists. With more, an interrupted load resumes at the
// last checkpoint with fewer.
const maxDeferredRows = 1000

// spooledRow is a row as it is written to the file.
type spooledRow struct {
	File    string
	Line    int
	Number  int
	Text    string
	Earlier []storedPart `json:",omitempty"`
	Records []spooledRecord
}

type spooledRecord struct {
	Type, Pointer, Place string
	JSON                 json.RawMessage `json:",omitempty"`
	Fields               map[string]any  `json:",omitempty"`
	NotCarried           map[string]int  `json:",omitempty"`
	Warnings             []string        `json:",omitempty"`
}

func (s *rowSpool) add(row *inputRow) (err error) {
	if s.file == nil {
		if s.file, err = createTemp("casus-deferred-*"); err != nil {
			return err
		}
		s.out = bufio.NewWriter(s.file)
	}
	spooled := spooledRow{File: row.file, Line: row.line, Number: row.number, Text: row.text}
	for _, part := range row.earlier {
		spooled.Earlier = append(spooled.Earlier, storedPart{File: part.file, Line: part.line, Text: part.text})
	}
	records, _ := row.makeRecords() // a deferred row has records
	for _, r := range records {
		rec := spooledRecord{Type: r.typ, Pointer: r.pointer, Place: r.place, Fields: r.fields, NotCarried: r.notCarried,
			Warnings: r.warnings}
		if r.fields == nil {
			rec.JSON = r.json
		}
		spooled.Records = append(spooled.Records, rec)
	}
	if s.count++; len(s.numbers) <= maxDeferredRows {
		s.numbers = append(s.numbers, row.number)
	}
	if err := json.NewEncoder(s.out).Encode(spooled); err != nil {
		return kg.Errorf(kg.Unavailable, "cannot write deferred records to a temporary file: %w", err)
	}
	return nil
}

func (s *rowSpool) close() error { return removeTemp(s.file) }

// each calls yield with each row, in the order in which they were added.
func (s *rowSpool) each(yield func(rawRow) error) error {
	if s.file == nil {
		return nil
	}
	if err := s.out.Flush(); err != nil {
		return kg.Errorf(kg.Unavailable, "cannot write deferred records to a temporary file: %w", err)
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return kg.Errorf(kg.Unavailable, "cannot read deferred records from a temporary file: %w", err)
	}
	for d := json.NewDecoder(bufio.NewReaderSize(s.file, 64<<10)); ; {
		var spooled spooledRow
		err := d.Decode(&spooled)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return kg.Errorf(kg.Unavailable, "cannot read deferred records from a temporary file: %w", err)
		}
		var records []rawRecord
		for _, r := range spooled.Records {
			records = append(records, rawRecord{
				typ: r.Type, json: r.JSON, fields: r.Fields, pointer: r.Pointer, place: r.Place, notCarried: r.NotCarried,
				warnings: r.Warnings,
			})
		}
		var earlier []rawText
		for _, part := range spooled.Earlier {
			earlier = append(earlier, rawText{part.File, part.Line, part.Text})
		}
		raw := rawRow{
			rawText: rawText{spooled.File, spooled.Line, spooled.Text}, earlier: earlier, number: spooled.Number,
			makeRecords: func() ([]rawRecord, *Reject) { return records, nil },
		}
		if err := yield(raw); err != nil {
			return err
		}
	}
}

// loadDeferred loads the deferred rows, in rounds, while a round loads any. The rest refers to ids in circles or to ids
// that do not exist: it is loaded as one chunk, and unresolved references are rejected.
//
// Each round that defers half of its rows again is followed by one with larger chunks: otherwise a chain of rows that
// refer to one another in an unlucky order would take as many rounds as it has rows.
func (s *stream) loadDeferred(ctx context.Context) error {
	size := deferredChunks * s.options.ChunkSize
	for s.deferred.count > 0 {
		waiting := s.deferred
		s.deferred = rowSpool{}
		before := waiting.count
		err := s.loadSpooled(ctx, &waiting, size, maxDeferredBytes)
		if err == nil && s.deferred.count == before {
			again := s.deferred
			s.deferred = rowSpool{}
			err = errors.Join(s.loadSpooled(ctx, &again, again.count, math.MaxInt), again.close())
		}
		if err := errors.Join(err, waiting.close()); err != nil {
			return err
		}
		if s.deferred.count > before/2 {
			size *= 2
		}
	}
	return nil
}

// deferredChunks is the number of chunks that make the first chunk of deferred rows, which often refer to one another.
const deferredChunks = 10

// maxDeferredBytes bounds a chunk of deferred rows.
const maxDeferredBytes = 32 << 20

// loadSpooled loads rows in chunks of a number of rows and of bytes. A chunk that has all rows is the last one.
func (s *stream) loadSpooled(ctx context.Context, from *rowSpool, rowsPerChunk, bytesPerChunk int) error {
	p := preparer{stream: s, shared: map[nodeKey]*record{}}
	var rows []*inputRow
	bytes := 0
	flush := func() error {
		err := s.loadChunk(ctx, rows, p.records, len(rows) == from.count)
		rows, p.records, p.shared, bytes = nil, nil, map[nodeKey]*record{}, 0
		return err
	}
	if err := from.each(func(raw rawRow) error {
		bytes += raw.size()
		if rows = append(rows, p.prepareRow(raw)); len(rows) >= rowsPerChunk || bytes >= bytesPerChunk {
			return flush()
		}
		return ctx.Err()
	}); err != nil {
		return err
	}
	return flush()
}
