package snapshot

import (
	"encoding/binary"
	"io"
)

// Number is a number of a column.
type Number interface{ ~uint32 | ~int32 | ~int64 }

// Encoder writes values one after another. Its first error ends the writing and is returned by Save.
type Encoder struct {
	to      io.Writer
	scratch []byte
	err     error
}

func (e *Encoder) bytes(b []byte) {
	if e.err == nil {
		_, e.err = e.to.Write(b)
	}
}

// Int writes a number.
func (e *Encoder) Int(n int64) { e.bytes(binary.LittleEndian.AppendUint64(nil, uint64(n))) }

// String writes a text.
func (e *Encoder) String(s string) {
	e.Int(int64(len(s)))
	e.bytes([]byte(s))
}

// Bools writes a column of booleans.
func (e *Encoder) Bools(all []bool) {
	numbers := make([]uint32, (len(all)+31)/32)
	for i, v := range all {
		if v {
			numbers[i/32] |= 1 << (i % 32)
		}
	}
	e.Int(int64(len(all)))
	EncodeNumbers(e, numbers)
}

// EncodeNumbers writes a column of numbers. A nil column is read as one.
func EncodeNumbers[T Number](e *Encoder, all []T) {
	if all == nil {
		e.Int(-1)
		return
	}
	e.Int(int64(len(all)))
	size := sizeOf[T]()
	for len(all) > 0 && e.err == nil {
		e.scratch = e.scratch[:0]
		n := min(len(all), bufferSize/size)
		for _, v := range all[:n] {
			if size == 4 {
				e.scratch = binary.LittleEndian.AppendUint32(e.scratch, uint32(v))
			} else {
				e.scratch = binary.LittleEndian.AppendUint64(e.scratch, uint64(v))
			}
		}
		e.bytes(e.scratch)
		all = all[n:]
	}
}

// EncodeStrings writes a column of texts.
func EncodeStrings[T ~string](e *Encoder, all []T) {
	lengths := make([]uint32, len(all))
	total := 0
	for i, s := range all {
		lengths[i] = uint32(len(s))
		total += len(s)
	}
	EncodeNumbers(e, lengths)
	e.Int(int64(total))
	e.scratch = e.scratch[:0]
	for _, s := range all {
		if e.scratch = append(e.scratch, s...); len(e.scratch) >= bufferSize {
			e.bytes(e.scratch)
			e.scratch = e.scratch[:0]
		}
	}
	e.bytes(e.scratch)
}

// sizeOf returns the size of a number in bytes.
func sizeOf[T Number]() int { return binary.Size(T(0)) }
