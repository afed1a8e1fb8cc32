// Package warc reads web archives in the WARC format (ISO 28500, versions 1.0 and 1.1), plain or packed with gzip, one
// record after another and in bounded memory.
package warc

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"casus/internal/kg"
)

// The bounds of an archive.
const (
	// MaxBytes is the number of unpacked bytes that are read.
	MaxBytes = 4 << 30
	// MaxRecords is the number of records.
	MaxRecords = 1_000_000
	// maxHeader bounds the header of a record, and the header of the HTTP response in one.
	maxHeader = 64 << 10
)

// Record is a record of an archive.
type Record struct {
	// Type is its type, such as response or resource, and URI the address that it is about.
	Type, URI string
	// Date is when it was captured; zero if the record does not say so.
	Date time.Time
	// ContentType is the type of the block, and Block the block itself, which is valid until the next record.
	ContentType string
	Block       io.Reader
}

// Reader reads records.
type Reader struct {
	in      *bufio.Reader
	limited *limitedReader
	block   *io.LimitedReader
	records int
}

// NewReader returns a reader of an archive, which may be packed with gzip, record by record or as a whole. It reads
// until ctx ends, and at most limit unpacked bytes.
func NewReader(ctx context.Context, in io.Reader, limit int64) (*Reader, error) {
	packed := bufio.NewReader(contextReader{ctx, in})
	in = packed
	if magic, err := packed.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		if in, err = gzip.NewReader(packed); err != nil {
			return nil, damaged(err)
		}
	}
	limited := &limitedReader{in, limit}
	return &Reader{in: bufio.NewReaderSize(limited, maxHeader), limited: limited}, nil
}

// Left returns how many unpacked bytes may still be read.
func (r *Reader) Left() int64 { return r.limited.left }

// Next returns the next record. Errors: io.EOF at the end of the archive, BAD_INPUT for one that is damaged,
// LIMIT_EXCEEDED, TIMEOUT.
func (r *Reader) Next() (rec Record, err error) {
	if err := r.finish(); err != nil {
		return rec, err
	}
	lines, err := r.header()
	if err != nil {
		return rec, err
	}
	if r.records++; r.records > MaxRecords {
		return rec, kg.Errorf(kg.LimitExceeded, "the archive has more than %d records", MaxRecords)
	}
	if !strings.HasPrefix(lines[0], "WARC/1.") {
		return rec, kg.Errorf(kg.BadInput, "record %d of the archive is not WARC 1.0 or 1.1: it begins with %.40q", r.records,
			lines[0])
	}
	length := int64(-1)
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "warc-type":
			rec.Type = strings.ToLower(value)
		case "warc-target-uri":
			rec.URI = strings.Trim(value, "<>") // as many writers of 1.0 have it
		case "warc-date":
			rec.Date, _ = time.Parse(time.RFC3339Nano, value) // zero is unknown
		case "content-type":
			rec.ContentType = value
		case "content-length":
			if length, err = strconv.ParseInt(value, 10, 64); err != nil || length < 0 {
				return rec, kg.Errorf(kg.BadInput, "record %d of the archive has the length %.40q", r.records, value)
			}
		}
	}
	if length < 0 {
		return rec, kg.Errorf(kg.BadInput, "record %d of the archive has no length", r.records)
	}
	r.block = &io.LimitedReader{R: r.in, N: length}
	rec.Block = r.block
	return rec, nil
}

// finish reads the rest of the block, and the line breaks after it.
func (r *Reader) finish() error {
	if r.block != nil {
		if _, err := io.Copy(io.Discard, r.block); err != nil {
			return damaged(err)
		}
		if r.block.N > 0 {
			return kg.Errorf(kg.BadInput, "the archive ends within record %d", r.records)
		}
		r.block = nil
	}
	for {
		b, err := r.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return io.EOF
		case err != nil:
			return damaged(err)
		case b != '\r' && b != '\n':
			return r.in.UnreadByte()
		}
	}
}

// header returns the lines of a header. A line that begins with white space continues the one before.
func (r *Reader) header() (lines []string, err error) {
	for size := 0; ; {
		part, err := r.in.ReadSlice('\n')
		if size += len(part); size > maxHeader || errors.Is(err, bufio.ErrBufferFull) {
			return nil, kg.Errorf(kg.BadInput, "the header of record %d of the archive is too long", r.records+1)
		}
		if errors.Is(err, io.EOF) {
			return nil, kg.Errorf(kg.BadInput, "the archive ends within the header of record %d", r.records+1)
		} else if err != nil {
			return nil, damaged(err)
		}
		line := strings.TrimRight(string(part), "\r\n")
		switch {
		case line == "":
			return lines, nil
		case (line[0] == ' ' || line[0] == '\t') && len(lines) > 0:
			lines[len(lines)-1] += " " + strings.TrimSpace(line)
		default:
			lines = append(lines, line)
		}
	}
}

// damaged returns the error of an archive that cannot be read on.
func damaged(err error) error {
	if code := kg.CodeOf(err); code == kg.LimitExceeded || code == kg.Timeout {
		return err
	}
	return kg.Errorf(kg.BadInput, "the archive is damaged: %w", err)
}

// contextReader reads until a context ends.
type contextReader struct {
	ctx context.Context
	io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, kg.Errorf(kg.Timeout, "reading the archive was stopped: %w", err)
	}
	return r.Reader.Read(p)
}

// limitedReader returns an error after a number of bytes.
type limitedReader struct {
	io.Reader
	left int64
}

func (r *limitedReader) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, kg.Errorf(kg.LimitExceeded, "the archive unpacks to too many bytes")
	}
	n, err := r.Reader.Read(p[:min(int64(len(p)), r.left)])
	r.left -= int64(n)
	return n, err
}
