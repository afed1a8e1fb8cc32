package snapshot

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"

	"github.com/cespare/xxhash/v2"
)

// Decoder reads values in the order in which they were written. Its first error ends the reading and is returned by
// Load; every value after it is zero.
type Decoder struct {
	from    *bufio.Reader
	hash    *xxhash.Digest
	left    int64 // the bytes before the checksum
	scratch []byte
	err     error
}

var errTooLong = errors.New("a length exceeds the file's")

// Fail ends the reading because a value is invalid.
func (d *Decoder) Fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// Err returns the first error.
func (d *Decoder) Err() error { return d.err }

// bytes returns the next n bytes, until the next call.
func (d *Decoder) bytes(n int) []byte {
	if d.err == nil && int64(n) > d.left {
		d.err = errTooLong
	}
	if d.err != nil {
		return nil
	}
	if cap(d.scratch) < n {
		d.scratch = make([]byte, n)
	}
	b := d.scratch[:n]
	if _, d.err = io.ReadFull(d.from, b); d.err != nil {
		return nil
	}
	d.left -= int64(n)
	_, _ = d.hash.Write(b) // never fails
	return b
}

// Int reads a number.
func (d *Decoder) Int() int64 {
	b := d.bytes(8)
	if b == nil {
		return 0
	}
	return int64(binary.LittleEndian.Uint64(b))
}

// length reads the length of a column whose elements take some bytes each; -1 stands for a nil column.
func (d *Decoder) length(each int64) int {
	n := d.Int()
	if d.err == nil && (n < -1 || n > d.left*8/each) {
		d.err = errTooLong
	}
	if d.err != nil {
		return 0
	}
	return int(n)
}

// String reads a text.
func (d *Decoder) String() string { return string(d.bytes(max(d.length(8), 0))) }

// Bools reads a column of booleans.
func (d *Decoder) Bools() []bool {
	n := max(d.length(1), 0)
	numbers := DecodeNumbers[uint32](d)
	if len(numbers) != (n+31)/32 {
		d.Fail(errTooLong)
		return nil
	}
	all := make([]bool, n)
	for i := range all {
		all[i] = numbers[i/32]&(1<<(i%32)) != 0
	}
	return all
}

// DecodeNumbers reads a column of numbers.
func DecodeNumbers[T Number](d *Decoder) []T {
	size := sizeOf[T]()
	n := d.length(int64(size) * 8)
	if n < 0 || d.err != nil {
		return nil
	}
	all := make([]T, n)
	for rest := all; len(rest) > 0; {
		chunk := min(len(rest), bufferSize/size)
		b := d.bytes(chunk * size)
		if b == nil {
			return nil
		}
		for i := range chunk {
			if size == 4 {
				rest[i] = T(binary.LittleEndian.Uint32(b[i*4:]))
			} else {
				rest[i] = T(binary.LittleEndian.Uint64(b[i*8:]))
			}
		}
		rest = rest[chunk:]
	}
	return all
}

// DecodeStrings reads a column of texts, which share their memory.
func DecodeStrings[T ~string](d *Decoder) []T {
	lengths := DecodeNumbers[uint32](d)
	total := max(d.length(8), 0)
	text := make([]byte, 0, total)
	for len(text) < total && d.err == nil {
		text = append(text, d.bytes(min(total-len(text), bufferSize))...)
	}
	if d.err != nil {
		return nil
	}
	shared, all := string(text), make([]T, len(lengths))
	for i, n := range lengths {
		if int(n) > len(shared) {
			d.Fail(errTooLong)
			return nil
		}
		all[i], shared = T(shared[:n]), shared[n:]
	}
	return all
}
