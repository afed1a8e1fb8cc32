package bulk

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"unsafe"

	"casus/internal/kg"
)

// partitions is the number of files that records are spread over. Each is read into memory as a whole.
const partitions = 64

// spoolBufferSize is the size at which a buffer is written to the file.
const spoolBufferSize = 64 << 10

// place is the position of a spooled record: its offset and its partition.
type place uint64

// noPlace is the place of an id without a record.
const noPlace = ^place(0)

func (p place) partition() int { return int(p % partitions) }
func (p place) offset() int64  { return int64(p / partitions) }

// spool keeps records in files, each prefixed with its length.
type spool struct {
	dir, name string
	parts     [partitions]part
}

type part struct {
	file    *os.File
	written int64
	buffer  []byte
}

func newSpool(dir, name string) *spool { return &spool{dir: dir, name: name} }

// add appends a record to a partition.
func (s *spool) add(partition int, record []byte) (place, error) {
	p := &s.parts[partition]
	if p.file == nil {
		name := filepath.Join(s.dir, fmt.Sprintf("%s-%d", s.name, partition))
		f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
		if err != nil {
			return 0, spoolError(err)
		}
		p.file, p.buffer = f, make([]byte, 0, spoolBufferSize)
	}
	at := p.written + int64(len(p.buffer))
	p.buffer = binary.LittleEndian.AppendUint32(p.buffer, uint32(len(record)))
	p.buffer = append(p.buffer, record...)
	if len(p.buffer) >= spoolBufferSize {
		n, err := p.file.Write(p.buffer)
		if err != nil {
			return 0, spoolError(err)
		}
		p.written, p.buffer = p.written+int64(n), p.buffer[:0]
		if cap(p.buffer) > 4*spoolBufferSize { // of a large record
			p.buffer = make([]byte, 0, spoolBufferSize)
		}
	}
	return place(at*partitions + int64(partition)), nil
}

// at reads one record.
func (s *spool) at(at place) ([]byte, error) {
	p := &s.parts[at.partition()]
	from := io.NewSectionReader(p, at.offset(), 1<<62)
	var size [4]byte
	if _, err := io.ReadFull(from, size[:]); err != nil {
		return nil, spoolError(err)
	}
	record := make([]byte, binary.LittleEndian.Uint32(size[:]))
	_, err := io.ReadFull(from, record)
	return record, spoolError(err)
}

// ReadAt reads from the file and from the buffer that is not written yet.
func (p *part) ReadAt(b []byte, at int64) (int, error) {
	if at >= p.written {
		n := copy(b, p.buffer[min(at-p.written, int64(len(p.buffer))):])
		if n < len(b) {
			return n, io.EOF
		}
		return n, nil
	}
	head := min(int64(len(b)), p.written-at)
	n, err := p.file.ReadAt(b[:head], at)
	if err != nil || head == int64(len(b)) {
		return n, err
	}
	more, err := p.ReadAt(b[head:], p.written)
	return n + more, err
}

// all calls each with every record of a partition and its place. The records share one string.
func (s *spool) all(partition int, each func(place, string) error) error {
	p := &s.parts[partition]
	if p.file == nil {
		return nil
	}
	block := make([]byte, p.written+int64(len(p.buffer)))
	if n, err := p.ReadAt(block, 0); n < len(block) {
		return spoolError(err)
	}
	text := unsafe.String(unsafe.SliceData(block), len(block)) // the block is not modified any more
	for at := int64(0); at < int64(len(block)); {
		size := int64(binary.LittleEndian.Uint32(block[at:]))
		if err := each(place(at*partitions+int64(partition)), text[at+4:at+4+size]); err != nil {
			return err
		}
		at += 4 + size
	}
	return nil
}

func (s *spool) close() error {
	var errs []error
	for i := range s.parts {
		if f := s.parts[i].file; f != nil {
			errs = append(errs, f.Close())
		}
		s.parts[i] = part{}
	}
	return errors.Join(errs...)
}

func spoolError(err error) error {
	if err == nil {
		return nil
	}
	return kg.Errorf(kg.Internal, "spool records: %w", err)
}
