package table

import (
	"bufio"
	"bytes"
	"errors"
)

// ReadLine reads a line of JSON Lines with its line end, which is LF; unlike in a lineBuffer, CR does not end a line.
// It returns at most bound bytes of the line and skips the rest. size is the number of bytes of the whole line without
// its line feed. The error is the reader's, also for a last line without a line feed.
func ReadLine(in *bufio.Reader, bound int) (line []byte, size int, err error) {
	var parts [][]byte
	bound++ // the line feed
	defer func() {
		if err == nil {
			size--
		}
	}()
	for {
		part, err := in.ReadSlice('\n')
		more := errors.Is(err, bufio.ErrBufferFull)
		if !more && size == 0 {
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
