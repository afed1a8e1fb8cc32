package table

import (
	"bufio"
	"bytes"
)

// ReadLine reads a line with its line end, of which it holds at most bound bytes: of a longer line it returns the first
// bound bytes and skips the rest. size is the number of bytes of the whole line. The error is that of the reader, also
// for a last line without a line end.
func ReadLine(in *bufio.Reader, bound int) (line []byte, size int, err error) {
	var parts [][]byte
	for {
		part, err := in.ReadSlice('\n')
		more := err == bufio.ErrBufferFull
		if !more && len(parts) == 0 {
			return bytes.Clone(part[:min(len(part), bound)]), len(part), err
		}
		if room := bound - size; room > 0 {
			parts = append(parts, bytes.Clone(part[:min(len(part), room)]))
		}
		size += len(part)
		if !more {
			return bytes.Join(parts, nil), size, err
		}
	}
}
