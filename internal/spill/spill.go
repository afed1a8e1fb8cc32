// Package spill holds what does not fit into memory in temporary files.
package spill

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"

	"casus/internal/kg"
)

// maxMemory is the number of bytes that a File holds in memory. What fits into it needs no temporary file.
const maxMemory = 256 << 10

// File holds blocks of bytes: the last ones in memory, the others in a temporary file. It is not safe for concurrent
// use; nothing may be added while its content is read in order.
type File struct {
	dir, name, content string
	file               *os.File // nil while everything is in memory
	size               int64    // of the temporary file
	tail               []byte   // what follows it
}

// New returns an empty File. name is a part of the temporary file's name, and content describes its content in errors.
func New(name, content string) *File { return NewIn("", name, content) }

// NewIn returns a File whose temporary file is in a folder; "" is the system's.
func NewIn(dir, name, content string) *File { return &File{dir: dir, name: name, content: content} }

// Block is the place of a block. The zero value is an empty block.
type Block struct{ Start, Size int64 }

// Add adds a block, and returns its place.
func (f *File) Add(block []byte) (Block, error) {
	if _, err := f.Write(binary.AppendUvarint(nil, uint64(len(block)))); err != nil {
		return Block{}, err
	}
	_, err := f.Write(block)
	at := Block{f.size + int64(len(f.tail)-len(block)), int64(len(block))}
	if len(f.tail) == 0 {
		at.Start = f.size - at.Size
	}
	return at, err
}

// Write adds bytes that do not form a block, to be read by Reader. The bytes of one call are not split between memory
// and the temporary file.
func (f *File) Write(p []byte) (int, error) {
	if len(f.tail)+len(p) > maxMemory {
		if err := f.flush(f.tail); err != nil {
			return 0, err
		}
		f.tail = f.tail[:0]
		if len(p) > maxMemory {
			return len(p), f.flush(p)
		}
	}
	f.tail = append(f.tail, p...)
	return len(p), nil
}

// flush appends bytes to the temporary file.
func (f *File) flush(p []byte) (err error) {
	if f.file == nil {
		if f.file, err = os.CreateTemp(f.dir, "casus-"+f.name+"-*"); err != nil {
			return kg.Errorf(kg.Unavailable, "cannot create a temporary file: %w", err)
		}
	}
	if _, err := f.file.WriteAt(p, f.size); err != nil {
		return kg.Errorf(kg.Unavailable, "cannot write %s to a temporary file: %w", f.content, err)
	}
	f.size += int64(len(p))
	return nil
}

// Find returns the block at a place.
func (f *File) Find(at Block) ([]byte, error) {
	block := make([]byte, at.Size)
	if at.Start >= f.size {
		copy(block, f.tail[at.Start-f.size:])
		return block, nil
	}
	if _, err := f.file.ReadAt(block, at.Start); err != nil {
		return nil, kg.Errorf(kg.Unavailable, "cannot read %s from a temporary file: %w", f.content, err)
	}
	return block, nil
}

// Blocks iterates over the blocks in the order in which they were added. It ends after an error.
func (f *File) Blocks() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		r := bufio.NewReaderSize(f.Reader(), 64<<10)
		for {
			block, err := readBlock(r)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				err = kg.Errorf(kg.Unavailable, "cannot read %s from a temporary file: %w", f.content, err)
			}
			if !yield(block, err) || err != nil {
				return
			}
		}
	}
}

// readBlock returns the next block, or io.EOF after the last.
func readBlock(r *bufio.Reader) ([]byte, error) {
	size, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	block := make([]byte, size)
	if _, err := io.ReadFull(r, block); errors.Is(err, io.EOF) {
		return nil, io.ErrUnexpectedEOF
	} else if err != nil {
		return nil, err
	}
	return block, nil
}

// Reader returns a reader of all bytes from the first.
func (f *File) Reader() io.Reader {
	tail := bytes.NewReader(f.tail)
	if f.file == nil {
		return tail
	}
	return io.MultiReader(io.NewSectionReader(f.file, 0, f.size), tail)
}

// Close removes the temporary file. It may be called several times.
func (f *File) Close() error {
	if f.file == nil {
		return nil
	}
	err := errors.Join(f.file.Close(), os.Remove(f.file.Name()))
	f.file, f.size, f.tail = nil, 0, nil
	if err != nil {
		return kg.Errorf(kg.Unavailable, "cannot remove a temporary file: %w", err)
	}
	return nil
}
